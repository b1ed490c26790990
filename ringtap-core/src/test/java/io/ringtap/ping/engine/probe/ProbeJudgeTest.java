package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.DELIVERY_NANOS;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Heard;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingOutcome.Dropped;
import io.ringtap.ping.PingOutcome.Duplicate;
import io.ringtap.ping.PingOutcome.FurtherReply;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.ping.PingOutcome.ReplyFromElsewhere;
import io.ringtap.ping.PingOutcome.TimedOut;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.StampSource;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.timing.TimingWheel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies: in time, late, once more, and from elsewhere.
class ProbeJudgeTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final Heard heard = fixture.heard;

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
  void reportsAReplyInTimeWithBothStampsOfTheKernel(String target) {
    RunningPing ping = fixture.start(request(IpAddress.parse(target)));
    int probe = fixture.send(ping);
    fixture.seal(ping);
    fixture.advance(MILLI); // in the send call; not part of the round trip

    fixture.depart(probe);
    fixture.advance(7 * MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes)
        .containsExactly(
            new Reply(1, fixture.arrival(IpAddress.parse(target), 7 * MILLI, EchoFrame.HOP_LIMIT)));
    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.counts().received()).isOne();
    assertThat(summary.counts().sent()).isOne();
    assertThat(summary.rtt().max()).isEqualTo(7 * MILLI);
    assertThat(summary.stamp()).isEqualTo(StampSource.KERNEL);
    assertThat(summary.counts().lossRatio()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7, 8, 9, 18, 56, 1400, 65_507})
  void knowsTheReplyOfEveryPayloadSize(int payloadBytes) {
    RunningPing ping = fixture.start(request(payloadBytes));
    int probe = fixture.sendAndDepart(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void countsFromTheSendCallWhenTheDepartureWasNotSeen() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.send(ping);
    fixture.advance(9 * MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes)
        .containsExactly(
            new Reply(
                1,
                new Arrival(
                    Pings.TARGET,
                    9 * MILLI,
                    EchoFrame.HOP_LIMIT,
                    StampSource.KERNEL_RECEIVE,
                    fixture.epoch())));
    assertThat(ping.counts().departuresUnseen()).isOne();
  }

  /// A bridge shows a request to a tap before its port does.
  @Test
  void takesTheFirstSightingOfADeparture() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.advance(MILLI);

    fixture.depart(probe);
    fixture.advance(2 * MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(((Reply) heard.outcomes.getFirst()).rttNanos()).isEqualTo(3 * MILLI);
  }

  @Test
  void acceptsAReplyThatCameBeforeTheNewsOfItsProbe() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.advance(MILLI);

    fixture.judge.observe();
    EchoFrame.reply(fixture, probe).arrive();

    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
    assertThat(fixture.ended).isEmpty();
    assertThat(fixture.table.claim(probe)).as("claimable before it was adopted").isFalse();
    fixture.takeNews();
    assertThat(fixture.ended).containsExactly(ping);
    assertThat(fixture.table.claim(probe)).isTrue();
  }

  @Test
  void countsAReplyAsInTimeThatWasStampedInTheLastNanosecond() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(ping.timeoutNanos());

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void reportsAReplyWithinTheDeliveryGraceAsLossAndLateReply() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(ping.timeoutNanos() + 1);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes)
        .containsExactly(
            new TimedOut(1, ping.timeoutNanos(), true, fixture.epoch()),
            new LateReply(
                1, fixture.arrival(Pings.TARGET, ping.timeoutNanos() + 1, EchoFrame.HOP_LIMIT)));
    assertThat(ping.counts().lost()).isOne();
    assertThat(ping.counts().late()).isOne();
  }

  @Test
  void waitsForDeliveryBeforeItCallsAProbeLost() {
    RunningPing ping = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.pass();

    fixture.advance(ping.timeoutNanos() + DELIVERY_NANOS - 1);
    fixture.pass();
    int heardInGrace = heard.outcomes.size();
    fixture.advance(1 + 2 * TimingWheel.TICK_NANOS);
    fixture.pass();

    assertThat(heardInGrace).isZero();
    assertThat(heard.outcomes)
        .containsExactly(new TimedOut(1, ping.timeoutNanos(), true, fixture.epoch()));
  }

  @Test
  void countsTheTimeoutFromTheDepartureNotFromTheSendCall() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.send(ping);
    fixture.pass();
    fixture.advance(50 * MILLI); // in a queue of this machine
    fixture.depart(probe);

    fixture.advance(ping.timeoutNanos() - MILLI);
    fixture.pass();
    int heardSoFar = heard.outcomes.size();
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heardSoFar).isZero();
    assertThat(heard.outcomes).singleElement().isInstanceOf(Reply.class);
  }

  @Test
  void saysThatALostProbeWasNeverSeenToLeave() {
    RunningPing ping = fixture.start(request());
    fixture.send(ping);
    fixture.pass();

    fixture.advance(SECOND);
    fixture.pass();

    assertThat(heard.outcomes)
        .containsExactly(new TimedOut(1, ping.timeoutNanos(), false, fixture.epoch()));
  }

  @Test
  void reportsAReplyAfterTheLossAsLate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes)
        .containsExactly(
            new TimedOut(1, ping.timeoutNanos(), true, fixture.epoch()),
            new LateReply(1, fixture.arrival(Pings.TARGET, SECOND, EchoFrame.HOP_LIMIT)));
    assertThat(fixture.counters.get(Counter.LATE)).isOne();
    assertThat(fixture.counters.get(Counter.ANSWERS)).isOne();
    assertThat(heard.summaries).hasSize(1);
  }

  @Test
  void reportsEveryFurtherReplyAsADuplicate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    fixture.advance(MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.advance(MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasSize(3);
    assertThat(heard.outcomes.get(2))
        .isEqualTo(new Duplicate(1, fixture.arrival(Pings.TARGET, 2 * MILLI, EchoFrame.HOP_LIMIT)));
    assertThat(ping.counts().received()).isOne();
    assertThat(ping.counts().duplicates()).isEqualTo(2);
    assertThat(fixture.counters.get(Counter.DUPLICATES)).isEqualTo(2);
  }

  @Test
  void reportsWhatFollowsALateReplyAsADuplicate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    fixture.advance(MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasSize(3).last().isInstanceOf(Duplicate.class);
  }

  @Test
  void tellsTheListenerOfDuplicatesAfterTheRequestsEnd() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(heard.summaries).hasSize(1);

    fixture.advance(MILLI);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).last().isInstanceOf(Duplicate.class);
    assertThat(heard.summaries).hasSize(1);
    assertThat(fixture.ended).hasSize(1);
  }

  @Test
  void ignoresASecondSightingOfAReply() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);

    fixture.pass(() -> {
      EchoFrame.reply(fixture, probe).arrive();
      EchoFrame.reply(fixture, probe).arrive();
    });

    assertThat(heard.outcomes).hasSize(1);
    assertThat(fixture.counters.get(Counter.DUPLICATES)).isZero();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isZero();
  }

  @Test
  void ignoresASecondSightingOfALateReply() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();

    fixture.pass(() -> {
      EchoFrame.reply(fixture, probe).arrive();
      EchoFrame.reply(fixture, probe).arrive();
    });

    assertThat(ping.counts().late()).isOne();
    assertThat(ping.counts().duplicates()).isZero();
  }

  @Test
  void ignoresASecondSightingOfADuplicate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.advance(MILLI);

    fixture.pass(() -> {
      EchoFrame.reply(fixture, probe).arrive();
      EchoFrame.reply(fixture, probe).arrive();
    });

    assertThat(ping.counts().duplicates()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.1", "ff02::1", "255.255.255.255"})
  void takesTheRepliesOfAllMembersOfAGroupForAnswers(String group) {
    IpAddress target = IpAddress.parse(group);
    RunningPing ping = fixture.start(request(target));
    int probe = fixture.sendAndDepart(ping);
    IpAddress first = target.isIpv6() ? Pings.TARGET6 : Pings.TARGET;
    IpAddress second = target.isIpv6() ? Pings.OTHER6 : Pings.OTHER;

    for (IpAddress member : List.of(first, second, second, first)) {
      fixture.advance(MILLI);
      fixture.pass(() -> EchoFrame.reply(fixture, probe).from(member).arrive());
    }

    assertThat(heard.outcomes)
        .hasExactlyElementsOfTypes(
            Reply.class, FurtherReply.class, Duplicate.class, Duplicate.class);
    assertThat(((Reply) heard.outcomes.getFirst()).from()).isEqualTo(first);
    assertThat(((FurtherReply) heard.outcomes.get(1)).from()).isEqualTo(second);
    assertThat(ping.counts().received()).isOne();
    assertThat(ping.counts().further()).isOne();
    assertThat(ping.counts().elsewhere()).isZero();
  }

  /// Two probes were in flight when an answer was dropped: the first to end may have been its
  /// probe.
  @Test
  void countsAsManyOfItsOwnDropsAsThereWereNotAsLoss() {
    RunningPing early = fixture.start(request());
    fixture.sendAndDepart(early);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    RunningPing ping = fixture.start(request());
    long before = fixture.monotonic();
    fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.pass();

    fixture.advance(MILLI);
    fixture.pass(() -> fixture.judge.onDrops(1, before, fixture.monotonic()));
    fixture.advance(SECOND);
    fixture.pass();
    fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();

    assertThat(early.counts().lost()).isOne();
    assertThat(ping.counts().dropped()).isOne();
    assertThat(ping.counts().lost()).isEqualTo(2);
    assertThat(heard.outcomes.get(1)).isInstanceOf(Dropped.class);
    assertThat(ping.counts().lossRatio()).isEqualTo(1);
  }

  @Test
  void acceptsTheRightCookieFromElsewhereAndSaysFromWhere() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.advance(MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).from(Pings.OTHER).arrive());

    assertThat(heard.outcomes)
        .containsExactly(
            new ReplyFromElsewhere(1, fixture.arrival(Pings.OTHER, MILLI, EchoFrame.HOP_LIMIT)));
    assertThat(ping.counts().elsewhere()).isOne();
    assertThat(ping.counts().received()).isZero();
  }

  @Test
  void saysFromWhereAnIpv6ReplyCame() {
    RunningPing ping = fixture.start(request(Pings.TARGET6));
    int probe = fixture.sendAndDepart(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).from(Pings.OTHER6).arrive());

    assertThat(((ReplyFromElsewhere) heard.outcomes.getFirst()).from()).isEqualTo(Pings.OTHER6);
  }
}
