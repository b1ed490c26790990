package io.ringtap.cli.sweep;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Failure;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// One run of `ringtap sweep`: probes, prints, and keeps the state. It ends in order, also on
/// Ctrl-C.
final class SweepRun {
  /// Where things go.
  ///
  /// @param answers how they are printed
  /// @param file that takes them; null for standard output
  /// @param state that is kept; null for none
  /// @param isQuiet without a plan, a status line and a report
  record Destination(
      AnswerWriter.Choice answers,
      @Nullable Path file,
      @Nullable StateFile state,
      boolean isQuiet) {}

  /// How often the state is saved: what was sent after it is sent again after a `kill -9`.
  private static final Duration TICK = Duration.ofMillis(250);

  private static final int TICKS_PER_STATUS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SweepPlan plan;
  private final Tally before;
  private final Destination to;
  private final CommandSpec spec;
  private final PrintWriter err;
  private final Messages messages;
  private volatile int code = ExitCode.UNREACHABLE;
  private boolean hasFailedToSave;

  /// @param before what earlier runs have counted
  SweepRun(SweepPlan plan, Tally before, Destination to, CommandSpec spec) {
    this.plan = plan;
    this.before = before;
    this.to = to;
    this.spec = spec;
    err = spec.commandLine().getErr();
    messages = new Messages(spec);
  }

  /// Sweeps to the end, or until a signal comes.
  ///
  /// @return the exit code
  /// @throws BadArgument if a file cannot be opened
  /// @throws IOException (a LinuxException) if the system refuses the sweep
  int run() throws BadArgument, IOException {
    Duration patience = plan.options().schedule().timeout().plus(PATIENCE);
    try (Interruption interruption = new Interruption(patience.toNanos(), () -> code);
        Sweep sweep = Sweep.open(plan.targets(), plan.options())) {
      begin(to.state);
      if (!to.isQuiet) {
        messages.print(plan.text() + "; " + senderText(sweep));
      }
      try (ResultFile file = to.file == null ? null : ResultFile.open(to.file, before.runs() > 0);
          Output out = output(sweep, file)) {
        run(sweep, out, file, interruption);
        boolean _ = out.drain(Long.MAX_VALUE);
      }
      interruption.done(code);
      return code;
    }
  }

  private static String senderText(Sweep sweep) {
    String name = sweep.interfaceName();
    return sweep.sender().word()
        + " sender"
        + (name.isEmpty() ? "" : " on " + name)
        + (sweep.isExact() ? "" : "; duplicates of the latest answers only are recognized");
  }

  /// Saves the state before there is one, for who cannot is to know now and not after hours.
  private void begin(@Nullable StateFile state) throws BadArgument {
    if (state != null) {
      try {
        state.write(new SweepState(plan.identity(), plan.options().firstPosition(), before));
      } catch (IOException e) {
        throw new BadArgument(state + ": " + Failure.reason(e));
      }
    }
  }

  private Output output(Sweep sweep, @Nullable ResultFile file) {
    IntSupplier codeSoFar = () -> codeOf(sweep.counters());
    return file == null
        ? CommandOutput.open(spec, codeSoFar)
        : CommandOutput.of(file.stream(), file.toString(), spec, codeSoFar);
  }

  private void run(Sweep sweep, Output out, @Nullable ResultFile file, Interruption interruption) {
    Status status = new Status(sweep, plan.options().firstPosition());
    boolean isShown = to.file == null && Terminal.isInteractive();
    boolean isSilent = to.isQuiet || (isShown && to.answers.format() == AnswerWriter.Format.JSON);
    try (StatusLine line = new StatusLine(err, isSilent ? 0 : Terminal.errorColumns());
        InterimReport _ = InterimReport.onQuit(() -> messages.line(status.text()))) {
      AnswerWriter writer = new AnswerWriter(out, to.answers);
      if (isShown) {
        writer.standAbove(line);
      }
      if (before.runs() == 0) {
        writer.writeHead();
      }
      out.lastWords(() -> report(sweep));
      interruption.onSignal(sweep::stop);
      sweep.start(writer);
      for (int tick = 1; !sweep.await(TICK); tick++) {
        code = codeOf(sweep.counters());
        save(sweep, out, file);
        if (tick % TICKS_PER_STATUS == 0) {
          status.tick();
          if (line.isOnTerminal()) {
            line.show(status.text());
          }
        }
      }
      boolean _ = out.drain(Long.MAX_VALUE); // before the status line goes
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    code = codeOf(sweep.counters());
    save(sweep, out, file);
    if (to.answers.hasSummary()) {
      reportOf(sweep).printJson(out);
    }
    boolean _ = out.drain(Long.MAX_VALUE);
    report(sweep);
  }

  private int codeOf(SweepCounters counters) {
    if (counters.sent() == 0 && counters.refused() > 0) {
      return ExitCode.SYSTEM;
    }
    return counters.found() + before.found() > 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  /// Saves how far the sweep is, once all answers to what it has completed are written.
  private void save(Sweep sweep, Output out, @Nullable ResultFile file) {
    StateFile state = to.state;
    if (state == null) {
      return;
    }
    SweepProgress progress = sweep.progress(); // first: what is written then includes its answers
    SweepCounters counters = sweep.counters();
    if (!out.drain(PATIENCE.toNanos())) {
      return; // who reads them has stalled
    }
    try {
      if (file != null) {
        file.force();
      }
      state.write(
          new SweepState(
              plan.identity(), progress.completed(), before.plus(counters, progress.elapsed())));
    } catch (IOException e) {
      if (!hasFailedToSave) {
        messages.print(state + ": " + Failure.reason(e) + "; the state is as it was");
      }
      hasFailedToSave = true;
    }
  }

  private SweepReport reportOf(Sweep sweep) {
    SweepProgress progress = sweep.progress();
    SweepCounters counters = sweep.counters();
    return new SweepReport(plan, counters, progress, before.plus(counters, progress.elapsed()));
  }

  private void report(Sweep sweep) {
    if (!to.isQuiet && !to.answers.hasSummary()) {
      err.print(reportOf(sweep).lines());
      err.flush();
    }
  }
}
