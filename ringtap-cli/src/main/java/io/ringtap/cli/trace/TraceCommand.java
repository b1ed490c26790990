package io.ringtap.cli.trace;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.fleet.FleetArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceProtocol;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap trace`: the options, and the run.
@Command(
    name = "trace",
    description = {
      "Shows the routers on the way to hosts, and where probes are lost: all hop limits of all"
          + " hosts at once.",
      "",
      "Probes of a path agree in all that routers choose among equal routes by, so that they take"
          + " one way (Paris traceroute)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nHosts:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap trace example.com                  on a terminal, a live table as mtr's",
      "  ringtap trace --lines example.com          lines as traceroute prints them",
      "  ringtap trace --report -c 10 10.0.0.1 ::1  loss and times of each hop, as mtr's report",
      "  ringtap trace -P udp --paths 8 10.0.0.1    eight flows: routers with equal routes show",
      "  ringtap trace -n --json 10.0.0.1           an object a line for each hop",
      "  ringtap trace --fleet --bootstrap kafka1:9092 10.0.0.1",
      "                                             from every site of a fleet, side by side"
    },
    exitCodeListHeading = "%nExit codes (the highest that applies):%n",
    exitCodeList = {
      "0:every host was reached",
      "1:some host was not reached; with --fleet: from some site",
      "2:a name was not found",
      "3:bad arguments",
      "4:not permitted, or a system call failed; with --fleet: no broker or agent answered"
    })
public final class TraceCommand implements Callable<Integer> {
  /// `-P`.
  static final class ProtocolConverter extends WordConverter<TraceProtocol> {
    ProtocolConverter() {
      super(TraceProtocol.class, TraceProtocol::word);
    }
  }

  /// `-p`: a destination port.
  static final class PortConverter extends Numbers.InRange {
    PortConverter() {
      super(1, 65_535);
    }
  }

  /// `-c`: a number of rounds.
  static final class CountConverter extends Numbers.InRange {
    CountConverter() {
      super(0, Integer.MAX_VALUE);
    }
  }

  /// `--paths`: a number of flows.
  static final class PathsConverter extends Numbers.InRange {
    PathsConverter() {
      super(1, TraceOptions.MAX_PATHS);
    }
  }

  private static final int MOST_TARGETS = 4096;

  /// A prefix, or a range of addresses; names have `-` too.
  private static final Pattern SET = Pattern.compile(".*/.*|[0-9.]+-.*|[^-]*:[^-]*-.*");

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  @Parameters(
      arity = "1..*",
      paramLabel = "HOST",
      description = "A name, an address, a prefix (10.0.0.0/28) or a range (10.0.0.1-10.0.0.9).")
  private List<String> hosts = List.of();

  @Option(
      names = {"-P", "--protocol"},
      paramLabel = "KIND",
      converter = ProtocolConverter.class,
      description = "icmp, udp or tcp probes. Default: icmp.")
  private TraceProtocol protocol = TraceProtocol.ICMP;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Destination port. Default: 33434 for udp, 80 for tcp.")
  private int port;

  @Option(
      names = {"-f", "--first"},
      paramLabel = "HOP",
      converter = Numbers.HopLimit.class,
      description = "The first hop limit. Default: 1.")
  private int first = 1;

  @Option(
      names = {"-m", "--max-hops"},
      paramLabel = "HOP",
      converter = Numbers.HopLimit.class,
      description = "The last hop limit. Default: 30.")
  private int last = TraceOptions.DEFAULT.lastHop();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description =
          "Probes to each hop; 0 goes on until it is ended. Default: 3; 0 for the live table.")
  private @Nullable Integer count;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "From one probe of a hop to its next. Default: 1s.")
  private Duration interval = TraceOptions.DEFAULT.pacing().interval();

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long an answer may take. Default: 2s.")
  private Duration timeout = TraceOptions.DEFAULT.pacing().timeout();

  @Option(
      names = "--paths",
      paramLabel = "COUNT",
      converter = PathsConverter.class,
      description =
          "Flows to each host, 1 to 64, that routers with equal routes may lead differently."
              + " Default: 1.")
  private int paths = 1;

  @Option(
      names = {"-Q", "--tos"},
      paramLabel = "TOS",
      converter = Numbers.TrafficClass.class,
      description = "TOS or traffic class, 0 to 255 or 0x00 to 0xff.")
  private int trafficClass;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = Numbers.Rate.class,
      description =
          "Send at most this many probes a second over all hosts; 0 is no limit. Default: 5k.")
  private double rate = TraceOptions.DEFAULT.pacing().rate();

  @Option(names = "-4", description = "IPv4 only.")
  private boolean isIpv4;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean isIpv6;

  @Option(
      names = {"-n", "--numeric"},
      description = "Do not look up the names of addresses.")
  private boolean isNumeric;

  @Option(
      names = "--lines",
      description = "Lines as traceroute prints them; the default unless on a terminal.")
  private boolean isLines;

  @Option(names = "--report", description = "A line of loss and times for each hop.")
  private boolean isReport;

  @Option(names = "--json", description = "An object a line for each hop and host (NDJSON).")
  private boolean isJson;

  @Option(
      names = "--csv",
      description = "A line for each hop of each host, after one with the columns' names.")
  private boolean isCsv;

  @Mixin private FleetArguments fleet = new FleetArguments();

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private int code;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    boolean isFleet = fleet.isAsked();
    TraceRun.Form form = isFleet ? formOfFleet() : form();
    TraceOptions options = options(form);
    Messages messages = new Messages(spec);
    Map<IpAddress, String> targets = resolve(messages);
    if (targets.isEmpty()) {
      return code;
    }
    HostNames names = new HostNames(!isNumeric);
    try (Output out = CommandOutput.open(spec, () -> code)) {
      if (isFleet) {
        FleetTrace trace = new FleetTrace(options, targets, names, out, messages);
        return ExitCode.worse(code, trace.run(fleet, form == TraceRun.Form.JSON));
      }
      return ExitCode.worse(code, new TraceRun(options, targets, names, out, messages).run(form));
    }
  }

  private TraceRun.Form formOfFleet() throws BadArgument {
    if (isReport || isCsv) {
      throw new BadArgument("--fleet prints a table of all sites, or objects with --json");
    }
    return isJson ? TraceRun.Form.JSON : TraceRun.Form.LINES;
  }

  private TraceRun.Form form() throws BadArgument {
    List<TraceRun.Form> wanted = new ArrayList<>();
    if (isLines) {
      wanted.add(TraceRun.Form.LINES);
    }
    if (isReport) {
      wanted.add(TraceRun.Form.REPORT);
    }
    if (isJson) {
      wanted.add(TraceRun.Form.JSON);
    }
    if (isCsv) {
      wanted.add(TraceRun.Form.CSV);
    }
    if (wanted.size() > 1) {
      throw new BadArgument("only one of --lines, --report, --json and --csv can be given");
    }
    TraceRun.Form usual = Terminal.isInteractive() ? TraceRun.Form.LIVE : TraceRun.Form.LINES;
    return wanted.isEmpty() ? usual : wanted.getFirst();
  }

  private TraceOptions options(TraceRun.Form form) throws BadArgument {
    if (isIpv4 && isIpv6) {
      throw new BadArgument("-4 and -6 exclude each other");
    }
    if (first > last) {
      throw new BadArgument("-f " + first + " is beyond -m " + last);
    }
    if (port != 0 && protocol == TraceProtocol.ICMP) {
      throw new BadArgument("-p is for udp and tcp: name one with -P");
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new BadArgument("-W must be more than 0 and at most 1m");
    }
    Integer wanted = count;
    if (wanted != null && wanted == TraceOptions.UNLIMITED && form == TraceRun.Form.LINES) {
      throw new BadArgument("-c 0 is without end: not with lines of each probe, but with --report");
    }
    boolean isEndless = wanted == null && form == TraceRun.Form.LIVE;
    int rounds = isEndless ? TraceOptions.UNLIMITED : TraceOptions.DEFAULT.pacing().rounds();
    return TraceOptions.DEFAULT
        .withProtocol(protocol)
        .withPort(port)
        .withTrafficClass(trafficClass)
        .withHops(first, last)
        .withPaths(paths)
        .withRounds(wanted == null ? rounds : wanted)
        .withInterval(interval)
        .withTimeout(timeout)
        .withRate(rate);
  }

  /// The addresses of the hosts, each once, with what the user wrote for it.
  private Map<IpAddress, String> resolve(Messages messages) throws BadArgument {
    System.setProperty("java.net.preferIPv6Addresses", "system"); // the order of RFC 6724
    Map<IpAddress, String> targets = new LinkedHashMap<>();
    for (String host : hosts) {
      if (SET.matcher(host).matches()) {
        addAll(targets, host);
      } else if (!addFirst(targets, host)) {
        String family = isIpv4 ? " IPv4" : isIpv6 ? " IPv6" : "";
        messages.print(host + ": name not known, or without an" + family + " address");
        code = ExitCode.worse(code, ExitCode.NAME_NOT_FOUND);
      }
    }
    return targets;
  }

  /// @return whether the host has an address of a family that is wanted
  private boolean addFirst(Map<IpAddress, String> targets, String host) {
    try {
      for (PingRequest request : PingRequest.toAll(host)) {
        if (isWanted(request.target())) {
          targets.putIfAbsent(request.target(), host);
          return true;
        }
      }
      return false;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void addAll(Map<IpAddress, String> targets, String set) throws BadArgument {
    try {
      Iterator<PingRequest> requests = PingRequest.each(set, PingOptions.DEFAULT);
      while (requests.hasNext()) {
        IpAddress address = requests.next().target();
        if (isWanted(address)) {
          targets.putIfAbsent(address, address.toString());
        }
        if (targets.size() > MOST_TARGETS) {
          throw new BadArgument(set + ": more than " + MOST_TARGETS + " hosts");
        }
      }
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private boolean isWanted(IpAddress address) {
    return address.isIpv6() ? !isIpv4 : !isIpv6;
  }
}
