package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.cli.argument.DurationConverter;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.fleet.StreamArguments;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.FilterArguments;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.source.LinkTypeConverter;
import io.ringtap.cli.source.SocketArguments;
import io.ringtap.cli.terminal.Output;
import io.ringtap.filter.FilterException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.packet.LinkType;
import io.ringtap.print.KnownProtocol;
import io.ringtap.print.PacketPrinter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap capture`: the options, and what they come to.
@Command(
    name = "capture",
    description = {
      "Shows the packets of network interfaces, a line each as tcpdump does, or writes them to a"
          + " file.",
      "",
      "Packets come from the kernel through rings of shared memory, with any number of threads."
          + " Lost packets are counted and reported."
    },
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap capture -i eth0 -c 10               ten packets, a line each",
      "  ringtap capture -i any -nnvX                from all interfaces, with their bytes",
      "  ringtap capture -i eth0 tcp port 80 and not host 10.0.0.1",
      "  ringtap capture --vlan-any 'icmp or arp'    in whatever VLAN they are",
      "  ringtap capture -i eth0 -w x.pcapng         into a file, until Ctrl-C",
      "  ringtap capture -w x.pcap -C 100 -W 10      the newest ten files of 100 million bytes",
      "  ringtap capture -r x.pcapng --json | jq .   a file's packets as objects",
      "  ringtap capture -i eth0 --rate --threads 4 --fanout cpu",
      "  ringtap capture -i eth0 --mode xdp udp      copies in the driver; --steal takes them",
      "  ringtap capture -i eth0 --to kafka --bootstrap kafka1:9092 --site fra1 icmp"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well, also when Ctrl-C or SIGTERM ended it",
      "3:bad arguments, or a bad file",
      "4:not permitted, a system call failed, or no interface is left"
    })
public final class CaptureCommand implements Callable<Integer> {
  @Option(names = "-c", paramLabel = "COUNT", description = "Stop after this many packets.")
  private @Nullable Long count;

  @Mixin private SocketArguments sockets = new SocketArguments();

  @Option(
      names = "--steal",
      description =
          "In --mode xdp: take the packets that the filter matches away from this host, instead of"
              + " copying them while they pass.")
  private boolean isStealing;

  @Option(
      names = "--busy-poll",
      description =
          "With --steal: poll the driver all the time, on a CPU for each thread, instead of waiting"
              + " to be woken.")
  private boolean isPolling;

  @Mixin private FilterArguments filtering = new FilterArguments();
  @Mixin private FileArguments files = new FileArguments();
  @Mixin private PrintArguments printing = new PrintArguments();
  @Mixin private StreamArguments stream = new StreamArguments();

  @SuppressWarnings("unused") // picocli uses it
  @Mixin
  private ForeignOptions foreign = new ForeignOptions();

  @Option(
      names = "--stats",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Print the counts this often, on standard error.")
  private @Nullable Duration stats;

  @Option(
      names = "--reload-sets",
      description =
          "Read the files of 'host in FILE' and 'net in FILE' again when they change, without a"
              + " gap.")
  private boolean reloadsSets;

  @Option(
      names = {"-y", "--linktype"},
      paramLabel = "NAME",
      converter = LinkTypeConverter.class,
      description =
          "What packets begin with, as -L prints it: for -d without an interface. Default: EN10MB.")
  private @Nullable LinkType linkType;

  @Option(
      names = {"-Z", "--relinquish-privileges"},
      paramLabel = "USER",
      description =
          "As root: go on as this user, with all its groups, once the interfaces or the file are"
              + " open.")
  private @Nullable String user;

  @Option(
      names = {"-D", "--list-interfaces"},
      description = "List the interfaces.")
  private boolean isListing;

  @Option(
      names = {"-L", "--list-data-link-types"},
      description = "Print the link types of the interface.")
  private boolean isListingLinkTypes;

  @Option(
      names = {"-J", "--list-time-stamp-types"},
      description = "Print who can stamp the packets of the interface.")
  private boolean isListingStampTypes;

  @Option(
      names = "--protocols",
      description = "List the protocols that are printed, and by which numbers they are found.")
  private boolean isListingProtocols;

  @Option(
      names = "-d",
      description =
          "Print the program that the expression comes to, and stop; -dd as C, -ddd in decimal.")
  private boolean[] dump = {};

  @SuppressWarnings("unused") // picocli uses it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean isHelp;

  @SuppressWarnings("unused") // picocli uses it
  @Option(names = "--version", versionHelp = true, description = "Print version and exit.")
  private boolean isVersion;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, InterruptedException, IOException {
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      int code = run(out);
      out.drain(Long.MAX_VALUE);
      return code;
    } catch (FilterException e) {
      throw filtering.refusal(e);
    }
  }

  private int run(Output out) throws BadArgument, InterruptedException, IOException {
    InterfaceList interfaces = new InterfaceList(sockets.namespacePath());
    if (isListing) {
      interfaces.list(out);
      return ExitCode.OK;
    }
    if (isListingLinkTypes) {
      interfaces.listLinkTypes(interfaceNames(interfaces), out);
      return ExitCode.OK;
    }
    if (isListingStampTypes) {
      interfaces.listStampTypes(interfaceNames(interfaces), out);
      return ExitCode.OK;
    }
    if (isListingProtocols) {
      for (KnownProtocol protocol : PacketPrinter.protocols()) {
        StringBuilder text = new StringBuilder(protocol.name());
        text.repeat(' ', Math.max(1, 18 - text.length()));
        out.line(text.append(String.join(", ", protocol.numbers())));
      }
      return ExitCode.OK;
    }
    if (dump.length > 0 && sockets.interfaces().isEmpty() && !files.isReading()) {
      dumpForLinkType(out);
      return ExitCode.OK;
    }
    CapturePlan plan = plan(interfaces);
    if (dump.length > 0) {
      new ProgramDump(dump.length).print(plan.input(), out);
      return ExitCode.OK;
    }
    Messages messages = new Messages(spec);
    return new CaptureRun(plan, recordings(plan.form(), messages), interfaces, out, messages).run();
  }

  private static Recording.@Nullable Opening recordings(Form form, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    return switch (form) {
      case Form.Savefile(FileArguments.Plan file, _) -> input -> input.record(file);
      case Form.Stream(StreamArguments arguments) -> KafkaRecording.connect(arguments, messages);
      case Form.Lines _, Form.Objects _, Form.Rate _, Form.Count _ -> null;
    };
  }

  /// `-d` without an interface and without a file: no interface is guessed, as tcpdump has it.
  private void dumpForLinkType(Output out) throws BadArgument {
    if (linkType == null) {
      new Messages(spec).print("no -i, so this is for " + LinkType.ETHERNET);
    }
    new ProgramDump(dump.length)
        .print(filtering.filter(), linkType == null ? LinkType.ETHERNET : linkType, out);
  }

  private CapturePlan plan(InterfaceList interfaces) throws BadArgument, IOException {
    if (count != null && count <= 0) {
      throw new BadArgument("-c must be 1 or more, not " + count);
    }
    if (stats != null && !stats.isPositive()) {
      throw new BadArgument("--stats must be more than 0");
    }
    Form form = form();
    CaptureFilter filter = filtering.filter();
    Input input = input(form, filter, interfaces);
    boolean isLive = input instanceof Input.Live;
    return new CapturePlan(
        input,
        form,
        count == null ? CapturePlan.UNLIMITED : count,
        stats,
        printing.isJson,
        printing.isCount && !isLive,
        isLive && form instanceof Form.Savefile && printing.verbosity() > 0,
        user);
  }

  private Form form() throws BadArgument {
    FileArguments.Plan plan = files.plan(printing.isNanos());
    Form shown = printing.form();
    if (stream.isAsked()) {
      refuseBesideKafka("-w", plan != null);
      refuseBesideKafka(files.readingOption(), files.isReading());
      refuseBesideKafka("--rate", printing.isRate);
      refuseBesideKafka("--count", printing.isCount);
      refuseBesideKafka("--print", printing.isShownToo);
      return new Form.Stream(stream);
    }
    if (printing.isRate) {
      if (plan != null) {
        throw new BadArgument("--rate and -w exclude each other; there is --stats 1s");
      }
      if (printing.isJson) {
        throw new BadArgument("--rate and --json exclude each other; there is --stats 1s --json");
      }
      return new Form.Rate();
    }
    if (plan == null) {
      return printing.isCount ? new Form.Count() : shown;
    }
    if (plan.isStandardOutput()) {
      refuseOnStandardOutput("--json", printing.isJson);
      refuseOnStandardOutput("--print", printing.isShownToo);
      refuseOnStandardOutput("--count", printing.isCount);
      if (Libc.isatty(CallState.current(), 1) == 1) {
        throw new BadArgument("-w - would write a file to the terminal: redirect standard output");
      }
    }
    return new Form.Savefile(plan, printing.isShownToo ? shown : null);
  }

  private static void refuseBesideKafka(String option, boolean isGiven) throws BadArgument {
    if (isGiven) {
      throw new BadArgument(
          "--to kafka and " + option + " exclude each other: packets of interfaces go to a topic");
    }
  }

  private static void refuseOnStandardOutput(String option, boolean isGiven) throws BadArgument {
    if (isGiven) {
      throw new BadArgument("-w - and " + option + " would both write to standard output");
    }
  }

  private Input input(Form form, @Nullable CaptureFilter filter, InterfaceList interfaces)
      throws BadArgument, IOException {
    if (!files.isReading()) {
      List<String> names = interfaceNames(interfaces);
      if (linkType != null) {
        interfaces.requireLinkType(linkType, names);
      }
      return new Input.Live(
          sockets.options(names, filter).withStealing(isStealing(filter)).withPolling(isPolling),
          reloadsSets);
    }
    String reading = files.readingOption();
    if (!sockets.interfaces().isEmpty()) {
      throw new BadArgument(
          reading + " and -i exclude each other: packets come from a file or from there");
    }
    if (stats != null || form instanceof Form.Rate) {
      throw new BadArgument(
          (stats != null ? "--stats" : "--rate")
              + " measures how fast packets come: not with "
              + reading);
    }
    if (reloadsSets) {
      throw new BadArgument("--reload-sets is about a running capture: not with " + reading);
    }
    for (String option : SocketArguments.ABOUT_SOCKETS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new BadArgument(option + " is about interfaces: not with " + reading);
      }
    }
    return new Input.Saved(reading, files.sources(), filter, sockets.traffic(), sockets.snaplen());
  }

  private boolean isStealing(@Nullable CaptureFilter filter) throws BadArgument {
    if (isPolling && !isStealing) {
      throw new BadArgument("--busy-poll is about --steal, which is not given");
    }
    if (isStealing && !sockets.isXdp()) {
      throw new BadArgument("--steal is about --mode xdp, which is not given");
    }
    if (isStealing && filter == null) {
      throw new BadArgument(
          "--steal takes packets from this host: say which by a filter, or 'greater 0' for all");
    }
    return isStealing;
  }

  /// The interfaces that were asked for; without any, the first that is up, as tcpdump has it.
  private List<String> interfaceNames(InterfaceList interfaces) throws BadArgument, IOException {
    if (!sockets.interfaces().isEmpty()) {
      return interfaces.names(sockets.interfaces());
    }
    String first = interfaces.firstUp();
    new Messages(spec).print("no -i, so this captures on " + first);
    return List.of(first);
  }
}
