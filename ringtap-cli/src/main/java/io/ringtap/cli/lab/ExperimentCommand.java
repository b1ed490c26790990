package io.ringtap.cli.lab;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.cli.terminal.Times;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.LabPlan;
import io.ringtap.lab.experiment.Progress;
import io.ringtap.lab.peer.Leftovers;
import io.ringtap.lab.peer.PeerTemplate;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.ReportDirectory;
import io.ringtap.lab.report.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringtap lab EXPERIMENT`: the options, and from the run to the report.
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report is written, also if runs of some peer failed",
      "3:bad arguments",
      "4:not permitted, or a system call failed",
      "130:cancelled by Ctrl-C, SIGTERM or SIGHUP; there is no report"
    })
final class ExperimentCommand implements Callable<Integer> {
  /// The property in which the launcher passes its own path.
  static final String LAUNCHER = "ringtap.launcher";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int DEFAULT_RUNS = 3;
  private static final int MOST_RUNS = 100;
  private static final long MOST_PACKETS = 1_000_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT);

  private final Experiment experiment;
  private final ProfileOption profile = new ProfileOption();

  @Option(
      names = "--packets",
      paramLabel = "N",
      description =
          "How much there is of each load: packets, or for rtt probes to each host. Default: the"
              + " experiment's own number.")
  private long packets;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each peer runs in each setting. Default: 3.")
  private int runs = DEFAULT_RUNS;

  @Option(
      names = "--peer",
      paramLabel = "NAME=COMMAND",
      description =
          "A tool to measure beside the others, with the experiment's own values in place of"
              + " {target}, {count} and {interval_ms} (flood, rtt), {target} and {last} (fanout)"
              + " or {interface} (ladder). May be given several times.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The report's directory; a report that is there is replaced. Default: a new one in the"
              + " working directory, by experiment and time.")
  private @Nullable Path output;

  @Option(
      names = "--ringtap",
      paramLabel = "FILE",
      description = "The ringtap command to measure. Default: this one.")
  private @Nullable Path ringtap;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  /// The option of experiments that can find out where the time goes.
  private static final class ProfileOption {
    @Option(
        names = "--profile",
        description =
            "Find out where the time goes: run each peer twice more, sample all CPUs in one run and"
                + " count its system calls in the other. Without the right to, this is left out.")
    private boolean isAsked;
  }

  private ExperimentCommand(Experiment experiment) {
    this.experiment = experiment;
  }

  /// The command line of an experiment.
  static CommandLine of(Experiment experiment) {
    ExperimentCommand command = new ExperimentCommand(experiment);
    CommandLine line = new CommandLine(command);
    if (experiment.hasProfiles()) {
      line.addMixin("profile", command.profile);
    }
    return line;
  }

  @Override
  public Integer call() throws BadArgument, IOException {
    LabPlan plan = plan();
    Path directory = directory();
    Messages messages = new Messages(spec);
    int ended = endLeftovers();
    if (ended > 0) {
      messages.print("ended " + ended + " processes of a lab that was killed");
    }
    Report report;
    try {
      report = run(plan, messages);
    } catch (InterruptedException _) {
      return ExitCode.CANCELLED;
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    } catch (LinuxException e) {
      throw e.errno().equals(Errno.EPERM)
          ? new IOException("the lab needs root: " + e.getMessage(), e)
          : e;
    }
    ReportDirectory.write(report, directory);
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      out.text(new StringBuilder(Summary.text(report)));
      out.line(new StringBuilder("report: " + directory.resolve("report.html")));
      out.drain(Long.MAX_VALUE);
    }
    return ExitCode.OK;
  }

  /// Runs the experiment.
  ///
  /// @throws InterruptedException if a signal has cancelled it: its processes and namespaces have
  ///   ended
  private Report run(LabPlan plan, Messages messages) throws IOException, InterruptedException {
    Thread runner = Thread.currentThread();
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.CANCELLED)) {
      interruption.onSignal(runner::interrupt);
      try (StatusLine line = new StatusLine(spec.commandLine().getErr(), Terminal.errorColumns())) {
        Report report = experiment.run(plan, progress(line, spec.qualifiedName(), messages));
        if (!interruption.hasCome()) {
          return report;
        }
        throw new InterruptedException();
      } finally {
        if (interruption.hasCome()) {
          messages.print("cancelled, no report");
          interruption.done(ExitCode.CANCELLED);
        }
      }
    }
  }

  /// Shows each step of an experiment.
  static Progress progress(StatusLine line, String command, Messages messages) {
    long begin = System.nanoTime();
    return new Progress() {
      @Override
      public void step(int done, int steps, String what) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        line.show(
            "%s: %d/%d, %s: %s".formatted(command, done, steps, Times.minutes(elapsed), what));
      }

      @Override
      public void notice(String what) {
        messages.print(what);
      }
    };
  }

  private static int endLeftovers() throws IOException {
    try {
      return Leftovers.clean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private LabPlan plan() throws BadArgument {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new BadArgument("--runs must be 1 to " + MOST_RUNS + ", not " + runs);
    }
    if (packets < 0 || packets > MOST_PACKETS) {
      throw new BadArgument("--packets must be 1 to " + MOST_PACKETS + ", not " + packets);
    }
    try {
      return new LabPlan(
          runs,
          packets,
          peers.stream().map(PeerTemplate::parse).toList(),
          launcher(),
          profile.isAsked,
          words());
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private Path launcher() throws BadArgument {
    String own = System.getProperty(LAUNCHER);
    Path program = ringtap != null ? ringtap : own != null ? Path.of(own) : null;
    if (program == null) {
      throw new BadArgument(
          "not started by the ringtap launcher: name the command to measure with --ringtap");
    }
    if (!Files.isExecutable(program) || Files.isDirectory(program)) {
      throw new BadArgument("--ringtap " + program + ": no such program");
    }
    return program.toAbsolutePath();
  }

  /// The command line that repeats the run.
  private String words() {
    StringBuilder words = new StringBuilder(spec.qualifiedName());
    for (String argument :
        spec.commandLine().getParseResult().originalArgs().stream().skip(2).toList()) {
      words.append(' ').append(argument.matches("[\\w./:=@%+-]+") ? argument : quoted(argument));
    }
    return words.toString();
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  private Path directory() throws BadArgument {
    Path directory =
        output != null
            ? output
            : Path.of(
                "lab-"
                    + experiment.name()
                    + "-"
                    + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
    Path existing = directory.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new BadArgument(
          "-o %s: cannot make a directory there, for %s is not a directory that can be written to"
              .formatted(directory, existing));
    }
    return directory;
  }
}
