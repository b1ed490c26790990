package io.ringtap.cli.ping;

import io.ringtap.cli.argument.FixedWords;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PathMtu;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.Recording;
import io.ringtap.ping.ReplySource;
import io.ringtap.ping.Transport;
import io.ringtap.target.Family;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What the packets are like, and through which sockets they go.
final class PacketArguments {
  /// `-T tsprespec`, before its hosts are known.
  private static final Recording TIMES_OF_HOSTS = Recording.timesOf(List.of());

  /// `-s`: bytes after the ICMP header.
  static final class PayloadConverter extends Numbers.InRange {
    PayloadConverter() {
      super(0, PingOptions.MAX_PAYLOAD_BYTES);
    }
  }

  /// `-e`: an ICMP identifier.
  static final class IdentifierConverter extends Numbers.InRange {
    IdentifierConverter() {
      super(0, 0xFFFF);
    }
  }

  /// `-F`: a flow label.
  static final class FlowLabelConverter extends Numbers.InRange {
    FlowLabelConverter() {
      super(0, 0xF_FFFF);
    }
  }

  /// `--mark`: a firewall mark, 32 bits without sign.
  static final class MarkConverter extends Numbers.InRange {
    MarkConverter() {
      super(0, 0xFFFF_FFFFL);
    }
  }

  /// `-M`.
  static final class PathMtuConverter extends WordConverter<PathMtu> {
    PathMtuConverter() {
      super(PathMtu.class, PathMtu::word);
    }
  }

  /// `-T`, in the words of ping.
  static final class TimestampConverter implements ITypeConverter<Recording>, FixedWords {
    @Override
    public Recording convert(String text) {
      return switch (text) {
        case "tsonly" -> Recording.TIMES;
        case "tsandaddr" -> Recording.ROUTE_AND_TIMES;
        case "tsprespec" -> TIMES_OF_HOSTS;
        default ->
            throw new TypeConversionException(
                "'" + text + "' must be tsonly, tsandaddr or tsprespec");
      };
    }

    @Override
    public List<String> words() {
      return List.of("tsonly", "tsandaddr", "tsprespec");
    }
  }

  /// `--transport`.
  static final class TransportConverter extends WordConverter<Transport> {
    TransportConverter() {
      super(Transport.class, Transport::word);
    }
  }

  /// `--replies`.
  static final class ReplySourceConverter extends WordConverter<ReplySource> {
    ReplySourceConverter() {
      super(ReplySource.class, ReplySource::word);
    }
  }

  /// In an IPv4 packet, of 65 535 bytes with its header of 20 and the ICMP header of 8.
  private static final int MAX_IPV4_PAYLOAD_BYTES = 65_507;

  private static final int LONGEST_PATTERN = 32; // digits: the 16 bytes of ping

  @Option(
      names = {"-s", "--size"},
      paramLabel = "BYTES",
      converter = PayloadConverter.class,
      description =
          "Payload after the ICMP header, 0 to 65507 with IPv4, to 65527 with IPv6. Default: 18.")
  private int payloadBytes = PingOptions.DEFAULT_PAYLOAD_BYTES;

  @Option(
      names = {"-t", "--ttl"},
      paramLabel = "HOPS",
      converter = Numbers.HopLimit.class,
      description = "TTL or hop limit, 1 to 255.")
  private int hopLimit;

  @Option(
      names = {"-Q", "--tos"},
      paramLabel = "TOS",
      converter = Numbers.TrafficClass.class,
      description = "TOS or traffic class, 0 to 255 or 0x00 to 0xff.")
  private int trafficClass;

  @Option(
      names = {"-I", "--interface"},
      paramLabel = "IFACE|ADDRESS",
      description = "Send through an interface, or from a source address.")
  private @Nullable String interfaceOrSource;

  @Option(
      names = {"-p", "--pattern"},
      paramLabel = "HEX",
      description = "Fill the payload after its cookie with these bytes, up to 16, such as ff00.")
  private @Nullable String pattern;

