package io.ringtap.ping;

import static io.ringtap.ping.JudgeFixture.MILLI;
import static io.ringtap.ping.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpType;
import io.ringtap.ping.PingOutcome.Duplicate;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Terminal;
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
          ends.set(terminal.sequence(), ends.get(terminal.sequence()) + 1);
        }
        case LateReply _ -> late++;
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
      JudgeFixture fixture = new JudgeFixture(CAPACITY, random.nextBoolean());
      List<Ping> pings = new ArrayList<>();
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

  private static Case of(Ping ping) {
    return (Case) Objects.requireNonNull(ping.listener());
  }

  private static void happen(
      SplittableRandom random, JudgeFixture fixture, List<Ping> pings, List<EchoFrame> onTheWay) {
    Ping ping = pings.get(random.nextInt(pings.size()));
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
            ping.markWithdrawn();
          }
          fixture.seal(ping);
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

  private static void finish(SplittableRandom random, JudgeFixture fixture, List<Ping> pings) {
    if (random.nextBoolean()) {
      fixture.takeNews();
      fixture.judge.close();
      return;
    }
    for (Ping ping : pings) {
      if (!of(ping).isSealed) {
        fixture.seal(ping);
      }
    }
    fixture.pass();
    fixture.advance(10 * SECOND);
    fixture.pass();
  }

  private static void verify(JudgeFixture fixture, List<Ping> pings) {
    assertThat(fixture.ended).containsExactlyInAnyOrderElementsOf(pings);
    long sent = 0;
    long unsent = 0;
    long answers = 0;
    long late = 0;
    long duplicates = 0;
    long lost = 0;
    for (Ping ping : pings) {
      Case state = of(ping);
      for (int sequence = 1; sequence <= ping.issued; sequence++) {
        assertThat(state.ends.get(sequence)).as("ends of probe %d", sequence).isOne();
      }
      assertThat(state.summaries).hasSize(1);
      PingSummary summary = ping.tally.summary(ping.request());
      assertThat(summary.sent() + summary.unsent()).isEqualTo(ping.issued);
      assertThat(
              summary.received()
                  + summary.elsewhere()
                  + summary.corrupted()
                  + summary.errors()
                  + summary.lost()
                  + summary.withdrawn())
          .isEqualTo(summary.sent());
      assertThat(summary.rtt().count()).isEqualTo(summary.received());
      assertThat(summary.rtt().min()).isNotNegative();
      assertThat(summary.late()).isEqualTo(state.late);
      assertThat(summary.duplicates()).isEqualTo(state.duplicates);
      sent += summary.sent();
      unsent += summary.unsent();
      late += summary.late();
      duplicates += summary.duplicates();
      lost += summary.lost();
      answers += summary.received() + summary.elsewhere() + summary.corrupted() + summary.errors();
    }
    PingerCounters counters = fixture.counters.snapshot();
    assertThat(counters.sent()).isEqualTo(sent);
    assertThat(counters.unsent()).isEqualTo(unsent);
    assertThat(counters.late()).isEqualTo(late);
    assertThat(counters.duplicates()).isEqualTo(duplicates);
    // Errors and damaged replies that came within the delivery grace were answers to lost probes.
    assertThat(counters.answers())
        .isBetween(answers + late + duplicates, answers + late + duplicates + lost);
    assertThat(fixture.counters.get(EngineCounters.RELEASED)).isEqualTo(sent + unsent);
    assertThat(fixture.judge.nextExpiryNanos()).isEqualTo(Long.MAX_VALUE);
    for (int probe = 0; probe < fixture.table.capacity(); probe++) {
      assertThat(fixture.table.claim(probe)).as("probe %d is free again", probe).isTrue();
    }
  }
}
