package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.lab.Fate;
import io.ringtap.lab.Fault;
import io.ringtap.lab.HostBehaviour;
import io.ringtap.lab.IcmpError;
import io.ringtap.lab.NetworkNamespace;
import io.ringtap.lab.VirtualHosts;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault that a host can be given shows as the outcome that it should, on exactly the probes
/// that it struck: the hosts draw from a seed, so each probe's fate is known beforehand.
class PingerFaultsTest {
  private static final int PROBES = 300;
  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final Duration TOO_LONG = Duration.ofMillis(800);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final PingOptions OPTIONS =
      PingOptions.defaults()
          .withCount(PROBES)
          .withInterval(Duration.ofMillis(1))
          .withTimeout(TIMEOUT);

  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private Pinger pinger;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("faults");
    hosts = VirtualHosts.start(namespace, "tun0", 20_26);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    pinger = namespace.call(Pinger::open);
  }

  @AfterEach
  void close() {
    if (pinger != null) {
      pinger.close();
      hosts.close();
      namespace.close();
    }
  }

  static Stream<Arguments> faults() {
    HostBehaviour prompt = HostBehaviour.PROMPT;
    return Stream.of(
            Map.entry("nothing", prompt),
            Map.entry("silence", HostBehaviour.SILENT),
            Map.entry("loss", prompt.loss(0.3)),
            Map.entry("duplicates", prompt.duplicate(0.3, 2)),
            Map.entry("reordering", prompt.reorder(0.3, Duration.ofMillis(20))),
            Map.entry("jitter", prompt.jitter(Duration.ofMillis(20))),
            Map.entry("answers too late", prompt.reorder(0.3, TOO_LONG)),
            Map.entry("a spoilt checksum", prompt.wrongChecksum(0.3)),
            Map.entry("a flipped bit", prompt.corrupt(0.3)),
            Map.entry("a flipped bit, repaired", prompt.corruptAndRepair(0.3)),
            Map.entry("a cut payload", prompt.truncate(0.3, 10)),
            Map.entry(
                "all of the path",
                prompt
                    .loss(0.1)
                    .duplicate(0.2, 1)
                    .reorder(0.1, TOO_LONG)
                    .jitter(Duration.ofMillis(5))))
        .flatMap(fault ->
            Stream.of("10.1.2.3", "fd00:1::2:3")
                .map(host -> Arguments.of(fault.getKey(), host, fault.getValue())));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("faults")
  void toldAsItIs(String name, String host, HostBehaviour behaviour) {
    checkEveryProbe(host, behaviour);
  }

  @Test
  void tellsARefusalWithItsRouter() {
    checkEveryProbe("10.1.2.3", refusing(IcmpError.of(3, 1, "10.1.0.254")));
    checkEveryProbe("10.1.2.4", refusing(IcmpError.of(11, 0, "10.1.0.254")));
    checkEveryProbe("fd00:1::2:3", refusing(IcmpError.of(1, 4, "fd00:1::ffff")));
    checkEveryProbe("fd00:1::2:4", refusing(IcmpError.of(3, 0, "fd00:1::ffff")));
  }

  @Test
  void readsARefusalThatQuotesIpOptions() {
    checkEveryProbe("10.1.2.3", refusing(IcmpError.of(3, 13, "10.1.0.254").withQuotedOptions(40)));
  }

  @Test
  void tellsAnAnswerFromAnotherAddress() {
    checkEveryProbe("10.1.2.3", HostBehaviour.PROMPT.answerFrom(0.3, "10.1.9.9"));
    checkEveryProbe("fd00:1::2:3", HostBehaviour.PROMPT.answerFrom(0.3, "fd00:1::9:9"));
  }

  private static HostBehaviour refusing(IcmpError error) {
    return HostBehaviour.PROMPT.with(new Fault.Refusal(0.3, error));
  }

  private void checkEveryProbe(String host, HostBehaviour behaviour) {
    IpAddress address = IpAddress.parse(host);
    hosts.behave(host, behaviour);
    List<String> expected = expected(address, behaviour);
    Outcomes outcomes = new Outcomes();

    Ping ping = pinger.start(PingRequest.to(address).with(OPTIONS), outcomes);
    PingSummary summary = ping.summary().join();

    // Late replies and duplicates may follow the summary.
    await().atMost(PATIENCE).until(() -> outcomes.all().size() >= expected.size());
    assertThat(outcomes.lines()).isEqualTo(expected);
    assertThat(summary.sent()).isEqualTo(PROBES);
    assertThat(summary.received()).isEqualTo(count(expected, " reply"));
    assertThat(summary.lost()).isEqualTo(count(expected, " timeout"));
    assertThat(summary.corrupted()).isEqualTo(count(expected, " corrupted"));
    assertThat(summary.errors()).isEqualTo(count(expected, " error"));
    assertThat(summary.elsewhere()).isEqualTo(count(expected, " from"));
    assertThat(summary.unsent() + summary.withdrawn()).isZero();
    assertThat(summary.rtt().count()).isEqualTo(summary.received());
  }

  private static long count(List<String> lines, String what) {
    return lines.stream().filter(line -> line.contains(what)).count();
  }

  /// What the hosts' draws come to for each probe.
  private List<String> expected(IpAddress host, HostBehaviour behaviour) {
    List<String> lines = new ArrayList<>();
    for (int sequence = 1; sequence <= PROBES; sequence++) {
      Fate fate = hosts.fate(behaviour, host, sequence - 1);
      boolean isLate = fate.delayNanos() > TIMEOUT.toNanos();
      lines.add(Outcomes.line(sequence, isLate ? "timeout" : firstOutcome(fate)));
      if (isLate) {
        lines.add(Outcomes.line(sequence, "late"));
      }
      for (int copy = 0; copy < fate.copies(); copy++) {
        lines.add(Outcomes.line(sequence, "duplicate"));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static String firstOutcome(Fate fate) {
    if (fate.lost()) {
      return "timeout";
    }
    IcmpError refusal = fate.refusal();
    if (refusal != null) {
      return "error " + refusal.router() + " " + refusal.type() + "/" + refusal.code();
    }
    Fault.WrongSource wrongSource = fate.wrongSource();
    if (wrongSource != null) {
      return "from " + wrongSource.source();
    }
    Fault.Corruption corruption = fate.corruption();
    if (fate.wrongChecksum() || (corruption != null && !corruption.repaired())) {
      return "corrupted " + Damage.CHECKSUM;
    }
    if (fate.truncation() != null) {
      return "corrupted " + Damage.TRUNCATED;
    }
    return corruption == null ? "reply" : "corrupted " + Damage.PAYLOAD;
  }
}
