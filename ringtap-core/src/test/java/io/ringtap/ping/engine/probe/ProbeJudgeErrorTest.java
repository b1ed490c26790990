package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.Pings.request;
import static io.ringtap.ping.engine.probe.JudgeFixture.MILLI;
import static io.ringtap.ping.engine.probe.JudgeFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.ping.Heard;
import io.ringtap.ping.PingOutcome.IcmpError;
import io.ringtap.ping.PingOutcome.LateError;
import io.ringtap.ping.PingOutcome.LateReply;
import io.ringtap.ping.PingOutcome.NotSent;
import io.ringtap.ping.PingOutcome.Notice;
import io.ringtap.ping.PingOutcome.Reply;
import io.ringtap.ping.PingOutcome.TimedOut;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Refusals, by the network and by this machine's own kernel.
class ProbeJudgeErrorTest {
  private final JudgeFixture fixture = new JudgeFixture();
  private final Heard heard = fixture.heard;

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 40})
  void matchesAnErrorToTheProbeThatItQuotesWhateverTheQuotedOptions(int optionBytes) {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.advance(MILLI);

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, optionBytes, Pings.TARGET));

    assertThat(heard.outcomes)
        .containsExactly(
            new IcmpError(
                1,
                IcmpType.TIME_EXCEEDED,
                0,
                0,
                fixture.arrival(Pings.OTHER, MILLI, EchoFrame.HOP_LIMIT)));
  }

  @Test
  void matchesAnIpv6ErrorToTheProbeThatItQuotes() {
    int probe = fixture.sendAndDepart(fixture.start(request(Pings.TARGET6)));
    fixture.advance(MILLI);

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER6, Icmpv6Type.DESTINATION_UNREACHABLE, 3, 0, Pings.TARGET6));

    assertThat(heard.outcomes)
        .containsExactly(
            new IcmpError(
                1,
                Icmpv6Type.DESTINATION_UNREACHABLE,
                3,
                0,
                fixture.arrival(Pings.OTHER6, MILLI, EchoFrame.HOP_LIMIT)));
  }

  @Test
  void takesAnErrorAboutAnotherTargetForForeign() {
    int probe = fixture.sendAndDepart(fixture.start(request()));

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, 0, Pings.OTHER));

    assertThat(heard.outcomes).isEmpty();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
  }

  @Test
  void takesAnErrorAboutAProbeThatHasEndedForForeign() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, 0, Pings.TARGET));

    assertThat(heard.outcomes).hasSize(1);
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
  }

  @Test
  void countsAnErrorAfterTheDeadlineAsLoss() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.pass();
    fixture.advance(ping.timeoutNanos() + 1);

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, 0, Pings.TARGET));

    assertThat(heard.outcomes).hasExactlyElementsOfTypes(TimedOut.class, LateError.class);
    assertThat(ping.counts().errors()).isZero();
    assertThat(ping.counts().lost()).isOne();
    assertThat(ping.counts().lateErrors()).isOne();
  }

  @Test
  void reportsAnErrorAfterTheEndOfTheRequestAsLate() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);
    fixture.seal(ping);
    fixture.pass();
    fixture.advance(3 * SECOND);
    fixture.pass();
    assertThat(heard.summaries).hasSize(1);

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 1, 0, Pings.TARGET));

    assertThat(heard.outcomes)
        .last()
        .isEqualTo(
            new LateError(
                1,
                IcmpType.DESTINATION_UNREACHABLE,
                1,
                0,
                fixture.arrival(Pings.OTHER, 3 * SECOND, EchoFrame.HOP_LIMIT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {IcmpType.REDIRECT, IcmpType.SOURCE_QUENCH})
  void showsARedirectOrSourceQuenchThatDecidesNothing(int type) {
    RunningPing ping = fixture.start(request());
    int probe = fixture.sendAndDepart(ping);

    fixture.pass(
        () -> EchoFrame.request(fixture, probe).refusedBy(Pings.OTHER, type, 1, 0, Pings.TARGET));
    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());
    fixture.pass(
        () -> EchoFrame.request(fixture, probe).refusedBy(Pings.OTHER, type, 1, 0, Pings.TARGET));

    Notice notice = new Notice(1, type, 1, fixture.arrival(Pings.OTHER, 0, EchoFrame.HOP_LIMIT));
    assertThat(heard.outcomes).hasSize(3).contains(notice);
    assertThat(heard.outcomes.get(1)).isInstanceOf(Reply.class);
    assertThat(ping.counts().received()).isOne();
    assertThat(ping.counts().errors() + ping.counts().lateErrors()).isZero();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isZero();
  }

  @Test
  void takesAnErrorWithAWrongChecksumForForeign() {
    int probe = fixture.sendAndDepart(fixture.start(request()));

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .withUnsoundErrors()
            .refusedBy(Pings.OTHER, IcmpType.TIME_EXCEEDED, 0, 0, Pings.TARGET));

    assertThat(heard.outcomes).isEmpty();
    assertThat(fixture.counters.get(Counter.FOREIGN)).isOne();
  }

  @Test
  void reportsAReplyAfterALateErrorAsLate() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();
    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 1, 0, Pings.TARGET));

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes)
        .hasExactlyElementsOfTypes(TimedOut.class, LateError.class, LateReply.class);
  }

  @Test
  void saysWhichMtuAnErrorReports() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    int probe6 = fixture.sendAndDepart(fixture.start(request(Pings.TARGET6)));

    fixture.pass(() -> {
      EchoFrame.request(fixture, probe)
          .withMtu(1400)
          .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 4, 0, Pings.TARGET);
      EchoFrame.request(fixture, probe6)
          .withMtu(1280)
          .refusedBy(Pings.OTHER6, Icmpv6Type.PACKET_TOO_BIG, 0, 0, Pings.TARGET6);
    });

    assertThat(heard.outcomes)
        .extracting(outcome -> ((IcmpError) outcome).mtu())
        .containsExactly(1400, 1280);
  }

  @Test
  void takesForAnMtuOnlyWhatIsOne() {
    int probe = fixture.sendAndDepart(fixture.start(request()));

    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .withMtu(1400)
            .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 1, 0, Pings.TARGET));

    assertThat(heard.outcomes)
        .extracting(outcome -> ((IcmpError) outcome).mtu())
        .containsExactly(0);
  }

  @Test
  void reportsAReplyAfterAnErrorAsLate() {
    int probe = fixture.sendAndDepart(fixture.start(request()));
    fixture.pass(() ->
        EchoFrame.request(fixture, probe)
            .refusedBy(Pings.OTHER, IcmpType.DESTINATION_UNREACHABLE, 1, 0, Pings.TARGET));
    fixture.advance(MILLI);

    fixture.pass(() -> EchoFrame.reply(fixture, probe).arrive());

    assertThat(heard.outcomes).hasExactlyElementsOfTypes(IcmpError.class, LateReply.class);
  }

  @Test
  void takesARefusalOfAnIndexOutsideTheTableForForeign() {
    fixture.judge.observe();

    EchoMessage error = new EchoMessage();
    fixture.judge.onRefusal(fixture.table.capacity(), error, 3, 1, 0);
    fixture.judge.onRefusal(-1, error, 3, 1, 0);

    assertThat(fixture.counters.get(Counter.FOREIGN)).isEqualTo(2);
  }

  @Test
  void reportsWhatTheKernelDidNotTakeAndWhy() {
    RunningPing ping = fixture.start(request());
    fixture.refuse(ping, Errno.ENOBUFS.number());
    fixture.seal(ping);

    fixture.pass();

    assertThat(heard.outcomes).containsExactly(new NotSent(1, Errno.ENOBUFS, 0, fixture.epoch()));
    PingSummary summary = heard.summaries.getFirst();
    assertThat(summary.counts().unsent()).isOne();
    assertThat(summary.counts().sent()).isZero();
    assertThat(summary.counts().lossRatio()).isNaN();
    assertThat(fixture.counters.get(Counter.SENT)).isZero();
  }

  @Test
  void givesTheEntryOfAProbeThatWasNotSentBackAtOnce() {
    RunningPing ping = fixture.start(request());
    int probe = fixture.refuse(ping, Errno.EPERM.number());

    fixture.pass();
    fixture.advance(SECOND);
    fixture.pass();

    assertThat(fixture.table.claim(probe)).isTrue();
    assertThat(heard.outcomes).hasSize(1);
    assertThat(fixture.counters.get(Counter.RELEASED)).isOne();
  }
}
