package io.ringtap.cli.sweep;

import io.ringtap.cli.fleet.FleetArguments;
import io.ringtap.cli.fleet.KafkaAccess;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.job.call.JobName;
import io.ringtap.fleet.job.call.SweepCall;
import io.ringtap.fleet.job.call.SweepStanding;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.record.Topics;
import io.ringtap.send.Pace;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// One run of `ringtap sweep --fleet`: has agents probe, prints what they have found, and says how
/// far they are. It ends in order, also on Ctrl-C, and the agents with it.
final class FleetSweep {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final SweepPlan plan;
  private final AnswerWriter.Choice answers;
  private final @Nullable Path file;
  private final boolean isQuiet;
  private final Messages messages;
  private final CommandSpec spec;
  private volatile int code = ExitCode.UNREACHABLE;

  FleetSweep(
      SweepPlan plan,
      AnswerWriter.Choice answers,
      @Nullable Path file,
      boolean isQuiet,
      CommandSpec spec) {
    this.plan = plan;
    this.answers = answers;
    this.file = file;
    this.isQuiet = isQuiet;
    this.spec = spec;
    messages = new Messages(spec);
  }

  /// Sweeps to the end, or until a signal comes.
  ///
  /// @return the exit code
  /// @throws IOException if no broker answers, or something is not allowed there
  int run(FleetArguments fleet, List<Integer> ports)
      throws BadArgument, IOException, InterruptedException {
    SweepTask task = task(ports);
    double rate = rate();
    List<String> sites = fleet.sites();
    Topics topics = KafkaAccess.topics(fleet.kafka());
    Connection connection = KafkaAccess.connection(fleet.kafka(), messages);
    KafkaAccess.check(connection);
    try (Interruption interruption = new Interruption(PATIENCE.toNanos(), () -> code)) {
      try (SweepCall call =
          SweepCall.open(connection, topics, JobName.random(), sites, task, rate)) {
        interruption.onSignal(call::stop);
        run(call);
      } // tells the agents, before the process may end by the signal
      interruption.done(code);
      return code;
    }
  }

  private void run(SweepCall call) throws BadArgument, IOException {
    if (!isQuiet) {
      messages.print(plan.text());
    }
    try (ResultFile results = file == null ? null : ResultFile.open(file, false);
        Output out = output(results)) {
      run(call, out);
      boolean _ = out.drain(Long.MAX_VALUE);
    }
  }

  private SweepTask task(List<Integer> ports) throws BadArgument {
    SpaceArguments.Space named = plan.space();
    Space space =
        new Space(
            named.parts().stream()
                .filter(part -> part.ids() == null)
                .map(SpaceArguments.Part::range)
                .toList(),
            named.parts().stream().flatMap(FleetSweep::pattern).toList(),
            named.left());
    if (!space.fits()) {
      throw new BadArgument(
          "a sweep by a fleet takes at most " + Space.MOST_RANGES + " ranges of each kind");
    }
    boolean hasPackets =
        answers.fields() != null && answers.fields().stream().anyMatch(OutputField::isOfPacket);
    return new SweepTask(
        space,
        ports,
        plan.identity().seed(),
        plan.options(),
        new SweepTask.Wish(answers.isAll(), hasPackets));
  }

  private static Stream<Space.Pattern> pattern(SpaceArguments.Part part) {
    return part.ids() == null
        ? Stream.empty()
        : Stream.of(new Space.Pattern(part.range(), part.ids()));
  }

  private double rate() throws BadArgument {
    if (plan.options().schedule().pace() instanceof Pace.Packets(double perSecond)) {
      return perSecond;
    }
    throw new BadArgument(
        "--rate with --fleet is a number of packets a second, of all agents together");
  }

  private Output output(@Nullable ResultFile results) {
    IntSupplier codeSoFar = () -> code;
    return results == null
        ? CommandOutput.open(spec, codeSoFar)
        : CommandOutput.of(results.stream(), results.toString(), spec, codeSoFar);
  }

  private void run(SweepCall call, Output out) throws IOException {
    FleetReport report = new FleetReport(plan, call::standing);
    boolean isShown = file == null && Terminal.isInteractive();
    boolean isSilent = isQuiet || (isShown && answers.format() == AnswerWriter.Format.JSON);
    AnswerWriter writer = new AnswerWriter(out, answers);
    try (StatusLine line =
            new StatusLine(spec.commandLine().getErr(), isSilent ? 0 : Terminal.errorColumns());
        InterimReport _ = InterimReport.onQuit(() -> messages.line(report.status()))) {
      if (isShown) {
        writer.standAbove(line);
      }
      writer.writeHead();
      try (Ticker _ = new Ticker(TICK.toNanos(), _ -> show(report, line))) {
        call.run(new Printing(writer));
      }
      boolean _ = out.drain(Long.MAX_VALUE); // before the status line goes
    }
    SweepStanding end = call.standing();
    code = end.counters().found() > 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
    code = end.problems().isEmpty() ? code : ExitCode.SYSTEM;
    if (answers.hasSummary()) {
      report.printJson(out);
    }
    boolean _ = out.drain(Long.MAX_VALUE);
    end.problems().forEach(messages::print);
    if (!isQuiet && !answers.hasSummary() && end.parts() > 0) {
      spec.commandLine().getErr().print(report.lines());
      spec.commandLine().getErr().flush();
    }
  }

  private static void show(FleetReport report, StatusLine line) {
    report.tick();
    if (line.isOnTerminal()) {
      line.show(report.status());
    }
  }

  /// Prints what comes.
  private final class Printing implements SweepCall.Listener {
    private final AnswerWriter writer;

    Printing(AnswerWriter writer) {
      this.writer = writer;
    }

    @Override
    public void onAnswers(List<KeptAnswer> some) {
      for (KeptAnswer answer : some) {
        writer.onAnswer(SweepAnswer.of(answer));
      }
    }

    @Override
    public void onNote(String text) {
      if (!isQuiet) {
        messages.print(text);
      }
    }
  }
}
