package io.ringtap.cli.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.argument.WordConverter;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.ExpressionArguments;
import io.ringtap.cli.source.LinkTypeConverter;
import io.ringtap.cli.source.Notices;
import io.ringtap.cli.source.Programs;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.filter.EbpfSocketFilter;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterGraph;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import io.ringtap.print.PrintOptions;
import io.ringtap.savefile.MalformedSavefile;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `ringtap filter`: the options, and what they come to.
@Command(
    name = "filter",
    description = {
      "Compiles a filter expression of tcpdump's language and prints its BPF program; or draws it,"
          + " explains it in words, or tries it on the packets of a file.",
      "",
      "It needs no privileges and touches no interface."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap filter tcp port 80                    the program, to read",
      "  ringtap filter -ddd tcp port 80 > web.bpf     as ringtap capture --bpf-program takes it",
      "  ringtap filter --target xdp tcp port 80       as a program for XDP, to read",
      "  ringtap filter --explain 'host a and b or c'  what is meant, in words",
      "  ringtap filter --graph tcp port 80 | dot -Tsvg > web.svg",
      "  ringtap filter --test x.pcap tcp port 80      which packets of a file match"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "3:bad arguments, a bad expression, or a bad file",
      "4:a system call failed"
    })
public final class FilterCommand implements Callable<Integer> {
  /// `--netmask`: an IPv4 netmask, such as `255.255.255.0` or `/24`, as a number in host order.
  static final class NetmaskConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      for (int length = 0; length <= Integer.SIZE; length++) {
        int mask = length == 0 ? 0 : -1 << (Integer.SIZE - length);
        if (text.equals("/" + length) || text.equals(IpAddress.ofIpv4(mask).toString())) {
          return mask;
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is not a netmask, such as 255.255.255.0 or /24");
    }
  }

  /// What a program is for.
  enum Target {
    /// Classic BPF, for sockets and files.
    BPF,
    /// eBPF, for sockets.
    SOCKET,
    /// eBPF, for XDP.
    XDP
  }

  /// `--target`.
  static final class TargetConverter extends WordConverter<Target> {
    TargetConverter() {
      super(Target.class);
    }
  }

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  @Mixin private ExpressionArguments expression = new ExpressionArguments();

  @Option(
      names = "-d",
      description =
          "Print the program to read, as without any form; -dd as C, -ddd as decimal numbers.")
  private boolean[] dump = {};

  @Option(
      names = "--graph",
      description = "Print the program's decisions for Graphviz, in its language DOT.")
  private boolean isGraph;

  @Option(names = "--explain", description = "Explain in words which packets match.")
  private boolean isExplanation;

  @Option(
      names = "--test",
      paramLabel = "SAVEFILE",
      description =
          "Print for each packet of a pcap or pcapng file whether it matches, and how many"
              + " instructions that took; - is standard input.")
  private @Nullable String test;

  @Option(names = "--json", description = "With --test: an object a line (NDJSON).")
  private boolean isJson;

  @Option(
      names = {"-y", "--link-type"},
      paramLabel = "NAME",
      converter = LinkTypeConverter.class,
      description =
          "What packets begin with: EN10MB, RAW, LINUX_SLL, LINUX_SLL2, NULL, LOOP, IPV4, IPV6,"
              + " PPP, PPP_SERIAL, PPP_ETHER, C_HDLC, IEEE802_11, IEEE802_11_RADIO,"
              + " IEEE802_11_RADIO_AVS, PRISM_HEADER, PPI, NFLOG, or a number. Default: EN10MB.")
  private @Nullable LinkType linkType;

  @Option(
      names = {"-s", "--snaplen"},
      paramLabel = "BYTES",
      description = "How much of a packet the program keeps; 0 is all. Default: ${DEFAULT-VALUE}.")
  private int snaplen = Frame.MAX_SNAPLEN;