  @Option(
      names = {"-M", "--pmtudisc"},
      paramLabel = "CHOICE",
      converter = PathMtuConverter.class,
      description =
          "do: send no fragments; want: fragment here; dont: let routers fragment; probe: as do, by"
              + " the interface's MTU only; system. Default: system.")
  private PathMtu pathMtu = PathMtu.SYSTEM;

  @Option(
      names = {"-b", "--broadcast"},
      description = "Allow broadcast addresses; whoever answers there counts.")
  private boolean isBroadcast;

  @Option(
      names = {"-r", "--dontroute"},
      description = "Send to hosts on attached networks only, through no router (IPv4).")
  private boolean isUnrouted;

  @Option(
      names = {"-L", "--no-loop"},
      description = "Do not let this host hear its own multicasts.")
  private boolean isUnlooped;

  @Option(names = "-4", description = "IPv4 only.")
  private boolean isIpv4;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean isIpv6;

  @Option(
      names = {"-e", "--identifier"},
      paramLabel = "ID",
      converter = IdentifierConverter.class,
      description = "ICMP identifier, 0 to 65535. Default: one that is free.")
  private int identifier = PingerOptions.ANY_IDENTIFIER;

  @Option(
      names = {"-F", "--flow-label"},
      paramLabel = "LABEL",
      converter = FlowLabelConverter.class,
      description = "IPv6 flow label, 0 to 1048575 or 0x. Default: the system's choice.")
  private int flowLabel;

  @Option(
      names = {"-R", "--record-route"},
      description = "Have the first nine hops, there and back, write their addresses (IPv4).")
  private boolean isRouteRecorded;

  @Option(
      names = {"-T", "--record-times"},
      paramLabel = "KIND",
      converter = TimestampConverter.class,
      description =
          "Have hops write the time (tsonly: nine hops) or time and address (tsandaddr: four), or"
              + " have up to four hosts that are named before the target write the time"
              + " (tsprespec) (IPv4).")
  private Recording times = Recording.NONE;

  @Option(
      names = "--mark",
      paramLabel = "MARK",
      converter = MarkConverter.class,
      description = "Firewall mark of the packets, decimal or 0x.")
  private int mark;

  @Option(
      names = "--transport",
      paramLabel = "KIND",
      converter = TransportConverter.class,
      description = "auto, raw or datagram sockets. Default: auto, which is raw where permitted.")
  private Transport transport = Transport.AUTO;

  @Option(
      names = "--replies",
      paramLabel = "FROM",
      converter = ReplySourceConverter.class,
      description =
          "host: count replies that this host accepts, as ping does. tap: count what arrives on the"
              + " wire, even if the firewall drops it; needs raw sockets. Default: host.")
  private ReplySource replies = ReplySource.HOST;

  /// Where packets leave: an interface, or an address, or neither.
  ///
  /// @param interfaceIndex 0 for none
  /// @param family which targets can be reached from there
  record Origin(int interfaceIndex, @Nullable IpAddress source, Family family) {}

  /// Where packets are to leave.
  Origin origin() throws BadArgument {
    if (isIpv4 && isIpv6) {
      throw new BadArgument("-4 and -6 exclude each other");
    }
    Family family = isIpv4 ? Family.IPV4 : isIpv6 ? Family.IPV6 : Family.ANY;
    if (interfaceOrSource == null) {
      return new Origin(0, null, family);
    }
    int index = TargetParser.interfaceIndex(interfaceOrSource);
    if (index > 0) {
      return new Origin(index, null, family);
    }
    IpAddress source = source(interfaceOrSource);
    if (!family.admits(source)) {
      throw new BadArgument(
          "-I " + source + " is an " + Family.nameOf(source) + " address: not with -4 or -6");
    }
    return new Origin(0, source, source.isIpv6() ? Family.IPV6 : Family.IPV4);
  }

