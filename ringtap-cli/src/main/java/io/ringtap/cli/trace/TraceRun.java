package io.ringtap.cli.trace;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.HostNames;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap trace`: shows what the tracer finds, and ends in order, also on Ctrl-C.
final class TraceRun {
  /// How a trace is shown.
  enum Form {
    LINES,
    REPORT,
    LIVE,
    JSON,
    CSV
  }

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final TraceOptions options;
  private final Map<IpAddress, String> targets;
  private final HostNames names;
  private final Output out;
  private final Messages messages;
  private final HopTable table;
  private volatile int code;

  /// @param targets with the names that the user gave them
  TraceRun(
      TraceOptions options,
      Map<IpAddress, String> targets,
      HostNames names,
      Output out,
      Messages messages) {
    this.options = options;
    this.targets = targets;
    this.names = names;
    this.out = out;
    this.messages = messages;
    table = new HopTable(options, names);
  }

  /// Traces all targets.
  ///
  /// @return the exit code
  int run(Form form) {
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> code)) {
      try (Tracer tracer = Tracer.open(options)) {
        run(form, tracer, interruption);
      } catch (IOException e) {
        messages.print(String.valueOf(e.getMessage()));
        code = ExitCode.SYSTEM;
      }
      boolean _ = out.drain(Long.MAX_VALUE);
      interruption.done(code);
    }
    return code;
  }

  private void run(Form form, Tracer tracer, Interruption interruption) {
    TextView text = form == Form.LINES ? new TextView(out, options, names) : null;
    TraceView view = text == null ? view(form) : text;
    List<TraceReport> reports;
    try (LiveView live = form == Form.LIVE ? live(tracer) : null;
        InterimReport _ = InterimReport.onQuit(() -> printInterim(tracer))) {
      interruption.onSignal(() -> stop(tracer, live));
      reports =
          tracer.trace(List.copyOf(targets.keySet()), outcome -> onOutcome(outcome, text)).join();
    }
    for (TraceReport report : reports) {
      view.onReport(targets.getOrDefault(report.target(), ""), report);
      if (!report.isReached()) {
        code = ExitCode.worse(code, ExitCode.UNREACHABLE);
      }
    }
  }

  private TraceView view(Form form) {
    return switch (form) {
      case JSON -> new JsonView(out, options, names);
      case CSV -> new CsvView(out, options, names);
      case LINES, REPORT, LIVE -> new ReportView(out, table);
    };
  }

  private LiveView live(Tracer tracer) {
    return new LiveView(out, messages, table, names, new LiveView.Running(tracer, targets));
  }

  private void onOutcome(TraceOutcome outcome, @Nullable TextView text) {
    if (outcome instanceof TraceOutcome.Answer answer) {
      names.lookUp(answer.from());
    }
    if (text != null) {
      text.add(outcome);
    }
  }

  /// The terminal first: a second signal ends the process wherever it is.
  private static void stop(Tracer tracer, @Nullable LiveView live) {
    if (live != null) {
      live.close();
    }
    tracer.stop();
  }

  private void printInterim(Tracer tracer) {
    for (TraceReport report : tracer.reports()) {
      String name = targets.getOrDefault(report.target(), "");
      for (LiveRegion.Line line : table.lines(name, report, Integer.MAX_VALUE)) {
        messages.line(line.text());
      }
    }
  }
}
