package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpType;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Duplicate;
import io.ringtap.ping.PingOutcome.LateError;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Terminal;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever happens, each probe ends once and the sums add up.
class ProbeJudgePropertyTest {
  private static final int REQUESTS = 8;
  private static final int EVENTS = 400;
  private static final int CAPACITY = 64; // small, so that indices are used again

  /// What one request's listener heard.
  private static final class Case implements PingListener {
    final List<Integer> ends = new ArrayList<>(); // how often each sequence number ended
    final List<PingSummary> summaries = new ArrayList<>();
    long late;
    long duplicates;
    boolean isSealed;

    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      switch (outcome) {
        case Terminal terminal -> {
          while (ends.size() <= terminal.sequence()) {
            ends.add(0);
          }
          int sequence = (int) terminal.sequence();
          ends.set(sequence, ends.get(sequence) + 1);
        }
        case LateReply _ -> late++;
        case LateError _, PingOutcome.Notice _, PingOutcome.FurtherReply _ -> {}
        case Duplicate _ -> duplicates++;
      }
    }

    @Override
    public void onSummary(PingSummary summary) {
      summaries.add(summary);
    }
  }

  @Test
  @Randomized
  void everyProbeEndsExactlyOnceAndTheSumsAddUp() {
    Property.forAll(random -> {
      JudgeFixture fixture = new JudgeFixture(CAPACITY);
      List<RunningPing> pings = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        int payloadBytes = random.nextBoolean() ? 18 : random.nextInt(8, 100);
        pings.add(fixture.start(Pings.request(payloadBytes), new Case()));
      }

      List<EchoFrame> onTheWay = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        happen(random, fixture, pings, onTheWay);
      }
      finish(random, fixture, pings);

      verify(fixture, pings);
    });
  }

  private static Case of(RunningPing ping) {
    return (Case) Objects.requireNonNull(ping.listener());
  }

  private static void happen(
      SplittableRandom random,
      JudgeFixture fixture,
      List<RunningPing> pings,
      List<EchoFrame> onTheWay) {
    RunningPing ping = pings.get(random.nextInt(pings.size()));
    Case state = of(ping);
    boolean maySend = fixture.hasRoom() && !state.isSealed;
    fixture.advance(random.nextLong(MILLI));
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> {
        if (maySend) {
          int probe = fixture.send(ping);
          if (random.nextInt(8) > 0) {
            fixture.depart(probe);
          }
          onTheWay.add(EchoFrame.reply(fixture, probe));
        }
      }
      case 6 -> {
        if (maySend) {
          fixture.refuse(ping, 105);
        }
      }
      case 7, 8, 9, 10, 11 -> arrive(random, fixture, onTheWay);
      case 12 -> fixture.advance(random.nextLong(300 * MILLI)); // a stall, or nothing to do
      case 13 -> {
        if (random.nextInt(4) == 0) {
          fixture.step(random.nextLong(-SECOND, SECOND));
        }
      }
      case 14 -> {
        if (random.nextInt(40) == 0 && !state.isSealed) {
          state.isSealed = true;
          if (random.nextBoolean()) {
            fixture.withdraw(ping);
          } else {
            fixture.seal(ping);
          }
        }
      }
      default -> fixture.pass();
    }
  }

  /// One of the replies on the way arrives: as it should, or otherwise.
  private static void arrive(
      SplittableRandom random, JudgeFixture fixture, List<EchoFrame> onTheWay) {
    if (onTheWay.isEmpty()) {
      return;
    }
    EchoFrame frame = onTheWay.get(random.nextInt(onTheWay.size()));
    boolean comesAgain = random.nextInt(3) == 0;
    frame.at(fixture.epoch());
    fixture.pass(() -> {
      switch (random.nextInt(8)) {
        case 0 -> frame.flipped(random.nextInt((int) frame.end()), random.nextInt(8)).arrive();
        case 1 -> frame.from(Pings.OTHER).arrive();
        case 2 ->
            frame.refusedBy(
                Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, 4 * random.nextInt(3), Pings.TARGET);
        default -> frame.arrive();
      }
    });
    if (!comesAgain) {
      onTheWay.remove(frame);
    }
  }

  private static void finish(
      SplittableRandom random, JudgeFixture fixture, List<RunningPing> pings) {
    if (random.nextBoolean()) {
      fixture.takeNews();
      fixture.judge.close();
      return;
    }
    for (RunningPing ping : pings) {
      if (!of(ping).isSealed) {
        fixture.seal(ping);
      }
    }
    fixture.pass();
    fixture.advance(10 * SECOND);
    fixture.pass();
  }

  private static void verify(JudgeFixture fixture, List<RunningPing> pings) {
    assertThat(fixture.ended).containsExactlyInAnyOrderElementsOf(pings);
    long sent = 0;
    long unsent = 0;
    long answers = 0;
    long late = 0;
    long duplicates = 0;
    long lost = 0;
    for (RunningPing ping : pings) {
      Case state = of(ping);
      for (int sequence = 1; sequence <= ping.issued(); sequence++) {
        assertThat(state.ends.get(sequence)).as("ends of probe %d", sequence).isOne();
      }
      assertThat(state.summaries).hasSize(1);
      PingSummary summary = ping.summary();
      assertThat(summary.counts().sent() + summary.counts().unsent()).isEqualTo(ping.issued());
      assertThat(
              summary.counts().received()
                  + summary.counts().elsewhere()
                  + summary.counts().corrupted()
                  + summary.counts().errors()
                  + summary.counts().lost()
                  + summary.counts().withdrawn())
          .isEqualTo(summary.counts().sent());
      assertThat(summary.rtt().count()).isEqualTo(summary.counts().received());
      assertThat(summary.rtt().min()).isNotNegative();
      assertThat(summary.counts().late()).isEqualTo(state.late);
      assertThat(summary.counts().duplicates()).isEqualTo(state.duplicates);
      sent += summary.counts().sent();
      unsent += summary.counts().unsent();
      late += summary.counts().late();
      duplicates += summary.counts().duplicates();
      lost += summary.counts().lost();
      answers +=
          summary.counts().received()
              + summary.counts().elsewhere()
              + summary.counts().corrupted()
              + summary.counts().errors();
    }
    EngineCounters counters = fixture.counters;
    assertThat(counters.get(Counter.SENT)).isEqualTo(sent);
    assertThat(counters.get(Counter.UNSENT)).isEqualTo(unsent);
    assertThat(counters.get(Counter.LATE)).isEqualTo(late);
    assertThat(counters.get(Counter.DUPLICATES)).isEqualTo(duplicates);
    // Errors and damaged replies that came within the delivery grace were answers to lost probes.
    assertThat(counters.get(Counter.ANSWERS))
        .isBetween(answers + late + duplicates, answers + late + duplicates + lost);
    assertThat(fixture.counters.get(Counter.RELEASED)).isEqualTo(sent + unsent);
    assertThat(fixture.judge.nextExpiryNanos()).isEqualTo(Long.MAX_VALUE);
    for (int probe = 0; probe < fixture.table.capacity(); probe++) {
      assertThat(fixture.table.claim(probe)).as("probe %d is free again", probe).isTrue();
    }
  }
}
