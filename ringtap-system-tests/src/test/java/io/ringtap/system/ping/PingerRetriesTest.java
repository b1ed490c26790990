package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.Fate;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.HostCounter;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A probe that is sent again until a reply comes, and replies from other addresses that count.
class PingerRetriesTest {
  private static final PingOptions ONCE_MORE =
      PingOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)).withRetries(1, 1);

  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private Pinger pinger;
  private final Outcomes outcomes = new Outcomes();

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("retries");
    hosts = VirtualHosts.start(namespace, "tun0", 20_26);
    hosts.link().address("192.0.2.1/32");
    hosts.own("10.1.0.0/16");
    pinger = namespace.call(Pinger::open);
  }

  @AfterEach
  void close() {
    if (pinger != null) {
      pinger.close();
    }
    if (hosts != null) {
      hosts.close();
      namespace.close();
    }
  }

  /// The request's counts, which add up.
  private PingCounts ping(IpAddress target, PingOptions options) {
    PingCounts counts = pinger.ping(PingRequest.to(target).with(options), outcomes).join().counts();
    assertThat(counts.sent())
        .isEqualTo(
            counts.received()
                + counts.elsewhere()
                + counts.corrupted()
                + counts.errors()
                + counts.lost()
                + counts.dropped()
                + counts.withdrawn());
    return counts;
  }

  @Test
  void triesAsOftenAsFpingAndWaitsLongerEachTime() throws Exception {
    Requirement.tool("fping");
    hosts.behave("10.1.2.0/24", HostBehaviour.SILENT);
    Process fping =
        namespace.start("fping", "-r", "2", "-t", "100", "-B", "1.5", "10.1.2.1", "10.1.2.2");
    assertThat(Command.finish(fping).exitCode()).isEqualTo(1);
    long ofFping = hosts.count(HostCounter.REQUESTS);
    PingOptions options =
        PingOptions.DEFAULT.withTimeout(Duration.ofMillis(100)).withRetries(2, 1.5);

    PingCounts first = ping(IpAddress.parse("10.1.2.1"), options);
    PingCounts second = ping(IpAddress.parse("10.1.2.2"), options);

    assertThat(first.sent() + second.sent()).isEqualTo(ofFping).isEqualTo(6);
    assertThat(hosts.awaitSettled(2 * ofFping, Duration.ofSeconds(60))).isTrue();
    assertThat(first.lost()).isEqualTo(3);
    assertThat(outcomes.of(PingOutcome.TimedOut.class))
        .extracting(PingOutcome.TimedOut::waitedNanos)
        .containsExactly(
            100_000_000L, 150_000_000L, 225_000_000L, 100_000_000L, 150_000_000L, 225_000_000L);
  }

  @Test
  void endsWithTheFirstReply() {
    PingCounts counts = ping(IpAddress.parse("10.1.2.1"), ONCE_MORE);

    assertThat(counts.sent()).isEqualTo(1);
    assertThat(outcomes.lines()).containsExactly("00001 reply");
  }

  @Test
  void getsTheReplyThatWasLostBefore() {
    HostBehaviour lossy = HostBehaviour.PROMPT.loss(0.5);
    hosts.behave("10.1.0.0/16", lossy);
    IpAddress host =
        IntStream.range(1, 255)
            .mapToObj(i -> IpAddress.parse("10.1.2." + i))
            .filter(it -> fate(lossy, it, 0).lost() && !fate(lossy, it, 1).lost())
            .findFirst()
            .orElseThrow();

    PingCounts counts = ping(host, ONCE_MORE.withRetries(5, 2));

    assertThat(counts.sent()).isEqualTo(2);
    assertThat(outcomes.lines()).containsExactly("00001 timeout", "00002 reply");
  }

  private Fate fate(HostBehaviour behaviour, IpAddress host, long request) {
    return hosts.fate(behaviour, host, request);
  }

  /// A reply that is too late for its own probe has still reached the host.
  @Test
  void sendsNoMoreAfterALateReply() {
    hosts.behave("10.1.2.1", HostBehaviour.PROMPT.delay(Duration.ofMillis(1500)));

    PingCounts counts = ping(IpAddress.parse("10.1.2.1"), ONCE_MORE.withRetries(9, 1));

    assertThat(counts.late()).isPositive();
    assertThat(counts.sent()).isLessThan(10);
  }

  @Test
  void goesOnAfterAnError() {
    hosts.behave("10.1.2.1", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.1.0.254")));

    PingCounts counts = ping(IpAddress.parse("10.1.2.1"), ONCE_MORE);

    assertThat(counts.errors()).isEqualTo(2);
  }

  @Test
  void countsAReplyFromElsewhereIfAsked() {
    hosts.behave("10.1.2.1", HostBehaviour.PROMPT.answerFrom(1, "10.1.9.9"));
    IpAddress target = IpAddress.parse("10.1.2.1");

    PingCounts strict = ping(target, ONCE_MORE.withCount(1));
    PingCounts any = ping(target, ONCE_MORE.withAnySource(true));

    assertThat(strict.elsewhere()).isEqualTo(1);
    assertThat(any.received()).isEqualTo(1);
    assertThat(any.sent()).isEqualTo(1);
    List<PingOutcome.Reply> replies = outcomes.of(PingOutcome.Reply.class);
    assertThat(replies)
        .extracting(PingOutcome.Reply::from)
        .containsExactly(IpAddress.parse("10.1.9.9"));
  }
}
