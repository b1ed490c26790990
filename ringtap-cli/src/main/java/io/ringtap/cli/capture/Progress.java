package io.ringtap.cli.capture;

import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is printed while a capture runs: `--rate` and `--stats`.
final class Progress implements AutoCloseable {
  /// Where the counts come from.
  interface Source {
    Totals totals() throws IOException;
  }

  private static final String UNREADABLE = "the counts cannot be read: ";
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Source source;
  private final Messages messages;
  private final List<Ticker> tickers = new ArrayList<>();
  private @Nullable StatusLine status;

  private Progress(Source source, Messages messages) {
    this.source = source;
    this.messages = messages;
  }

  /// Begins to print what the plan asks for.
  static Progress begin(
      CapturePlan plan, Source source, Output out, Report report, Messages messages) {
    Progress progress = new Progress(source, messages);
    if (plan.form() instanceof Form.Rate) {
      StringBuilder line = new StringBuilder();
      progress.every(
          SECOND_NANOS,
          (now, before, nanos) -> {
            line.setLength(0);
            line.append("We process: ")
                .append(Math.round(Figures.perSecond(now.captured() - before.captured(), nanos)))
                .append(" pps");
            out.line(line);
          });
    }
    if (plan.isWatched()) {
      StatusLine line = messages.statusLine();
      progress.status = line;
      progress.every(
          SECOND_NANOS, (now, before, nanos) -> line.show("Got " + now.captured())); // tcpdump's
    }
    if (plan.stats() != null) {
      progress.every(plan.stats().toNanos(), report::stats);
    }
    return progress;
  }

  /// Prints what the counts are now, on standard error in any case.
  static void print(Source source, PacketInput input, Messages messages) {
    try {
      input.interim(new TextReport(messages), source.totals());
    } catch (IOException e) {
      messages.print(UNREADABLE + e.getMessage());
    }
  }

  private interface Printer {
    void print(Totals now, Totals before, long nanos);
  }

  private void every(long nanos, Printer printer) {
    tickers.add(
        new Ticker(
            nanos,
            new Ticker.Task() {
              private Totals before = Totals.NONE;

              @Override
              public void tick(long passed) {
                try {
                  Totals now = source.totals();
                  printer.print(now, before, passed);
                  before = now;
                } catch (IOException e) {
                  messages.print(UNREADABLE + e.getMessage());
                }
              }
            }));
  }

  @Override
  public void close() {
    tickers.forEach(Ticker::close);
    if (status != null) {
      status.close();
    }
  }
}
