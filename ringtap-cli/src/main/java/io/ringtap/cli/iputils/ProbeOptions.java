package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PathMtu;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Recording;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options about the probes themselves.
final class ProbeOptions {
  private static final int DEFAULT_PAYLOAD_BYTES = 56;
  private static final String TIMES_OF_HOSTS = "tsprespec";
  private static final int TIMED_BYTES = 16; // a struct timeval, from which ping takes its times

  @Option(
      names = "-s",
      paramLabel = "BYTES",
      converter = Values.NonNegative.class,
      description = "Payload after the ICMP header; below 16, no times are shown. Default: 56.")
  private long payloadBytes = DEFAULT_PAYLOAD_BYTES;

  @Option(
      names = "-t",
      paramLabel = "HOPS",
      converter = Values.TimeToLive.class,
      description = "TTL or hop limit.")
  private @Nullable Long timeToLive;

  @Option(names = "-Q", paramLabel = "TOS", description = "TOS or traffic class, 0 to 255 or 0x.")
  private @Nullable String typeOfService;

  @Option(
      names = "-F",
      paramLabel = "LABEL",
      description = "IPv6 flow label, 20 bits, decimal or 0x. Default: the system's choice.")
  private @Nullable String flowLabelText;

  @Option(
      names = "-e",
      paramLabel = "IDENTIFIER",
      converter = Values.Identifier.class,
      description = "ICMP identifier of the probes. Default: a random one.")
  private long identifier = 1L + new SecureRandom().nextInt(0xffff);

  @Option(
      names = "-m",
      paramLabel = "MARK",
      converter = Values.Mark.class,
      description = "Firewall mark of the packets.")
  private long mark;

  @Option(
      names = "-M",
      paramLabel = "do|dont|want",
      description =
          "Fragments: none, and too long a packet is refused (do); as routers need them (dont); as"
              + " this machine knows of the path (want).")
  private @Nullable String pathMtu;

  @Option(
      names = "-p",
      paramLabel = "PATTERN",
      description = "Fill the payload with up to 16 bytes, given as hexadecimal digits.")
  private @Nullable String patternText;

  @Option(names = "-L", description = "Do not hear own probes to a multicast group.")
  private boolean isLoopless;

  @Option(names = "-r", description = "Send only to networks that this machine is attached to.")
  private boolean isUnrouted;

  @Option(
      names = "-S",
      paramLabel = "BYTES",
      converter = Values.Positive.class,
      description = "No effect: the send buffer is large enough for what is sent.")
  long sendBufferBytes;

  @Option(names = "-d", description = "No effect: SO_DEBUG is for TCP.")
  boolean isDebug;

  @Option(
      names = "-N",
      paramLabel = "QUERY",
      description = "Refused: no host answers these queries.")
  private @Nullable String nodeInformation;

  @Option(
      names = "-R",
      description = "Have the first nine hops, there and back, write their addresses (IPv4).")
  private boolean isRouteWanted;

  @Option(
      names = "-T",
      paramLabel = "tsonly|tsandaddr|tsprespec",
      description =
          "Have hops write the time, or the time and their address, or have up to four hosts that"
              + " are named before the destination write it (IPv4).")
  private @Nullable String timestamps;

  private byte @Nullable [] pattern;
  private int flowLabel = -1; // none chosen
  private PingOptions options = PingOptions.DEFAULT;

  /// Reads the values.
  void check() throws BadArgument {
    if (nodeInformation != null) {
      throw new BadArgument("-N: node information queries are not supported");
    }
    options =
        options
            .withCount(1)
            .withRecording(chosenRecording())
            .withMark((int) mark)
            .withMulticastLoop(!isLoopless)
            .withRouting(!isUnrouted);
    if (pathMtu != null) {
      options = options.withPathMtu(pathMtu(pathMtu));
    }
    options = options.withPayloadBytes((int) Math.min(payloadBytes, PingOptions.MAX_PAYLOAD_BYTES));
    if (patternText != null) {
      pattern = Values.pattern(patternText);
      options = pattern.length == 0 ? options : options.withPattern(pattern);
    }
    if (typeOfService != null) {
      options = options.withTrafficClass(Values.typeOfService(typeOfService));
    }
    if (flowLabelText != null) {
      flowLabel = Values.flowLabel(flowLabelText);
      options = options.withFlowLabel(flowLabel);
    }
    if (timeToLive != null) {
      options = options.withHopLimit(timeToLive.intValue());
    }
  }

  private Recording chosenRecording() throws BadArgument {
    Recording chosen =
        switch (timestamps) {
          case null -> Recording.NONE;
          case "tsonly" -> Recording.TIMES;
          case "tsandaddr" -> Recording.ROUTE_AND_TIMES;
          case TIMES_OF_HOSTS -> Recording.timesOf(List.of());
          default -> throw new BadArgument("invalid timestamp type: " + timestamps);
        };
    if (isRouteWanted && timestamps != null) {
      throw new BadArgument("only one of -T or -R may be used");
    }
    return isRouteWanted ? Recording.ROUTE : chosen;
  }

  /// Whether hosts may be named before the destination, whose times are recorded.
  boolean takesHosts() {
    return TIMES_OF_HOSTS.equals(timestamps);
  }

  /// Names those hosts.
  void recordTimesOf(List<IpAddress> hosts) {
    options = options.withRecording(Recording.timesOf(hosts));
  }

  private static PathMtu pathMtu(String text) throws BadArgument {
    return switch (text) {
      case "do" -> PathMtu.DO;
      case "dont" -> PathMtu.DONT;
      case "want" -> PathMtu.WANT;
      default -> throw new BadArgument("invalid -M argument: " + text);
    };
  }

  /// Refuses what the kernel does for this family.
  void checkFor(boolean isIpv6) throws BadArgument {
    if (!isIpv6 && timeToLive != null && timeToLive == 0) {
      throw new BadArgument("cannot set unicast time-to-live: Invalid argument");
    }
  }

  int identifier() {
    return (int) identifier;
  }

  int payloadBytes() {
    return (int) payloadBytes;
  }

  /// What the headers of IPv4 probes record.
  Recording recording() {
    return options.recording();
  }

  /// What the payload is filled with, if that was chosen.
  byte @Nullable [] pattern() {
    return pattern;
  }

  /// What IPv6 probes have as their flow label, if that was chosen; else negative.
  int flowLabel() {
    return flowLabel;
  }

  /// Whether the payload is more than a packet holds, so that none is sent.
  boolean isTooLong() {
    return payloadBytes > options.payloadBytes();
  }

  /// Whether round-trip times are shown.
  boolean isTimed() {
    return payloadBytes >= TIMED_BYTES;
  }

  /// One probe.
  ///
  /// @param isToMany whether many may answer; then packets are not fragmented unless that was asked
  PingOptions options(boolean isToMany) {
    return isToMany && pathMtu == null ? options.withPathMtu(PathMtu.DO) : options;
  }
}