  private static IpAddress source(String text) throws BadArgument {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("-I '" + text + "': not an interface, and not an address");
    }
  }

  /// Returns if packets can be sent with these options.
  ///
  /// @throws BadArgument if the source is the address of another machine
  /// @throws LinuxException if the mark is not permitted
  void check(PingOptions options) throws BadArgument, LinuxException {
    if (options.source() == null && options.mark() == 0) {
      return;
    }
    try {
      Pinger.check(options);
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.EADDRNOTAVAIL)) {
        throw new BadArgument(
            "-I "
                + interfaceOrSource
                + ": not an address of this machine (see 'ringtap interfaces')");
      }
      if (options.mark() != 0) {
        throw e;
      }
      // A link-local source needs an interface, which its targets name.
    }
  }

  /// Returns if an IPv4 packet has room for the payload, or none is asked for. No names are looked
  /// up for that: a probe that is too large for the address of one ends as not sent.
  void checkSize(Origin origin, List<TargetSpec> specs) throws BadArgument {
    boolean isIpv4Wanted =
        origin.family() == Family.IPV4
            || specs.stream()
                .anyMatch(it -> it instanceof TargetSpec.Range range && !range.first().isIpv6());
    if (isIpv4Wanted && payloadBytes > MAX_IPV4_PAYLOAD_BYTES) {
      throw new BadArgument(
          "-s %d: with IPv4 at most %d, with IPv6 %d"
              .formatted(payloadBytes, MAX_IPV4_PAYLOAD_BYTES, PingOptions.MAX_PAYLOAD_BYTES));
    }
  }

  /// The options with these.
  PingOptions applied(PingOptions options, Origin origin) throws BadArgument {
    PingOptions filled = pattern == null ? options : options.withPattern(bytes(pattern));
    return filled
        .withPayloadBytes(payloadBytes)
        .withHopLimit(hopLimit)
        .withTrafficClass(trafficClass)
        .withSource(origin.source())
        .withInterfaceIndex(origin.interfaceIndex())
        .withMark(mark)
        .withFlowLabel(flowLabel)
        .withRecording(recording())
        .withPathMtu(pathMtu)
        .withBroadcast(isBroadcast)
        .withRouting(!isUnrouted)
        .withMulticastLoop(!isUnlooped);
  }

  /// The targets: with `-T tsprespec` the last one, for the hosts whose times are recorded are
  /// named before it.
  List<TargetSpec> withoutHosts(List<TargetSpec> specs) throws BadArgument {
    if (!times.equals(TIMES_OF_HOSTS)) {
      return specs;
    }
    int last = specs.size() - 1;
    if (last < 1 || last > Recording.MAX_HOSTS) {
      throw new BadArgument("-T tsprespec wants one to four hosts, and the target after them");
    }
    List<IpAddress> hosts = new ArrayList<>();
    for (TargetSpec host : specs.subList(0, last)) {
      if (!(host instanceof TargetSpec.Range range) || range.size() > 1 || range.first().isIpv6()) {
        throw new BadArgument("-T tsprespec wants the IPv4 addresses of its hosts");
      }
      hosts.add(range.first());
    }
    times = Recording.timesOf(hosts);
    return specs.subList(last, last + 1);
  }

  private Recording recording() throws BadArgument {
    if (isRouteRecorded && !times.equals(Recording.NONE)) {
      throw new BadArgument("-R and -T exclude each other: one option fits the header");
    }
    return isRouteRecorded ? Recording.ROUTE : times;
  }

  private static byte[] bytes(String digits) throws BadArgument {
    String even = digits.length() % 2 == 0 ? digits : "0" + digits;
    if (!even.matches("\\p{XDigit}{2," + LONGEST_PATTERN + "}")) {
      throw new BadArgument("-p '" + digits + "' is not a pattern of 1 to 16 bytes, such as ff00");
    }
    return HexFormat.of().parseHex(even);
  }

  /// The options of a pinger with these.
  PingerOptions applied(PingerOptions options) throws BadArgument {
    if (replies == ReplySource.TAP && transport == Transport.DATAGRAM) {
      throw new BadArgument("--replies tap needs raw sockets: not with --transport datagram");
    }
    return options.withTransport(transport).withReplies(replies).withIdentifier(identifier);
  }
}
