package io.ringtap.cli.sweep;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import io.ringtap.packet.IpAddress;
import io.ringtap.send.Pace;
import io.ringtap.sweep.SenderKind;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What is sent to each address, how often, how fast and from where.
final class ProbeArguments {
  /// `--sender`.
  static final class SenderConverter extends WordConverter<SenderKind> {
    SenderConverter() {
      super(SenderKind.class, SenderKind::word);
    }
  }

  /// `-P` and `--retries`.
  static final class CountConverter extends Numbers.InRange {
    CountConverter() {
      super(0, SweepOptions.MAX_ATTEMPTS);
    }
  }

  /// `-s`.
  static final class PortConverter extends Numbers.InRange {
    PortConverter() {
      super(1, 65_535);
    }
  }

  /// `-S`.
  static final class AddressConverter implements ITypeConverter<IpAddress> {
    @Override
    public IpAddress convert(String text) {
      try {
        return IpAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Option(
      names = {"-p", "--ports", "--target-ports"},
      paramLabel = "PORTS",
      converter = PortList.Converter.class,
      description =
          "Send TCP SYN segments to these ports (80,443,8000-8010), or UDP datagrams (U:53 or"
              + " udp:53,123). Default: ICMP echo requests.")
  private @Nullable PortList ports;

  @Option(
      names = "--payload",
      paramLabel = "DATA",
      description = "Payload of UDP datagrams: text:hello, hex:00ff, or file:NAME. Default: none.")
  private @Nullable String payload;

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "RATE",
      converter = PaceConverter.class,
      description =
          "Send this many packets a second (500, 50k, 1M), or bits (10Mbit, 1Gbps); 0 is no limit."
              + " Default: 10k.")
  private Pace pace = SweepOptions.DEFAULT.schedule().pace();

  @Option(
      names = {"-P", "--probes"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Send this many probes to each target. Default: 1.")
  private int probes = SweepOptions.DEFAULT.schedule().probes();

  @Option(
      names = "--retries",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description =
          "Ask targets that have not answered within -c again, so many times at the most. Default:"
              + " 0.")
  private int retries = SweepOptions.DEFAULT.schedule().retries();

  @Option(
      names = {"-c", "--cooldown", "--cooldown-time"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long an answer may take: until a retry, and from the last probe to the end. Default:"
              + " 2s.")
  private Duration timeout = SweepOptions.DEFAULT.schedule().timeout();

  @Option(
      names = {"-i", "-I", "--interface"},
      paramLabel = "IFACE",
      description = "Send through this interface. Default: as routing has it.")
  private @Nullable String interfaceName;

  @Option(
      names = {"-S", "--source", "--source-ip"},
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "Send from this address. Default: as routing has it.")
  private @Nullable IpAddress source;

  @Option(
      names = {"-s", "--source-port"},
      paramLabel = "PORT",
      converter = PortConverter.class,
      description =
          "The first of the 4096 source ports of TCP and UDP probes; no program of this host should"
              + " use them. Default: 61440.")
  private int sourcePort = SweepOptions.DEFAULT.origin().firstSourcePort();

  @Option(
      names = {"-t", "--ttl"},
      paramLabel = "TTL",
      converter = Numbers.HopLimit.class,
      description = "TTL or hop limit of probes. Default: 64.")
  private int hopLimit = SweepOptions.DEFAULT.origin().hopLimit();

  @Option(
      names = "--sender",
      paramLabel = "KIND",
      converter = SenderConverter.class,
      description =
          "raw (a raw socket: through routing and firewall), packet (whole frames to one next hop,"
              + " past both), xdp (the same through AF_XDP), or auto (packet if it fits, otherwise"
              + " raw). Default: auto.")
  private SenderKind sender = SenderKind.AUTO;

  /// The ports; null for probes without.
  @Nullable PortList ports() {
    return ports;
  }

  /// The options of a sweep.
  SweepOptions options() throws BadArgument {
    if (source != null && !isOwn(source)) {
      throw new BadArgument("-S: " + source + " is not an address of this host");
    }
    try {
      return SweepOptions.DEFAULT
          .withProbe(probe())
          .withSchedule(
              new SweepOptions.Schedule(
                  pace, SweepOptions.DEFAULT.schedule().rampUp(), probes, retries, timeout))
          .withOrigin(new SweepOptions.Origin(sender, interfaceName, source, hopLimit, sourcePort));
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// Whether answers to an address come to this host and no other: then a socket can have it, as it
  /// can have `0.0.0.0` and groups.
  private static boolean isOwn(IpAddress address) {
    if (address.isUnspecified() || address.isMulticast() || address.isBroadcast()) {
      return false;
    }
    try (DatagramSocket _ = new DatagramSocket(0, address.toInetAddress())) {
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  private SweepProbe probe() throws BadArgument {
    boolean isUdp = ports != null && ports.isUdp();
    if (payload != null && !isUdp) {
      throw new BadArgument("--payload is for UDP: name its ports, as in -p U:53");
    }
    if (ports == null) {
      return SweepProbe.echo();
    }
    return isUdp
        ? SweepProbe.udp(payload == null ? new byte[0] : bytes(payload))
        : SweepProbe.syn();
  }

  /// The bytes of a payload as zmap's users write it.
  private static byte[] bytes(String payload) throws BadArgument {
    int colon = payload.indexOf(':');
    String data = payload.substring(colon + 1);
    try {
      return switch (payload.substring(0, Math.max(0, colon))) {
        case "text" -> data.getBytes(StandardCharsets.UTF_8);
        case "hex" -> HexFormat.of().parseHex(data);
        case "file" -> firstBytes(data);
        default ->
            throw new BadArgument(
                "--payload: '" + payload + "' is neither text:..., hex:... nor file:...");
      };
    } catch (IllegalArgumentException e) {
      throw new BadArgument("--payload: '" + data + "' are not bytes, such as hex:00ff7f");
    }
  }

  /// As much of a file as a payload can have, and a byte more if there is more.
  private static byte[] firstBytes(String file) throws BadArgument {
    try (InputStream input = Files.newInputStream(Path.of(file))) {
      return input.readNBytes(SweepProbe.MAX_PAYLOAD_BYTES + 1);
    } catch (IOException e) {
      throw new BadArgument(file + ": " + Failure.reason(e));
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + file + "' is not a file name");
    }
  }
}
