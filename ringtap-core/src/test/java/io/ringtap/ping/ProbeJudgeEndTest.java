package io.ringtap.ping;

import static io.ringtap.ping.JudgeFixture.MILLI;
import static io.ringtap.ping.JudgeFixture.SECOND;
import static io.ringtap.ping.Pings.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Withdrawn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How requests end, once each, with sums that add up; and many probes at once.
class ProbeJudgeEndTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final JudgeFixture.Heard heard = fixture.heard;

  @Test
  void endsARequestOnlyWhenItsLastProbeIsDecided() {
    Ping ping = fixture.start(request());
    int first = fixture.sendAndDepart(ping);
    int last = fixture.sendAndDepart(ping);
    fixture.seal(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, last).arrive());
    int endedAfterOne = fixture.ended.size();
    fixture.pass(() -> EchoFrame.reply(fixture, first).arrive());

    assertThat(endedAfterOne).isZero();
    assertThat(fixture.ended).containsExactly(ping);
  }

  @Test
  void doesNotEndARequestThatMaySendMore() {
    Ping ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(fixture.ended).isEmpty();

    fixture.seal(ping);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(ping);
  }

  @Test
  void endsARequestThatNeverSentAnything() {
    Ping ping = fixture.start(request());

    fixture.seal(ping);
    fixture.pass();

    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.sent()).isZero();
    assertThat(summary.lossRatio()).isNaN();
    assertThat(summary.isReachable()).isFalse();
  }

  @Test
  void countsEachProbeAsOneOutcome() {
    Ping ping = fixture.start(request());
    int replied = fixture.sendAndDepart(ping);
    int elsewhere = fixture.sendAndDepart(ping);
    int corrupted = fixture.sendAndDepart(ping);
    int refused = fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping); // is lost
    fixture.refuse(ping, Errno.ENOBUFS.number());
    fixture.seal(ping);
    fixture.pass(() -> {
      EchoFrame.reply(fixture, replied).arrive();
      EchoFrame.reply(fixture, elsewhere).from(Pings.OTHER).arrive();
      EchoFrame.reply(fixture, corrupted).flipped(20, 0).arrive();
      EchoFrame.request(fixture, refused)
          .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 1, 0, Pings.TARGET);
    });

    fixture.advance(SECOND);
    fixture.pass();

    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.sent()).isEqualTo(5);
    assertThat(summary.received()).isOne();
    assertThat(summary.elsewhere()).isOne();
    assertThat(summary.corrupted()).isOne();
    assertThat(summary.errors()).isOne();
    assertThat(summary.lost()).isOne();
    assertThat(summary.unsent()).isOne();
    assertThat(summary.withdrawn()).isZero();
    assertThat(summary.lossRatio()).isEqualTo(0.8);
    assertThat(heard.outcomes).hasSize(6).allMatch(PingOutcome.Terminal.class::isInstance);
    assertThat(fixture.counters.get(EngineCounters.RELEASED)).isEqualTo(6);
  }

  @Test
  void withdrawsWhatIsInFlightWhenTheSenderHasEnded() {
    Ping ping = fixture.start(request());
    Ping waiting = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.pass();

    fixture.judge.close();

    assertThat(heard.outcomes)
        .containsExactly(new Withdrawn(1, fixture.epoch()), new Withdrawn(2, fixture.epoch()));
    assertThat(fixture.ended).containsExactlyInAnyOrder(ping, waiting);
    assertThat(heard.summaries.get(fixture.ended.indexOf(ping)).withdrawn()).isEqualTo(2);
    assertThat(heard.summaries.get(fixture.ended.indexOf(ping)).lossRatio()).isNaN();
  }

  @Test
  void withdrawsOneRequestAndNoOther() {
    Ping withdrawn = fixture.start(request());
    Ping other = fixture.start(request());
    fixture.sendAndDepart(withdrawn);
    int probe = fixture.sendAndDepart(other);
    fixture.seal(other);
    fixture.pass();

    withdrawn.markWithdrawn();
    fixture.seal(withdrawn);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(withdrawn);
    assertThat(heard.outcomes).containsExactly(new Withdrawn(1, fixture.epoch()));
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(fixture.ended).containsExactly(withdrawn, other);
  }

  @Test
  void withdrawsARequestThatHasSentItsLastProbe() {
    Ping ping = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.pass();

    ping.markWithdrawn();
    fixture.judge.withdrawn(ping);
    fixture.judge.withdrawn(ping);

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(heard.outcomes).containsExactly(new Withdrawn(1, fixture.epoch()));
  }

  @Test
  void endsAWithdrawnRequestNoEarlierThanTheSenderLetsGoOfIt() {
    Ping ping = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.pass();
    ping.markWithdrawn();

    fixture.judge.withdrawn(ping);
    int endedBeforeTheSeal = fixture.ended.size();
    fixture.seal(ping);
    fixture.pass();

    assertThat(endedBeforeTheSeal).isZero();
    assertThat(fixture.ended).containsExactly(ping);
    assertThat(ping.tally.withdrawn).isOne();
  }

  @Test
  void reportsAReplyAfterAWithdrawalAsLate() {
    Ping ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.judge.close();
    fixture.advance(MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasExactlyElementsOfTypes(Withdrawn.class, LateReply.class);
  }

  @Test
  void endsEachRequestExactlyOnceWhenEverythingHappensAtOnce() {
    Ping ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);
    ping.markWithdrawn();

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.judge.close();

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(heard.summaries).hasSize(1);
  }

  @Test
  void doesNotAskAListenerThatIsNotThere() {
    Ping ping = fixture.start(request(), null);
    int probe = fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.seal(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.advance(SECOND);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(ping.tally.received).isOne();
    assertThat(ping.tally.lost).isOne();
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    Ping ping =
        fixture.start(
            request(),
            new PingListener() {
              @Override
              public void onOutcome(PingRequest request, PingOutcome outcome) {
                throw new AssertionError("thrown on purpose by a listener");
              }
            });
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(ping.tally.received).isOne();
  }

  @Test
  void doesNotChargeALateReplyToTheRequestThatHasTheIndexNow() {
    PingRegistry pings = fixture.pings;
    Ping first = fixture.start(request(), null);
    int probe = fixture.sendAndDepart(first);
    fixture.seal(first);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    Ping heir;
    do {
      fixture.advance(1);
      heir = fixture.start(request(), null);
      fixture.seal(heir);
      fixture.pass();
    } while (heir.index != first.index);
    assertThat(pings.get(fixture.table.ping(probe))).isSameAs(heir);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heir.tally.late).isZero();
    assertThat(fixture.counters.get(EngineCounters.LATE)).isOne();
  }

  @Test
  void findsEachOfManyMoreProbesThanOneIdentifierTellsApart() {
    JudgeFixture large = new JudgeFixture(1 << 18, true);
    IpAddress target = Pings.TARGET;
    Ping ping = large.start(request(target), null);
    List<Integer> probes = new ArrayList<>();
    for (int i = 0; i < 150_000; i++) {
      probes.add(large.send(ping));
    }
    large.pass();
    Collections.shuffle(probes, new Random(1));
    large.advance(MILLI);

    large.pass(() -> {
      for (int probe : probes) {
        EchoFrame.reply(large, probe).arrive();
      }
    });

    assertThat(large.counters.get(EngineCounters.FOREIGN)).isZero();
    assertThat(ping.tally.received).isEqualTo(150_000);
    assertThat(large.counters.get(EngineCounters.RELEASED)).isEqualTo(150_000);
  }

  @Test
  void tellsProbesWithTheSameSequenceAndDifferentIdentifiersApart() {
    JudgeFixture large = new JudgeFixture(1 << 17, true);
    Ping ping = large.start(request(0));
    int first = large.send(ping);
    int second;
    do {
      second = large.send(ping);
    } while (IdentifierBlock.sequence(second) != IdentifierBlock.sequence(first));
    large.pass();
    int last = second;

    large.pass(() -> EchoFrame.reply(large, last).arrive());

    assertThat(second).isNotEqualTo(first);
    assertThat(large.heard.outcomes)
        .singleElement()
        .extracting(PingOutcome::sequence)
        .isEqualTo(1 + (1 << 16));
  }
}
