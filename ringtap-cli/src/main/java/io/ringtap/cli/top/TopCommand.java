package io.ringtap.cli.top;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.fleet.StreamArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.FilterArguments;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.source.SocketArguments;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.XdpFilter;
import io.ringtap.top.HeavyHitters;
import io.ringtap.top.KeyKind;
import io.ringtap.top.Order;
import io.ringtap.top.TopOptions;
import io.ringtap.top.XdpTop;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap top`: the options, and what they come to.
@Command(
    name = "top",
    description = {
      "Shows who sends what: the heaviest sources, destinations, ports or flows on an interface, by"
          + " packets or bits a second.",
      "",
      "It counts every packet, in memory that does not grow with the number of senders, and says"
          + " how far off a figure can be."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap top -i eth0                             the heaviest sources, until Ctrl-C",
      "  ringtap top -i eth0 --by flow --order bits      the heaviest flows by bits a second",
      "  ringtap top -i eth0 --by port -Q in -c 1 -n 5   one interval, five rows",
      "  ringtap top -i eth0 --by pair udp port 53       who asks whom for names",
      "  ringtap top -i any --json | jq .packets_per_second",
      "  ringtap top -i eth0 --mode xdp                  counted in the kernel, also a flood",
      "  ringtap top -i eth0 --to kafka --bootstrap kafka1:9092 --site fra1"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "3:bad arguments", "4:not permitted, or a system call failed"})
public final class TopCommand implements Callable<Integer> {
  /// `--by`.
  static final class KindConverter extends WordConverter<KeyKind> {
    KindConverter() {
      super(KeyKind.class, KeyKind::word);
    }
  }

  /// `--order`.
  static final class OrderConverter extends WordConverter<Order> {
    OrderConverter() {
      super(Order.class);
    }
  }

  private static final int SNAPLEN = 128; // headers are all that is looked at
  private static final int MAX_ROWS = 1000;

  // An idle thread hands over its count after a tenth of a second.
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofHours(1);

  @Mixin private SocketArguments sockets = new SocketArguments(SNAPLEN);

  @Mixin private FilterArguments filtering = new FilterArguments();

  @Option(
      names = "--by",
      paramLabel = "KEY",
      converter = KindConverter.class,
      description =
          "What distinguishes packets: source, destination, pair (both), flow (both, protocol"
              + " and ports), port (the lower one: the service's, as a rule), source-port,"
              + " destination-port, protocol, vlan. Default: source.")
  private KeyKind by = KeyKind.SOURCE;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      converter = OrderConverter.class,
      description = "What the heaviest are heaviest by: packets or bits. Default: packets.")
  private Order order = Order.PACKETS;

  @Option(
      names = {"-n", "--rows"},
      paramLabel = "ROWS",
      description = "Show this many of them, 1 to 1000. Default: 20.")
  private int rows = 20;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Start to count again after this long: 1s, 500ms, or seconds. Default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      description = "Stop after this many intervals; 0 is without end. Default: 0.")
  private int count;

  @Option(
      names = "--counters",
      paramLabel = "N",
      description =
          "A figure is too low by at most 1/N of all traffic. Default: "
              + TopOptions.DEFAULT_COUNTERS
              + ".")
  private int counters = TopOptions.DEFAULT_COUNTERS;

  @Option(
      names = "--json",
      description = "An object a line for each interval, each row, and the end (NDJSON).")
  private boolean isJson;

  @Mixin private StreamArguments stream = new StreamArguments();

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  private @Nullable TopRun run;

  @Override
  public Integer call() throws BadArgument, InterruptedException, IOException {
    Messages messages = new Messages(spec);
    TopRun.Plan plan;
    try {
      plan = plan();
    } catch (FilterException e) {
      throw filtering.refusal(e);
    }
    try (Output out = CommandOutput.open(spec, this::codeSoFar)) {
      TopRun started = new TopRun(plan, view(out, messages), out, messages);
      run = started;
      return started.run();
    } catch (FilterException e) {
      throw filtering.refusal(e);
    }
  }

  private TopRun.Plan plan() throws BadArgument, IOException {
    require("-n", rows, 1, MAX_ROWS);
    require("-c", count, 0, Integer.MAX_VALUE);
    if (stream.isAsked() && isJson) {
      throw new BadArgument("--json is for what is printed here, and --to kafka prints nothing");
    }
    int mostCounters = sockets.isXdp() ? XdpTop.MAX_COUNTERS : HeavyHitters.MAX_COUNTERS;
    require("--counters", counters, 1, mostCounters);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new BadArgument("--interval must be 200ms to 1h");
    }
    return new TopRun.Plan(sockets.isXdp() ? inKernel() : here(), interval, count);
  }

  private TopRun.Opening here() throws BadArgument, IOException {
    CaptureOptions capture = sockets.options(interfaces(), filtering.filter());
    TopOptions top = new TopOptions(by, order, counters, capture.threads(), rows);
    return () -> CaptureCounting.open(capture, top);
  }

  private TopRun.Opening inKernel() throws BadArgument, IOException {
    sockets.refuseBesideXdp(spec.commandLine().getParseResult());
    List<String> names = interfaces();
    XdpFilter filter = filtering.xdpFilter();
    TopOptions top = new TopOptions(by, order, counters, 1, rows);
    return () -> XdpCounting.open(top, filter, names, sockets.namespacePath());
  }

  /// The interfaces that were named; without any, the first that is up.
  private List<String> interfaces() throws BadArgument, IOException {
    InterfaceList present = new InterfaceList(sockets.namespacePath());
    if (!sockets.interfaces().isEmpty()) {
      return present.names(sockets.interfaces());
    }
    String first = present.firstUp();
    new Messages(spec).print("no -i, so this looks at " + first);
    return List.of(first);
  }

  private static void require(String option, int value, int least, int most) throws BadArgument {
    if (value < least || value > most) {
      throw new BadArgument(option + " must be " + least + " to " + most + ", not " + value);
    }
  }

  private TopView view(Output out, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    TopView lines = new TopView.Lines(out, messages, ZoneId.systemDefault());
    if (stream.isAsked()) {
      return KafkaView.open(stream, messages, lines);
    }
    if (isJson) {
      return new JsonView(out);
    }
    return Terminal.isInteractive() ? new TopView.Table(out, messages, lines) : lines;
  }

  private int codeSoFar() {
    TopRun started = run;
    return started == null ? ExitCode.OK : started.exitCode();
  }
}
