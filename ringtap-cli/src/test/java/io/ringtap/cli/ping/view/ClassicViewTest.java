package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.StampSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClassicViewTest {
  private final Example example = new Example();
  private final AtomicLong clock = new AtomicLong(5_000_000_000L);

  private ClassicView view(boolean isQuiet, boolean isStamped) {
    OutcomeText.Style style = new OutcomeText.Style(isStamped, false, false);
    return new ClassicView(example.out, isQuiet, style, clock::get);
  }

  private static void tellAll(PingView view, PingRequest request) {
    for (PingOutcome outcome : Example.OUTCOMES) {
      view.onOutcome(request, outcome);
    }
  }

  @Test
  void tellsOneTargetAsPingDoes() {
    ClassicView view = view(false, false);

    view.onTarget(Example.REQUEST);
    tellAll(view, Example.REQUEST);
    clock.addAndGet(9_004_000_000L);
    view.onSummary(Example.troubled(Example.REQUEST));

    assertThat(example.told())
        .isEqualTo(
            """
            PING 192.0.2.7 (192.0.2.7) 18 bytes of data.
            26 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.031 ms
            26 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.041 ms (DUP!)
            26 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.051 ms (DUP!) (DIFFERENT ADDRESS!)
            26 bytes from 192.0.2.1: icmp_seq=2 ttl=63 time=3.14 ms (DIFFERENT ADDRESS!)
            26 bytes from 192.0.2.7: icmp_seq=3 ttl=64 time=31.4 ms (BAD CHECKSUM!)
            26 bytes from 192.0.2.7: icmp_seq=4 ttl=64 time=314 ms (WRONG DATA!)
            26 bytes from 192.0.2.7: icmp_seq=5 ttl=64 time=1.000 ms (TRUNCATED!)
            From 192.0.2.1 icmp_seq=6 Destination Host Unreachable
            no answer for icmp_seq=7 within 1000 ms
            no answer for icmp_seq=8 within 1000 ms: its departure was not seen
            26 bytes from 192.0.2.7: icmp_seq=7 ttl=64 time=1235 ms (LATE!)
            icmp_seq=9 not sent: ENETUNREACH (network is unreachable)
            From 192.0.2.1 icmp_seq=11 Frag needed and DF set (mtu = 1400)
            From 192.0.2.1 icmp_seq=8 Destination Host Unreachable (LATE!)
            icmp_seq=12 not sent: blackhole route
            icmp_seq=13 not sent: prohibit route
            icmp_seq=4294967296 not sent: EHOSTUNREACH (no route to host)
            icmp_seq=14 not sent: EMSGSIZE (message too long), mtu=1500
            From 192.0.2.1 icmp_seq=15 Redirect Host

            --- 192.0.2.7 ping statistics ---
            9 packets transmitted, 1 received, +1 late, +4 late errors, +2 duplicates, +3 corrupted, +1 errors, +1 from another address, +1 not sent, +1 undecided, +5 departures not seen, +6 notices, 87.5% packet loss, time 9004ms
            quantiles p50/p90/p99 = 0.031/0.031/0.031 ms, jitter 0.000 ms, stamps kernel-rx
            rtt min/avg/max/mdev = 0.031/0.031/0.031/0.000 ms
            """);
  }

  @Test
  void tellsQuietlyTheSummaryAlone() {
    ClassicView view = view(true, false);

    view.onTarget(Example.REQUEST);
    tellAll(view, Example.REQUEST);
    clock.addAndGet(3_000_999_999L);
    view.onSummary(Example.summary(Example.REQUEST));

    assertThat(example.told())
        .isEqualTo(
            """
            PING 192.0.2.7 (192.0.2.7) 18 bytes of data.

            --- 192.0.2.7 ping statistics ---
            4 packets transmitted, 3 received, 25% packet loss, time 3000ms
            quantiles p50/p90/p99 = 0.036/0.047/0.047 ms, jitter 0.002 ms, stamps kernel
            rtt min/avg/max/mdev = 0.031/0.038/0.047/0.007 ms
            """);
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    ClassicView view = view(false, false);

    view.onOutcome(
        Example.REQUEST,
        new PingOutcome.Reply(
            1, new Arrival(Example.ADDRESS, 31_000, 0, StampSource.USER, Example.NOON)));
    view.onSummary(Example.silent(Example.REQUEST));

    assertThat(example.told())
        .isEqualTo(
            """
            26 bytes from 192.0.2.7: icmp_seq=1 time=0.031 ms

            --- 192.0.2.7 ping statistics ---
            0 packets transmitted, 0 received, +2 not sent, time 5000ms
            """);
  }

  @Test
  void showsNothingThatTheSummaryDoesNotCount() {
    ClassicView view = view(false, false);
    PingRequest request = Example.REQUEST.withAttachment(Target.numeric(null));

    view.onSummary(Example.silent(request));
    tellAll(view, request);

    assertThat(example.told()).endsWith("0 received, +2 not sent, time 5000ms\n");
  }

  @Test
  void beepsAndShowsTimesExactlyWhenAsked() {
    OutcomeText.Style style = new OutcomeText.Style(false, true, true);
    ClassicView view = new ClassicView(example.out, false, style, clock::get);

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());
    view.onOutcome(Example.REQUEST, Example.OUTCOMES.get(5));

    assertThat(example.told())
        .isEqualTo(
            """
            26 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.031 ms\u0007
            26 bytes from 192.0.2.7: icmp_seq=4 ttl=64 time=314.159 ms (WRONG DATA!)
            """);
  }

  @Test
  void beginsLinesWithTheTimeWhenAsked() {
    ClassicView view = view(false, true);

    view.onOutcome(Example.REQUEST, Example.OUTCOMES.getFirst());

    assertThat(example.told())
        .isEqualTo(
            "[1700000000.123457] 26 bytes from 192.0.2.7: icmp_seq=1 ttl=64 time=0.031 ms\n");
  }

  @Test
  void readsErrorsOfIpv6ByTheirOwnTypes() {
    ClassicView view = view(false, false);
    Arrival arrival = new Arrival(Example.IPV6_REQUEST.target(), 52_000, 64, StampSource.KERNEL, 0);

    view.onOutcome(Example.IPV6_REQUEST, new PingOutcome.IcmpError(1, 1, 3, 0, arrival));
    view.onOutcome(Example.IPV6_REQUEST, new PingOutcome.IcmpError(2, 2, 0, 1280, arrival));

    assertThat(example.told())
        .isEqualTo(
            """
            From 2001:db8::7 icmp_seq=1 Destination unreachable: Address unreachable
            From 2001:db8::7 icmp_seq=2 Packet too big: mtu=1280
            """);
  }
}
