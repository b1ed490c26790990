package io.ringtap.monitor.blackbox;

import io.ringtap.monitor.metrics.Figures;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request came to, as metrics: those of blackbox_exporter's icmp module, and those of
/// several packets. One thread uses it.
final class ProbeResult {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int FNV_OFFSET = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  private final long begun = System.nanoTime();
  private long resolveNanos;
  private long setupNanos;
  private int hopLimit;
  private @Nullable IpAddress address;
  private @Nullable PingSummary summary;

  ProbeResult() {}

  /// The name has been looked up, with or without success.
  ///
  /// @param found null if there is no address
  void setAddress(@Nullable IpAddress found) {
    resolveNanos = System.nanoTime() - begun;
    address = found;
  }

  /// What was to be prepared for pinging is ready.
  void setReady() {
    setupNanos = System.nanoTime() - begun - resolveNanos;
  }

  /// The pings have ended.
  ///
  /// @param newestHopLimit of the replies; 0 if unknown
  void setSummary(PingSummary pings, int newestHopLimit) {
    summary = pings;
    hopLimit = newestHopLimit;
  }

  Figures figures() {
    Figures figures = new Figures();
    boolean isReached = summary != null && summary.counts().received() > 0;
    show(figures, "probe_success", "Whether the probe was a success.", isReached ? 1 : 0);
    show(
        figures,
        "probe_duration_seconds",
        "How long the probe took.",
        (System.nanoTime() - begun) / NANOS_PER_SECOND);
    show(
        figures,
        "probe_dns_lookup_time_seconds",
        "How long the look-up of the name took.",
        resolveNanos / NANOS_PER_SECOND);
    int version = address == null ? 0 : address.isIpv6() ? 6 : 4;
    show(figures, "probe_ip_protocol", "The version of IP: 4 or 6.", version);
    show(
        figures,
        "probe_ip_addr_hash",
        "A hash of the address, which changes when the address does.",
        address == null ? 0 : hash(address));
    phase(figures, "resolve", resolveNanos / NANOS_PER_SECOND);
    phase(figures, "setup", setupNanos / NANOS_PER_SECOND);
    phase(
        figures, "rtt", isReached && summary != null ? summary.rtt().mean() / NANOS_PER_SECOND : 0);
    if (hopLimit > 0) {
      show(
          figures, "probe_icmp_reply_hop_limit", "TTL or hop limit of the newest reply.", hopLimit);
    }
    if (summary != null) {
      addPackets(figures, summary);
    }
    return figures;
  }

  private static void addPackets(Figures figures, PingSummary summary) {
    show(
        figures,
        "probe_icmp_packets_sent",
        "Packets that were sent.",
        (double) summary.counts().sent());
    show(
        figures,
        "probe_icmp_packets_received",
        "Packets that brought a reply in time.",
        (double) summary.counts().received());
    show(
        figures,
        "probe_icmp_loss_ratio",
        "The part of the packets that brought none, 0 to 1.",
        summary.counts().lossRatio());
    if (summary.counts().received() > 0) {
      show(
          figures,
          "probe_icmp_rtt_min_seconds",
          "The shortest round-trip time.",
          summary.rtt().min() / NANOS_PER_SECOND);
      show(
          figures,
          "probe_icmp_rtt_max_seconds",
          "The longest round-trip time.",
          summary.rtt().max() / NANOS_PER_SECOND);
      show(
          figures,
          "probe_icmp_rtt_stddev_seconds",
          "The standard deviation of the round-trip times.",
          summary.rtt().stddev() / NANOS_PER_SECOND);
    }
  }

  private static void show(Figures figures, String name, String help, double value) {
    figures.gauge(name, help, () -> value);
  }

  private static void phase(Figures figures, String phase, double seconds) {
    figures.gauge(
        "probe_icmp_duration_seconds",
        "How long the parts of the probe took; rtt is the mean of the round-trip times.",
        Map.entry("phase", phase),
        () -> seconds);
  }

  /// FNV-1a (32 bits) of the bytes of the address.
  private static double hash(IpAddress address) {
    int hash = FNV_OFFSET;
    for (byte part : address.toInetAddress().getAddress()) {
      hash = (hash ^ (part & 0xFF)) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }
}
