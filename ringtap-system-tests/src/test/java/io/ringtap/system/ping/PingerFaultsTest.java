package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.Fate;
import io.ringtap.testnet.host.Fault;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault that a host can be given shows as the outcome that it should, on exactly the probes
/// that it struck: the hosts draw from a seed, so each probe's fate is known beforehand. All hosts
/// are pinged at once.
class PingerFaultsTest {
  private static final int PROBES = 300;
  private static final Duration TIMEOUT = Duration.ofMillis(1500);
  private static final Duration TOO_LONG = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final PingOptions OPTIONS =
      PingOptions.DEFAULT.withCount(PROBES).withInterval(Duration.ofMillis(5)).withTimeout(TIMEOUT);

  private static final Map<Host, Ping<PingSummary>> PINGS = new HashMap<>();
  private static final Map<Host, Outcomes> OUTCOMES = new HashMap<>();
  private static NetworkNamespace namespace;
  private static VirtualHosts hosts;
  private static Pinger pinger;

  /// A host and what befalls its answers.
  record Host(String fault, IpAddress address, HostBehaviour behaviour) {
    @Override
    public String toString() {
      return fault + " at " + address;
    }
  }

  @BeforeAll
  static void pingAllHosts() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("faults");
    hosts = VirtualHosts.start(namespace, "tun0", 20_26);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    pinger = namespace.call(Pinger::open);
    for (Host host : hosts()) {
      hosts.behave(host.address.toString(), host.behaviour);
    }
    for (Host host : hosts()) {
      Outcomes outcomes = new Outcomes();
      OUTCOMES.put(host, outcomes);
      PINGS.put(host, pinger.ping(PingRequest.to(host.address).with(OPTIONS), outcomes));
    }
  }

  @AfterAll
  static void close() {
    if (pinger != null) {
      pinger.close();
      hosts.close();
      namespace.close();
    }
  }

  static List<Host> hosts() {
    HostBehaviour prompt = HostBehaviour.PROMPT;
    List<Host> all = new ArrayList<>();
    add(all, "nothing", prompt);
    add(all, "silence", HostBehaviour.SILENT);
    add(all, "loss", prompt.loss(0.3));
    add(all, "duplicates", prompt.duplicate(0.3, 2));
    add(all, "reordering", prompt.reorder(0.3, Duration.ofMillis(20)));
    add(all, "jitter", prompt.jitter(Duration.ofMillis(20)));
    add(all, "answers too late", prompt.reorder(0.3, TOO_LONG));
    add(all, "a spoilt checksum", prompt.wrongChecksum(0.3));
    add(all, "a flipped bit", prompt.corrupt(0.3));
    add(all, "a flipped bit, repaired", prompt.corruptAndRepair(0.3));
    add(all, "a cut payload", prompt.truncate(0.3, 10));
    add(
        all,
        "much at once",
        prompt.loss(0.1).duplicate(0.2, 1).reorder(0.1, TOO_LONG).jitter(Duration.ofMillis(5)));
    addIpv4(all, "a network refusal", refusing(IcmpError.of(3, 1, "10.1.0.254")));
    addIpv4(all, "an expired hop limit", refusing(IcmpError.of(11, 0, "10.1.0.254")));
    addIpv4(
        all,
        "a refusal that quotes IP options",
        refusing(IcmpError.of(3, 13, "10.1.0.254").withQuotedOptions(40)));
    addIpv4(all, "another address", prompt.answerFrom(0.3, "10.1.9.9"));
    addIpv6(all, "a network refusal", refusing(IcmpError.of(1, 4, "fd00:1::ffff")));
    addIpv6(all, "an expired hop limit", refusing(IcmpError.of(3, 0, "fd00:1::ffff")));
    addIpv6(all, "another address", prompt.answerFrom(0.3, "fd00:1::9:9"));
    return all;
  }

  private static HostBehaviour refusing(IcmpError error) {
    return HostBehaviour.PROMPT.with(new Fault.Refusal(0.3, error));
  }

  private static void add(List<Host> all, String fault, HostBehaviour behaviour) {
    addIpv4(all, fault, behaviour);
    addIpv6(all, fault, behaviour);
  }

  private static void addIpv4(List<Host> all, String fault, HostBehaviour behaviour) {
    all.add(new Host(fault, IpAddress.parse("10.1.2." + (all.size() + 1)), behaviour));
  }

  private static void addIpv6(List<Host> all, String fault, HostBehaviour behaviour) {
    all.add(new Host(fault, IpAddress.parse("fd00:1::2:" + (all.size() + 1)), behaviour));
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void toldAsItIs(Host host) {
    List<String> expected = expected(host.address, host.behaviour);
    Outcomes outcomes = OUTCOMES.get(host);

    PingSummary summary = PINGS.get(host).join();

    // Late replies and duplicates may follow the summary.
    await().atMost(PATIENCE).until(() -> outcomes.all().size() >= expected.size());
    assertThat(outcomes.lines()).isEqualTo(expected);
    assertThat(summary.counts().sent()).isEqualTo(PROBES);
    assertThat(summary.counts().received()).isEqualTo(count(expected, " reply"));
    assertThat(summary.counts().lost()).isEqualTo(count(expected, " timeout"));
    assertThat(summary.counts().corrupted()).isEqualTo(count(expected, " corrupted"));
    assertThat(summary.counts().errors()).isEqualTo(count(expected, " error"));
    assertThat(summary.counts().elsewhere()).isEqualTo(count(expected, " from"));
    assertThat(summary.counts().unsent() + summary.counts().withdrawn()).isZero();
    assertThat(summary.rtt().count()).isEqualTo(summary.counts().received());
  }

  private static long count(List<String> lines, String what) {
    return lines.stream().filter(line -> line.contains(what)).count();
  }

  /// What the hosts' draws come to for each probe.
  private static List<String> expected(IpAddress host, HostBehaviour behaviour) {
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
