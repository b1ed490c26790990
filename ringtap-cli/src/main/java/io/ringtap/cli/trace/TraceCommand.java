package io.ringtap.cli.trace;

import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingRequest;
import io.ringtap.trace.TraceListener;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceProtocol;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "  ringtap trace example.com                  lines as traceroute prints them",
      "  ringtap trace --report -c 10 10.0.0.1 ::1  loss and times of each hop, as mtr's report",
      "  ringtap trace -P udp --paths 8 10.0.0.1    eight flows: routers with equal routes show",
      "  ringtap trace -n --json 10.0.0.1           an object a line for each hop"
    },
    exitCodeListHeading = "%nExit codes (the highest that applies):%n",
    exitCodeList = {
      "0:every host was reached",
      "1:some host was not reached",
      "2:a name was not found",
      "3:bad arguments",
      "4:not permitted, or a system call failed"
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
      super(1, 65_535);
    }
  }

  /// `--paths`: a number of flows.
  static final class PathsConverter extends Numbers.InRange {
    PathsConverter() {
      super(1, TraceOptions.MAX_PATHS);
    }
  }

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  @Parameters(arity = "1..*", paramLabel = "HOST", description = "A name or an address.")
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
      description = "Probes to each hop. Default: 3.")
  private int count = TraceOptions.DEFAULT.rounds();

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "From one probe of a hop to its next. Default: 1s.")
  private Duration interval = TraceOptions.DEFAULT.interval();

  @Option(
      names = {"-W", "--timeout"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long an answer may take. Default: 2s.")
  private Duration timeout = TraceOptions.DEFAULT.timeout();

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
  private double rate = TraceOptions.DEFAULT.rate();

  @Option(names = "-4", description = "IPv4 only.")
  private boolean isIpv4;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean isIpv6;

  @Option(
      names = {"-n", "--numeric"},
      description = "Do not look up the names of addresses.")
  private boolean isNumeric;

  @Option(names = "--report", description = "A line of loss and times for each hop.")
  private boolean isReport;

  @Option(names = "--json", description = "An object a line for each hop and host (NDJSON).")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private volatile int code;

  @Override
  public Integer call() throws BadArgument, InterruptedException {
    TraceOptions options = options();
    Messages messages = new Messages(spec);
    Map<IpAddress, String> targets = resolve(messages);
    if (targets.isEmpty()) {
      return code;
    }
    HostNames names = new HostNames(!isNumeric);
    try (Output out = CommandOutput.open(spec, () -> code);
        Interruption interruption = new Interruption(TimeUnit.SECONDS.toNanos(2), () -> code)) {
      run(options, targets, out, names, interruption);
      boolean _ = out.drain(Long.MAX_VALUE);
      interruption.done(code);
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
      return ExitCode.SYSTEM;
    }
    return code;
  }

  private void run(
      TraceOptions options,
      Map<IpAddress, String> targets,
      Output out,
      HostNames names,
      Interruption interruption)
      throws IOException {
    TextView text = isReport || isJson ? null : new TextView(out, options, names);
    TraceView view =
        text != null
            ? text
            : isJson ? new JsonView(out, options, names) : new ReportView(out, options, names);
    TraceListener listener =
        outcome -> {
          if (outcome instanceof TraceOutcome.Answer answer) {
            names.lookUp(answer.from());
          }
          if (text != null) {
            text.add(outcome);
          }
        };
    try (Tracer tracer = Tracer.open(options)) {
      interruption.onSignal(tracer::stop);
      for (TraceReport report : tracer.trace(List.copyOf(targets.keySet()), listener).join()) {
        view.onReport(targets.getOrDefault(report.target(), ""), report);
        if (!report.isReached()) {
          code = ExitCode.worse(code, ExitCode.UNREACHABLE);
        }
      }
    }
  }

  private TraceOptions options() throws BadArgument {
    if (isIpv4 && isIpv6) {
      throw new BadArgument("-4 and -6 exclude each other");
    }
    if (isReport && isJson) {
      throw new BadArgument("--report and --json exclude each other");
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
    return new TraceOptions(
        protocol, port, first, last, count, interval, timeout, paths, trafficClass, rate, 0);
  }

  /// The addresses of the hosts, each once, with the host as the user wrote it.
  private Map<IpAddress, String> resolve(Messages messages) {
    System.setProperty("java.net.preferIPv6Addresses", "system"); // the order of RFC 6724
    Map<IpAddress, String> targets = new LinkedHashMap<>();
    for (String host : hosts) {
      IpAddress address = address(host);
      if (address == null) {
        String family = isIpv4 ? " IPv4" : isIpv6 ? " IPv6" : "";
        messages.print(host + ": name not known, or without an" + family + " address");
        code = ExitCode.worse(code, ExitCode.NAME_NOT_FOUND);
      } else {
        targets.putIfAbsent(address, host);
      }
    }
    return targets;
  }

  private @Nullable IpAddress address(String host) {
    try {
      return PingRequest.toAll(host).stream()
          .map(PingRequest::target)
          .filter(address -> address.isIpv6() ? !isIpv4 : !isIpv6)
          .findFirst()
          .orElse(null);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
