package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.Heard;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.StampSource;
import io.ringtap.timing.StampClock;
import io.ringtap.timing.TimingWheel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clocks that are set, and a JVM that stands still.
class ProbeJudgeClockTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final Heard heard = fixture.heard;

  @ParameterizedTest
  @ValueSource(
      longs = {3600 * SECOND, -3600 * SECOND, 5 * MILLI, -5 * MILLI, 60_000, -60_000, 40_000})
  void aStepBetweenDepartureAndReplyDoesNotEnterTheRoundTripTime(long step) {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.pass();
    fixture.advance(3 * MILLI);
    fixture.step(step);
    fixture.pass(); // in which the step is noticed
    fixture.advance(7 * MILLI);
    fixture.pass();

    fixture.advance(20 * MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    Reply reply = (Reply) heard.outcomes.getFirst();
    assertThat(Math.abs(reply.rttNanos() - 30 * MILLI)).isLessThan(StampClock.STEP_NANOS);
    assertThat(reply.stamp()).isEqualTo(StampSource.KERNEL);
  }

  @ParameterizedTest
  @ValueSource(longs = {3600 * SECOND, -3600 * SECOND, 5 * MILLI, -5 * MILLI})
  void marksWhatIsDrainedInThePassOfAStepAsReadInUserSpace(long step) {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(10 * MILLI);
    EchoFrame reply = EchoFrame.reply(fixture, probe);

    fixture.step(step);
    fixture.pass(reply::arrive);

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.USER);
    assertThat(outcome.rttNanos()).isEqualTo(10 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {3600 * SECOND, -3600 * SECOND, 5 * MILLI, -5 * MILLI})
  void doesNotTrustAStampOfBeforeTheStepThatIsDeliveredAfterIt(long step) {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(10 * MILLI);
    EchoFrame reply = EchoFrame.reply(fixture, probe); // stamped, and waiting in its block
    fixture.step(step);
    fixture.pass(); // in which the step is noticed

    fixture.advance(MILLI); // the block is handed over
    fixture.pass(reply::arrive);

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.USER);
    assertThat(outcome.rttNanos()).isEqualTo(11 * MILLI);
  }

  @Test
  void doesNotTrustADepartureStampThatIsSeenInThePassOfAStep() {
    int probe = fixture.send(fixture.start(request()));
    fixture.step(-7 * MILLI);
    fixture.pass(() -> fixture.depart(probe));

    fixture.advance(SECOND / 20);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.KERNEL_RECEIVE);
    assertThat(outcome.rttNanos()).isEqualTo(SECOND / 20);
  }

  @Test
  void neverReportsANegativeRoundTripTime() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(2 * MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).at(fixture.epoch() - SECOND).arrive());

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.USER);
    assertThat(outcome.rttNanos()).isEqualTo(2 * MILLI);
  }

  @Test
  void doesNotBelieveAStampFromTheFuture() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(2 * MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).at(fixture.epoch() + SECOND).arrive());

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.USER);
    assertThat(outcome.rttNanos()).isEqualTo(2 * MILLI);
  }

  @Test
  void acceptsAReplyThatCarriesNoStamp() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(2 * MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).at(0).arrive());

    Reply outcome = (Reply) heard.outcomes.getFirst();
    assertThat(outcome.stamp()).isEqualTo(StampSource.USER);
    assertThat(outcome.rttNanos()).isEqualTo(2 * MILLI);
  }

  @Test
  void aStalledJvmDoesNotTurnArrivedRepliesIntoLoss() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.pass();
    fixture.advance(5 * MILLI);
    EchoFrame reply = EchoFrame.reply(fixture, probe);

    fixture.advance(Duration.ofHours(5).toNanos());
    fixture.pass(reply::arrive);

    assertThat(heard.outcomes)
        .containsExactly(
            new Reply(
                1,
                new Arrival(
                    Pings.TARGET,
                    5 * MILLI,
                    EchoFrame.HOP_LIMIT,
                    StampSource.KERNEL,
                    fixture.epoch() - Duration.ofHours(5).toNanos())));
    assertThat(heard.outcomes).hasSize(1);
  }

  @Test
  void aSenderWhoseNewsComeHoursLateDoesNotTurnRepliesIntoLoss() {
    RunningPing ping = fixture.start(request());
    int answered = fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.advance(5 * MILLI);
    EchoFrame reply = EchoFrame.reply(fixture, answered);

    fixture.advance(Duration.ofHours(5).toNanos());
    fixture.pass(reply::arrive);
    fixture.advance(2 * TimingWheel.TICK_NANOS);
    fixture.pass();

    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.counts().received()).isOne();
    assertThat(summary.counts().lost()).isOne();
  }

  @Test
  void marksTheSummaryWithTheLeastExactSource() {
    RunningPing ping = fixture.start(request());
    int first = fixture.sendAndDepart(ping);
    int second = fixture.send(ping);
    fixture.seal(ping);

    fixture.pass(() -> {
      EchoFrame.reply(fixture, second).arrive();
      EchoFrame.reply(fixture, first).arrive();
    });

    assertThat(heard.summaries.getFirst().stamp()).isEqualTo(StampSource.KERNEL_RECEIVE);
  }
}
