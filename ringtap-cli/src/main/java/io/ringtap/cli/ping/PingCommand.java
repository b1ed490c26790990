package io.ringtap.cli.ping;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.ping.TargetParser.BadTarget;
import io.ringtap.cli.ping.view.ClassicView;
import io.ringtap.cli.ping.view.CsvView;
import io.ringtap.cli.ping.view.JsonView;
import io.ringtap.cli.ping.view.LinesView;
import io.ringtap.cli.ping.view.LiveTableView;
import io.ringtap.cli.ping.view.PingView;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.cli.terminal.Times;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PathMtu;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.ReplySource;
import io.ringtap.ping.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap ping`: the options, and what they come to.
@Command(
    name = "ping",
    description = {
      "Sends ICMP echo requests to any number of targets at once and reports what becomes of each.",
      "",
      "Round-trip times come from the kernel's own packet stamps at both ends where raw sockets are"
          + " permitted, so that neither scheduling nor garbage collection is in them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nTargets:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nOne target and many:%n",
    footer = {
      "  One target is printed as ping prints it; several have a summary line each, and a live"
          + " table",
      "  while they run on a terminal. Without -c, targets that are named one by one are pinged",
      "  until Ctrl-C, and those of prefixes, ranges, files and standard input once (as fping",
      "  -g does; -c 0 is without end for them too). First probes are spread over an interval.",
      "",
      "Examples:",
      "  ringtap ping 127.0.0.1                        until Ctrl-C, then a summary",
      "  ringtap ping -c 5 -i 200ms 10.0.0.1 ::1       five probes to each, 0.2 s apart",
      "  ringtap ping --rate 100k 10.0.0.0/16          one probe to each of 65536 addresses",
      "  ringtap ping -c 10 -f hosts.txt --csv         summaries of the targets in a file",
      "  ringtap ping --json example.com | jq .rtt_ns  an object a line for each probe"
    },
    exitCodeListHeading = "%nExit codes (the highest that applies):%n",
    exitCodeList = {
      "0:every target answered",
      "1:some target did not answer",
      "2:a name was not found",
      "3:bad arguments, or a bad line in a file of targets",
      "4:not permitted, or a system call failed"
    })
public final class PingCommand implements Callable<Integer> {
  /// `-c`: a number of probes.
  static final class CountConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Numbers.whole(text, 0, Long.MAX_VALUE);
    }
  }

  /// `-s`: bytes after the ICMP header.
  static final class PayloadConverter extends Numbers.InRange {
    PayloadConverter() {
      super(0, PingOptions.MAX_PAYLOAD_BYTES);
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

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1); // as PingOptions has it
  // A host that does not resolve is found out after three seconds, by this machine or by a router
  // (retrans_time_ms times ucast_solicit and mcast_solicit, arp(7)): who pings it wants to see
  // that.
  private static final Duration NAMED_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(1);
  private static final double DEFAULT_RATE = 10_000;
  private static final double UNLIMITED_RATE = 250_000; // more than one thread can send
  private static final int LEAST_IN_FLIGHT = 1 << 16;
  private static final int MOST_IN_FLIGHT = 1 << 21;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = {
        "A name; an IPv4 or IPv6 address, with %%scope where it needs one; a prefix (10.0.0.0/24:"
            + " all of its addresses, the first and the last too); a range (10.0.0.1-10.0.0.9,"
            + " ::1-::9); or - for standard input."
      })
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Take targets from a file too (- is standard input): any number a line, # begins a"
              + " comment.")
  private List<String> files = List.of();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Send this many probes to each target; 0 is without end.")
  private @Nullable Long count;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "From one probe of a target to its next: 200ms, 1s, 500us, or seconds. Default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long a reply may take; later ones are reported as late. Default: 4s for targets that"
              + " are named one by one, 1s for those of prefixes, ranges, files and standard"
              + " input.")
  private @Nullable Duration timeout;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "BYTES",
      converter = PayloadConverter.class,
      description = "Payload after the ICMP header, 0 to 65507. Default: 18.")
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
      paramLabel = "NAME|ADDRESS",
      description = "Send through an interface, or from a source address.")
  private @Nullable String interfaceOrSource;

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
      names = {"-m", "--all-addresses"},
      description = "Ping every address of a name, not only the first.")
  private boolean isEveryAddress;

  @Option(
      names = {"-n", "--numeric"},
      description = "No effect: addresses are never looked up. For those who type it from habit.")
  void numeric(boolean isWanted) {}

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = Numbers.Rate.class,
      description =
          "Send at most this many probes a second over all targets: 500, 10k, 1M; 0 is no limit."
              + " Default: 10k.")
  private double rate = DEFAULT_RATE;

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

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the summaries.")
  private boolean isQuiet;

  @Option(
      names = {"-D", "--timestamps"},
      description = "Begin lines with the time, in seconds since the epoch.")
  private boolean isStamped;

  @Option(names = "--json", description = "An object a line for each outcome and summary (NDJSON).")
  private boolean isJson;

  @Option(
      names = "--csv",
      description = "A line for each summary, after one with the columns' names.")
  private boolean isCsv;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private @Nullable PingRun run;

  @Override
  public Integer call() throws BadArgument, InterruptedException {
    PingPlan plan = plan();
    Messages messages = new Messages(spec);
    try (Output out = CommandOutput.open(spec, this::codeSoFar)) {
      PingRun started = new PingRun(plan, view(plan, out, messages), out, messages);
      run = started;
      return started.run();
    }
  }

  private PingPlan plan() throws BadArgument {
    if (isJson && isCsv) {
      throw new BadArgument("--json and --csv exclude each other");
    }
    if (replies == ReplySource.TAP && transport == Transport.DATAGRAM) {
      throw new BadArgument("--replies tap needs raw sockets: not with --transport datagram");
    }
    Family family = family();
    int interfaceIndex = 0;
    IpAddress source = null;
    if (interfaceOrSource != null) {
      interfaceIndex = TargetParser.interfaceIndex(interfaceOrSource);
      if (interfaceIndex == 0) {
        source = source(interfaceOrSource);
        family = familyOf(source, family);
      }
    }
    if (timeout != null && (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0)) {
      throw new BadArgument("-W must be more than 0 and at most 1h");
    }
    TargetParser parser = new TargetParser(family, interfaceIndex);
    List<String> allFiles = new ArrayList<>(files);
    List<TargetSpec> specs = new ArrayList<>();
    boolean isSweep = false;
    for (String target : targets) {
      if (target.equals(StandardInput.DASH)) {
        allFiles.add(target);
        continue;
      }
      try {
        TargetSpec parsed = parser.parse(target);
        specs.add(parsed);
        isSweep |= parsed.size() > 1;
      } catch (BadTarget e) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
    }
    if (specs.isEmpty() && allFiles.isEmpty()) {
      throw new BadArgument(
          "no target: name a host, an address, a prefix, a range or a file (try 'ringtap ping"
              + " --help')");
    }
    for (String file : allFiles) {
      requireReadable(file);
    }
    isSweep |= !allFiles.isEmpty();
    long probes = count != null ? count : isSweep ? 1 : PingOptions.UNLIMITED;
    Duration patience = timeout != null ? timeout : isSweep ? SWEEP_TIMEOUT : NAMED_TIMEOUT;
    PingOptions options =
        PingOptions.DEFAULT
            .withCount(probes)
            .withInterval(interval)
            .withTimeout(patience)
            .withPayloadBytes(payloadBytes)
            .withHopLimit(hopLimit)
            .withTrafficClass(trafficClass)
            .withSource(source)
            .withInterfaceIndex(interfaceIndex)
            .withMark(mark)
            .withPathMtu(pathMtu)
            .withBroadcast(isBroadcast)
            .withRouting(!isUnrouted)
            .withMulticastLoop(!isUnlooped);
    PingerOptions pingerOptions =
        PingerOptions.DEFAULT
            .withTransport(transport)
            .withReplies(replies)
            .withMaxInFlight(maxInFlight(patience))
            .withRate(rate)
            .withExecutor(Runnable::run); // what the command does then is brief
    return new PingPlan(specs, allFiles, parser, family, isEveryAddress, options, pingerOptions);
  }

  private static void requireReadable(String file) throws BadArgument {
    if (file.equals(StandardInput.DASH)) {
      return;
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new BadArgument(file + ": no such file");
    }
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new BadArgument(file + (Files.isDirectory(path) ? ": a directory" : ": not readable"));
    }
  }

  private Family family() throws BadArgument {
    if (isIpv4 && isIpv6) {
      throw new BadArgument("-4 and -6 exclude each other");
    }
    return isIpv4 ? Family.IPV4 : isIpv6 ? Family.IPV6 : Family.ANY;
  }

  private static IpAddress source(String text) throws BadArgument {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("-I '" + text + "': not an interface, and not an address");
    }
  }

  /// A source address admits only targets of its own family.
  private static Family familyOf(IpAddress source, Family wanted) throws BadArgument {
    if (!wanted.admits(source)) {
      throw new BadArgument(
          "-I " + source + " is an " + Family.nameOf(source) + " address: not with -4 or -6");
    }
    return source.isIpv6() ? Family.IPV6 : Family.IPV4;
  }

  /// A power of two with room for what is in flight while a whole timeout passes.
  private int maxInFlight(Duration patience) {
    double wanted = (rate == 0 ? UNLIMITED_RATE : rate) * patience.toNanos() / 1e9;
    int slots = LEAST_IN_FLIGHT;
    while (slots < wanted && slots < MOST_IN_FLIGHT) {
      slots *= 2;
    }
    return slots;
  }

  private PingView view(PingPlan plan, Output out, Messages messages) {
    if (isJson) {
      return new JsonView(out, isQuiet);
    }
    if (isCsv) {
      return new CsvView(out);
    }
    if (plan.isSingle()) {
      return new ClassicView(out, isQuiet, isStamped, System::nanoTime);
    }
    LinesView lines = new LinesView(out, messages, isStamped, Times::epochNanos);
    boolean isLive = !isQuiet && plan.options().count() != 1 && Terminal.isInteractive();
    return isLive ? new LiveTableView(out, messages, lines) : lines;
  }

  private int codeSoFar() {
    PingRun started = run;
    return started == null ? ExitCode.OK : started.failure();
  }
}