  @Option(
      names = "--live",
      description =
          "For packets on a socket: the kernel has taken the outer VLAN tag out, and reports the"
              + " direction and the interface.")
  private boolean isLive;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description =
          "What the program is for: bpf for sockets and files; socket for sockets as eBPF, as"
              + " filters with sets run there; xdp for XDP (eBPF), where frames that match pass and"
              + " all others are dropped. Default: bpf.")
  private Target target = Target.BPF;

  @Option(names = "--vlan-any", description = "Match packets with VLAN tags as those without.")
  private boolean isAnyVlan;

  @Option(
      names = {"-O", "--no-optimize"},
      description = "Do not make the program short: it follows the expression step by step.")
  private boolean isPlain;

  @Option(
      names = "--netmask",
      paramLabel = "MASK",
      converter = NetmaskConverter.class,
      description = "The network's, for 'ip broadcast': 255.255.255.0 or /24.")
  private @Nullable Integer netmask;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException, InterruptedException {
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      refuseWhatDoesNotGoTogether();
      String text = expression.text();
      if (text == null) {
        throw new BadArgument(
            "no expression: write one, such as 'tcp port 80', or name its file with -F"
                + " (try 'ringtap filter --help')");
      }
      int code = run(text, out, new Messages(spec));
      out.drain(Long.MAX_VALUE);
      return code;
    } catch (FilterException e) {
      throw new BadArgument(expression.problem(e));
    }
  }

  private void refuseWhatDoesNotGoTogether() throws BadArgument {
    String[] forms =
        Stream.of(
                dump.length > 0 ? "-d" : "",
                isGraph ? "--graph" : "",
                isExplanation ? "--explain" : "",
                test != null ? "--test" : "")
            .filter(form -> !form.isEmpty())
            .toArray(String[]::new);
    if (forms.length > 1) {
      throw new BadArgument(forms[0] + " and " + forms[1] + " exclude each other");
    }
    if (isJson && test == null) {
      throw new BadArgument("--json goes with --test; -ddd prints a program for other programs");
    }
    if (test != null && linkType != null) {
      throw new BadArgument(
          "--link-type and --test exclude each other: the file says its link types");
    }
    if (test != null && isLive) {
      throw new BadArgument(
          "--live and --test exclude each other: a file has its VLAN tags in the packets");
    }
    if (target != Target.BPF) {
      refuseForEbpf();
    }
    if (snaplen < 0) {
      throw new BadArgument("--snaplen must be 0 or more, not " + snaplen);
    }
  }

  private void refuseForEbpf() throws BadArgument {
    String option = "--target " + target.name().toLowerCase(Locale.ROOT);
    if (isGraph || isExplanation || test != null) {
      String form = isGraph ? "--graph" : isExplanation ? "--explain" : "--test";
      throw new BadArgument(
          form + " and " + option + " exclude each other: it is the same for all targets");
    }
    if (dump.length > 1) {
      throw new BadArgument(
          "-%s and %s exclude each other: its program is printed only to read"
              .formatted("d".repeat(dump.length), option));
    }
    if (isLive && target == Target.XDP) {
      throw new BadArgument(
          "--live and --target xdp exclude each other: XDP has its VLAN tags in the frames");
    }
  }

  private int run(String text, Output out, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    FilterCompiler.check(text); // before a file is opened, which may be a pipe that waits
    String file = test;
    if (file != null) {
      return test(text, file, out, messages);
    }
    print(text, out, messages);
    return ExitCode.OK;
  }

  private void print(String text, Output out, Messages messages) {
    if (isExplanation) {
      out.text(explanation(text));
      out.drain(Long.MAX_VALUE); // what the words mean is said even if they fit no link type
    }
    if (target != Target.BPF) {
      printEbpf(text, out, messages);
      return;
    }
    BpfProgram program;
    if (isGraph) {
      FilterGraph graph = FilterCompiler.graph(text, options());
      out.text(new StringBuilder(graph.dot()));
      program = graph.program();
    } else {
      program = FilterCompiler.compile(text, options());
      if (!isExplanation) {
        out.line(new StringBuilder(Programs.text(program, dump.length)));
      }
    }
    out.drain(Long.MAX_VALUE);
    if (program.matchesNothing()) {
      messages.print(Notices.MATCHES_NOTHING);
    } else if (program.looksUp()) {
      messages.print(
          "this program looks up sets that are not printed, so it runs only in ringtap, or in the"
              + " kernel as --target socket and xdp print it");
    } else if (isLive && program.loops()) {
      messages.print("protochain makes this program loop, so the kernel does not take it");
    } else if (isLive && program.isTooLong()) {
      messages.print(
          "the kernel does not take this program: it has %d instructions, and at most 4096 are allowed"
              .formatted(program.instructions().size()));
    }
  }

  private void printEbpf(String text, Output out, Messages messages) {
    BpfProgram classic;
    EbpfProgram program;
    if (target == Target.XDP) {
      XdpFilter filter = XdpFilter.compile(text, options());
      classic = filter.classic();
      program = filter.program(XdpAction.PASS, XdpAction.DROP);
    } else {
      classic =
          FilterCompiler.compile(
              text, options().withView(PacketView.SOCKET).withRowsLookedUp(true));
      program = EbpfSocketFilter.of(classic);
    }
    out.line(new StringBuilder(program.toListing()));
    out.drain(Long.MAX_VALUE);
    if (classic.matchesNothing()) {
      messages.print(Notices.MATCHES_NOTHING);
    }
    program
        .data()
        .forEach((name, words) ->
            messages.print(
                "the map %s has the sets: %d bytes, which are not printed"
                    .formatted(name, (long) words.remaining() * Integer.BYTES)));
  }

  private StringBuilder explanation(String text) {
    StringBuilder words = new StringBuilder(FilterCompiler.explain(text, isAnyVlan));
    if (isAnyVlan) {
      words.append("All this also after one or two VLAN tags, for so --vlan-any has it.\n");
    }
    return words;
  }

  private FilterOptions options() {
    FilterOptions options =
        FilterOptions.of(linkType == null ? LinkType.ETHERNET : linkType)
            .withSnaplen(snaplen == 0 ? Frame.MAX_SNAPLEN : snaplen)
            .withView(isLive ? PacketView.SOCKET : PacketView.SAVEFILE)
            .withAnyVlan(isAnyVlan)
            .withOptimize(!isPlain);
    return netmask == null ? options : options.withNetmask(netmask);
  }

  private int test(String text, String file, Output out, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    TrialView view =
        isJson ? new TrialView.Objects(out) : new TrialView.Lines(out, PrintOptions.DEFAULTS);
    FilterTrial trial = new FilterTrial(text, options(), messages);
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK)) {
      int code = ExitCode.OK;
      try (SavefileCapture source =
          CaptureOpening.open("--test", file, null, interruption::onSignal)) {
        interruption.onSignal(source::stop);
        if (interruption.hasCome()) {
          source.stop(); // the signal came while the head of a file was read
        }
        trial.run(source, view);
      } catch (MalformedSavefile e) {
        out.drain(Long.MAX_VALUE); // all whole packets first
        messages.print(String.valueOf(e.getMessage()));
        code = ExitCode.BAD_ARGUMENTS;
      } catch (BadArgument e) {
        if (!interruption.hasCome()) { // otherwise a signal has cut off the head of the file
          out.drain(Long.MAX_VALUE);
          throw e;
        }
      }
      view.summary(trial.counts());
      boolean _ = out.drain(interruption.hasCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }
}
