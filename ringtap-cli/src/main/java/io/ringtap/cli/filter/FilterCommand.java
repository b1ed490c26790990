package io.ringtap.cli.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.terminal.Output;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.print.PrintOptions;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      paramLabel = "FILE",
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
          "What packets begin with: EN10MB, RAW, LINUX_SLL, LINUX_SLL2, NULL, LOOP, IPV4, IPV6, or"
              + " a number. Default: EN10MB.")
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
  public Integer call() throws IOException {
    refuseWhatDoesNotGoTogether();
    String text = text();
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      int code = run(text, out);
      out.drain(Long.MAX_VALUE);
      return code;
    } catch (FilterException e) {
      throw refused(expression.told(text, e));
    }
  }

  private void refuseWhatDoesNotGoTogether() {
    if (expression.areMissing()) {
      throw refused(
          "no expression: write one, such as 'tcp port 80', or name its file with -F"
              + " (try 'ringtap filter --help')");
    }
    if (expression.areTwo()) {
      throw refused("-F and an expression exclude each other");
    }
    String[] forms =
        Stream.of(
                dump.length > 0 ? "-d" : "",
                isGraph ? "--graph" : "",
                isExplanation ? "--explain" : "",
                test != null ? "--test" : "")
            .filter(form -> !form.isEmpty())
            .toArray(String[]::new);
    if (forms.length > 1) {
      throw refused(forms[0] + " and " + forms[1] + " exclude each other");
    }
    if (isJson && test == null) {
      throw refused("--json goes with --test; -ddd prints a program for other programs");
    }
    if (test != null && linkType != null) {
      throw refused("--link-type and --test exclude each other: the file says its link types");
    }
    if (test != null && isLive) {
      throw refused(
          "--live and --test exclude each other: a file has its VLAN tags in the packets");
    }
    if (snaplen < 0) {
      throw refused("--snaplen must be 0 or more, not " + snaplen);
    }
  }

  private String text() {
    try {
      return expression.text();
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private int run(String text, Output out) throws IOException {
    FilterCompiler.check(text); // before a file is opened, which may be a pipe that waits
    String file = test;
    if (file != null) {
      return test(text, file, out);
    }
    if (isExplanation) {
      out.text(explanation(text));
      out.drain(Long.MAX_VALUE);
      // What the words mean is told also where no packet of this link type can match.
      var _ = FilterCompiler.compile(text, options());
    } else if (isGraph) {
      out.text(new StringBuilder(FilterCompiler.graph(text, options())));
    } else {
      BpfProgram program = FilterCompiler.compile(text, options());
      out.line(new StringBuilder(form(program)));
      if (isLive && program.loops()) {
        out.drain(Long.MAX_VALUE);
        tell("protochain makes this program loop, so the kernel does not take it");
      }
    }
    return ExitCode.OK;
  }

  private StringBuilder explanation(String text) {
    StringBuilder told = new StringBuilder(FilterCompiler.explain(text));
    if (isAnyVlan) {
      told.append("All this also behind one or two VLAN tags, for so --vlan-any has it.\n");
    }
    return told;
  }

  private String form(BpfProgram program) {
    return switch (dump.length) {
      case 0, 1 -> program.toString();
      case 2 -> program.toCInitializers();
      default -> program.toDecimal();
    };
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

  private int test(String text, String file, Output out) throws IOException {
    TrialView view = isJson ? new TrialObjects(out) : new TrialLines(out, PrintOptions.DEFAULTS);
    FilterTrial run = new FilterTrial(text, options(), this::tell);
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK)) {
      int code = test(run, file, view, out, interruption);
      boolean _ = out.drain(interruption.hasCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }

  private int test(
      FilterTrial run, String file, TrialView view, Output out, Interruption interruption)
      throws IOException {
    int code = ExitCode.OK;
    boolean isStandardInput = file.equals(StandardInput.DASH);
    try (StandardInput standardInput = isStandardInput ? standardInput() : null) {
      interruption.onSignal(() -> {
        run.stop();
        if (standardInput != null) {
          standardInput.end(); // the next packet may not come for long
        }
      });
      try (SavefileReader reader = open(file, standardInput)) {
        run.run(reader, view, isStandardInput);
      }
    } catch (MalformedSavefile e) {
      view.flush();
      if (!run.isStopped()) { // otherwise a signal has cut it off
        out.drain(Long.MAX_VALUE);
        tell(String.valueOf(e.getMessage()));
        code = ExitCode.BAD_ARGUMENTS;
      }
    } catch (FilterTrial.Unfit e) {
      view.flush();
      out.drain(Long.MAX_VALUE);
      throw refused(String.valueOf(e.getMessage()));
    }
    view.summary(run.counts());
    return code;
  }

  private StandardInput standardInput() {
    try {
      return new StandardInput();
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private SavefileReader open(String file, @Nullable StandardInput standardInput) {
    try {
      return standardInput == null
          ? SavefileReader.open(Path.of(file))
          : SavefileReader.of(standardInput, StandardInput.NAME);
    } catch (InvalidPathException e) {
      throw refused("--test '" + file + "' is no name of a file");
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(spec.qualifiedName() + ": " + message);
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
