package io.ringtap.cli.capture;

import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.print.DumpForm;
import io.ringtap.print.PrintOptions;
import io.ringtap.print.TimeForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how packets are shown.
final class PrintArguments {
  /// The last digit of a stamp.
  enum Precision {
    MICRO,
    NANO
  }

  /// `--time-stamp-precision`.
  static final class PrecisionConverter extends WordConverter<Precision> {
    PrecisionConverter() {
      super(Precision.class);
    }
  }

  @Option(names = "-e", description = "Show the link-level header.")
  private boolean hasLinkHeader;

  @Option(names = "-v", description = "Print more about the IP header and above; -vv even more.")
  private boolean[] verbosity = {};

  @Option(names = "-q", description = "Print less about protocols.")
  private boolean isQuiet;

  @Option(
      names = {"-S", "--absolute-tcp-sequence-numbers"},
      description = "TCP sequence numbers as they are, not relative.")
  private boolean hasAbsoluteSequences;

  @Option(
      names = {"-#", "--number"},
      description = "Begin each line with the packet's number.")
  private boolean isNumbered;

  @Option(
      names = {"-K", "--dont-verify-checksums"},
      description = "With -v: do not verify checksums of IP, TCP and UDP.")
  private boolean isTrusting;

  @Option(
      names = "-b",
      description = "Print the numbers of autonomous systems above 65535 in two parts: 1.34464.")
  private boolean hasDottedSystems;

  @Option(
      names = "-M",
      paramLabel = "SECRET",
      description = "Verify the MD5 signatures of TCP, IS-IS and RSVP with this shared secret.")
  private @Nullable String secret;

  @Option(
      names = "-T",
      paramLabel = "TYPE",
      completionCandidates = PacketType.Printed.class,
      description =
          "Take what UDP and TCP carry as this protocol, on any port: domain, radius, vxlan"
              + " or another of --protocols that tcpdump has a word for.")
  private @Nullable String type;

  @Option(
      names = "-t",
      description =
          "Times: -t none, -tt seconds since 1970, -ttt since the line before, -tttt with the"
              + " date, -ttttt since the first line.")
  private boolean[] time = {};

  @Option(
      names = "--time-stamp-precision",
      paramLabel = "UNIT",
      converter = PrecisionConverter.class,
      description = "micro or nano, for lines and for pcap files. Default: micro.")
  private Precision precision = Precision.MICRO;

  // Methods are given to picocli in no certain order, hence "order".
  @Option(names = "--micro", order = 1, description = "The same as --time-stamp-precision micro.")
  void micro(boolean isWanted) {
    precision = Precision.MICRO;
  }

  @Option(names = "--nano", order = 2, description = "The same as --time-stamp-precision nano.")
  void nano(boolean isWanted) {
    precision = Precision.NANO;
  }

  @Option(
      names = "-x",
      description = "Add the packet in hexadecimal; -xx with the link-level header.")
  private boolean[] hex = {};

  @Option(
      names = "-X",
      description = "Add it in hexadecimal and ASCII; -XX with the link-level header.")
  private boolean[] hexAndText = {};

  @Option(names = "-A", description = "Add it in ASCII; -AA with the link-level header.")
  private boolean[] text = {};

  @Option(names = "--json", description = "An object a line for each packet (NDJSON).")
  boolean isJson;

  @Option(names = "--print", description = "With -w: also show the packets.")
  boolean isShownToo;

  @Option(
      names = "--count",
      description = "Print no packets; of a file, print how many packets it has that match.")
  boolean isCount;

  @Option(names = "--rate", description = "Print no packets, but every second how many there were.")
  boolean isRate;

  @Option(
      names = {"-n", "-N", "-f"},
      order = 3,
      description = "No effect: addresses are never looked up. For those who type it from habit.")
  void numeric(boolean[] times) {}

  @Option(
      names = {"-a", "-u"},
      order = 4,
      description =
          "No effect: -a has none in tcpdump either, and -u is about NFS, which is not printed.")
  void unprinted(boolean[] times) {}

  @Option(names = "-l", order = 5, description = "No effect: lines go out as packets come.")
  void lineBuffered(boolean isWanted) {}

  boolean isNanos() {
    return precision == Precision.NANO;
  }

  /// How packets are shown on standard output.
  Form form() throws BadArgument {
    return isJson ? new Form.Objects(hasDump()) : new Form.Lines(options(), isNumbered);
  }

  int verbosity() {
    return verbosity.length;
  }

  /// Whether the packet's bytes are shown too.
  private boolean hasDump() {
    return dump() != DumpForm.NONE;
  }

  PrintOptions options() throws BadArgument {
    if (time.length > TimeForm.values().length - 1) {
      throw new BadArgument("-t may be given up to five times, not " + time.length);
    }
    return PrintOptions.DEFAULTS
        .withTime(TimeForm.ofCount(time.length))
        .withNanos(isNanos())
        .withLinkHeader(hasLinkHeader)
        .withQuiet(isQuiet)
        .withVerbosity(verbosity.length)
        .withDump(dump())
        .withAbsoluteSequences(hasAbsoluteSequences)
        .withTrust(isTrusting)
        .withDottedSystems(hasDottedSystems)
        .withCarried(type == null ? null : PacketType.protocol(type))
        .withSecret(secret);
  }

  /// As tcpdump has it: -X before -x, and that before -A.
  private DumpForm dump() {
    if (hexAndText.length > 0) {
      return hexAndText.length > 1 ? DumpForm.HEX_AND_TEXT_WITH_LINK_HEADER : DumpForm.HEX_AND_TEXT;
    }
    if (hex.length > 0) {
      return hex.length > 1 ? DumpForm.HEX_WITH_LINK_HEADER : DumpForm.HEX;
    }
    if (text.length > 0) {
      return text.length > 1 ? DumpForm.TEXT_WITH_LINK_HEADER : DumpForm.TEXT;
    }
    return DumpForm.NONE;
  }
}
