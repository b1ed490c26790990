package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Heard;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.Withdrawn;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How requests end, once each, with sums that add up; and many probes at once.
class ProbeJudgeEndTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final Heard heard = fixture.heard;

  @Test
  void endsARequestOnlyWhenItsLastProbeIsDecided() {
    RunningPing ping = fixture.start(request());
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
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(fixture.ended).isEmpty();

    fixture.seal(ping);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(ping);
  }

  @Test
  void endsARequestThatNeverSentAnything() {
    RunningPing ping = fixture.start(request());

    fixture.seal(ping);
    fixture.pass();

    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.counts().sent()).isZero();
    assertThat(summary.counts().lossRatio()).isNaN();
    assertThat(summary.isReachable()).isFalse();
  }

  @Test
  void countsEachProbeAsOneOutcome() {
    RunningPing ping = fixture.start(request());
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
    assertThat(summary.counts().sent()).isEqualTo(5);
    assertThat(summary.counts().received()).isOne();
    assertThat(summary.counts().elsewhere()).isOne();
    assertThat(summary.counts().corrupted()).isOne();
    assertThat(summary.counts().errors()).isOne();
    assertThat(summary.counts().lost()).isOne();
    assertThat(summary.counts().unsent()).isOne();
    assertThat(summary.counts().withdrawn()).isZero();
    assertThat(summary.counts().lossRatio()).isEqualTo(0.8);
    assertThat(heard.outcomes).hasSize(6).allMatch(PingOutcome.Terminal.class::isInstance);
    assertThat(fixture.counters.get(Counter.RELEASED)).isEqualTo(6);
  }

  @Test
  void withdrawsWhatIsInFlightWhenTheSenderHasEnded() {
    RunningPing ping = fixture.start(request());
    RunningPing waiting = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.pass();

    fixture.judge.close();

    assertThat(heard.outcomes)
        .containsExactly(new Withdrawn(1, fixture.epoch()), new Withdrawn(2, fixture.epoch()));
    assertThat(fixture.ended).containsExactlyInAnyOrder(ping, waiting);
    assertThat(heard.summaries.get(fixture.ended.indexOf(ping)).counts().withdrawn()).isEqualTo(2);
    assertThat(heard.summaries.get(fixture.ended.indexOf(ping)).counts().lossRatio()).isNaN();
  }

  @Test
  void withdrawsOneRequestAndNoOther() {
    RunningPing withdrawn = fixture.start(request());
    RunningPing other = fixture.start(request());
    fixture.sendAndDepart(withdrawn);
    int probe = fixture.sendAndDepart(other);
    fixture.seal(other);
    fixture.pass();

    fixture.withdraw(withdrawn);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(withdrawn);
    assertThat(heard.outcomes).containsExactly(new Withdrawn(1, fixture.epoch()));
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    assertThat(fixture.ended).containsExactly(withdrawn, other);
  }

  @Test
  void withdrawsWhatIsStillInFlightInTheOrderOfSending() {
    RunningPing ping = fixture.start(request());
    RunningPing other = fixture.start(request());
    List<Integer> probes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      probes.add(fixture.sendAndDepart(ping));
      fixture.sendAndDepart(other);
    }
    fixture.pass();
    for (int answered : List.of(5, 0, 3)) { // the newest, the oldest, one in between
      fixture.pass(() -> EchoFrame.reply(fixture, probes.get(answered)).arrive());
    }
    heard.outcomes.clear();

    fixture.judge.withdraw(ping.series());

    assertThat(heard.outcomes).extracting(PingOutcome::sequence).containsExactly(2L, 3L, 5L);
    assertThat(ping.counts().withdrawn()).isEqualTo(3);
    assertThat(other.counts().withdrawn()).isZero();
  }

  @Test
  void withdrawsARequestThatHasSentItsLastProbe() {
    RunningPing ping = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.pass();

    fixture.judge.withdraw(ping.series());
    fixture.judge.withdraw(ping.series());

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(heard.outcomes).containsExactly(new Withdrawn(1, fixture.epoch()));
  }

  @Test
  void endsAWithdrawnRequestNoEarlierThanTheSenderLetsGoOfIt() {
    RunningPing ping = fixture.start(request());
    fixture.sendAndDepart(ping);
    fixture.pass();

    fixture.judge.withdraw(ping.series());
    int endedBeforeTheSeal = fixture.ended.size();
    fixture.seal(ping);
    fixture.pass();

    assertThat(endedBeforeTheSeal).isZero();
    assertThat(fixture.ended).containsExactly(ping);
    assertThat(ping.counts().withdrawn()).isOne();
  }

  @Test
  void reportsAReplyAfterAWithdrawalAsLate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.judge.close();
    fixture.advance(MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasExactlyElementsOfTypes(Withdrawn.class, LateReply.class);
  }

  @Test
  void endsEachRequestExactlyOnceWhenEverythingHappensAtOnce() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.withdraw(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.judge.close();

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(heard.summaries).hasSize(1);
  }

  @Test
  void doesNotAskAListenerThatIsNotThere() {
    RunningPing ping = fixture.start(request(), null);
    int probe = fixture.sendAndDepart(ping);
    fixture.sendAndDepart(ping);
    fixture.seal(ping);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.advance(SECOND);
    fixture.pass();

    assertThat(fixture.ended).containsExactly(ping);
    assertThat(ping.counts().received()).isOne();
    assertThat(ping.counts().lost()).isOne();
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    RunningPing ping =
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
    assertThat(ping.counts().received()).isOne();
    assertThat(ping.thrown()).singleElement().isInstanceOf(AssertionError.class);
  }

  @Test
  void doesNotChargeALateReplyToTheRequestThatHasTheIndexNow() {
    RunningPing first = fixture.start(request(), null);
    int probe = fixture.sendAndDepart(first);
    fixture.seal(first);
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    RunningPing heir;
    do {
      fixture.advance(1);
      heir = fixture.start(request(), null);
      fixture.seal(heir);
      fixture.pass();
    } while (heir.series().index() != first.series().index());
    assertThat(fixture.registry.get(fixture.table.series(probe))).isSameAs(heir.series());

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heir.counts().late()).isZero();
    assertThat(fixture.counters.get(Counter.LATE)).isOne();
  }

  @Test
  void findsEachOfManyMoreProbesThanOneIdentifierTellsApart() {
    JudgeFixture large = new JudgeFixture(1 << 18);
    IpAddress target = Pings.TARGET;
    RunningPing ping = large.start(request(target), null);
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

    assertThat(large.counters.get(Counter.FOREIGN)).isZero();
    assertThat(ping.counts().received()).isEqualTo(150_000);
    assertThat(large.counters.get(Counter.RELEASED)).isEqualTo(150_000);
  }

  @Test
  void tellsProbesWithTheSameSequenceAndDifferentIdentifiersApart() {
    JudgeFixture large = new JudgeFixture(1 << 17);
    RunningPing ping = large.start(request(0));
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
        .isEqualTo(1L + (1 << 16));
  }
}
