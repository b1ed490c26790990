package io.ringtap.cli.monitor;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How targets are probed that are named on the command line, in the words of `ringtap ping`.
final class ProbeArguments {
  /// `-s`: bytes after the ICMP header.
  static final class SizeConverter extends Numbers.InRange {
    SizeConverter() {
      super(0, PingOptions.MAX_PAYLOAD_BYTES);
    }
  }

  /// `--transport`.
  static final class TransportConverter extends WordConverter<Transport> {
    TransportConverter() {
      super(Transport.class, Transport::word);
    }
  }

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1); // as PingOptions has it

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "From one probe of a target to its next: 200ms, 10s, 1m. Default: 1s.")
  @Nullable Duration interval;

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long a reply may take; later ones are counted as late. Default: 1s.")
  @Nullable Duration timeout;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "Payload after the ICMP header, 0 to 65507 with IPv4. Default: 18.")
  @Nullable Integer payloadBytes;

  @Option(
      names = {"-t", "--ttl"},
      paramLabel = "HOPS",
      converter = Numbers.HopLimit.class,
      description = "TTL or hop limit, 1 to 255.")
  @Nullable Integer hopLimit;

  @Option(
      names = {"-Q", "--tos"},
      paramLabel = "TOS",
      converter = Numbers.TrafficClass.class,
      description = "TOS or traffic class, 0 to 255 or 0x00 to 0xff.")
  @Nullable Integer trafficClass;

  @Option(
      names = {"-I", "--interface"},
      paramLabel = "IFACE|ADDRESS",
      description = "Send through an interface, or from a source address.")
  @Nullable String interfaceOrSource;

  @Option(names = "-4", description = "IPv4 addresses of names only.")
  boolean isIpv4;

  @Option(names = "-6", description = "IPv6 addresses of names only; with -4, both.")
  boolean isIpv6;

  @Option(
      names = "--transport",
      paramLabel = "KIND",
      converter = TransportConverter.class,
      description = "auto, raw or datagram sockets. Default: auto, which is raw where permitted.")
  @Nullable Transport transport;

  /// Whether there is any of them.
  boolean areGiven() {
    return interval != null
        || timeout != null
        || payloadBytes != null
        || hopLimit != null
        || trafficClass != null
        || interfaceOrSource != null
        || isIpv4
        || isIpv6
        || transport != null;
  }

  /// Returns if the times are such that probes can be sent.
  void check() throws BadArgument {
    if (interval != null
        && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(PingOptions.MAX_WAIT) > 0)) {
      throw new BadArgument("-i must be 1ms to 24h");
    }
    if (timeout != null
        && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0)) {
      throw new BadArgument("-W must be 1ms to 1h");
    }
  }
}
