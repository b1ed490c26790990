package io.ringtap.cli.ping.view;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RttStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A line for each summary, after one with the columns' names (RFC 4180, with line feeds). What is
/// not known is empty.
public final class CsvView implements PingView {
  private final CsvWriter csv;

  /// Writes the columns' names.
  public CsvView(Output out) {
    this.csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
    write(
        "target",
        "address",
        "sent",
        "received",
        "lost",
        "loss_ratio",
        "late",
        "late_errors",
        "duplicates",
        "corrupted",
        "errors",
        "unsent",
        "elsewhere",
        "withdrawn",
        "departures_unseen",
        "further",
        "dropped",
        "rtt_min_ns",
        "rtt_mean_ns",
        "rtt_p50_ns",
        "rtt_p90_ns",
        "rtt_p99_ns",
        "rtt_max_ns",
        "rtt_stddev_ns",
        "rtt_jitter_ns",
        "stamp");
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    PingCounts counts = summary.counts();
    RttStatistics rtt = summary.rtt();
    boolean isKnown = rtt.count() > 0;
    double loss = counts.lossRatio();
    write(
        Target.nameOf(summary.request()),
        summary.request().target().toString(),
        Long.toString(counts.sent()),
        Long.toString(counts.received()),
        Long.toString(counts.lost()),
        Double.isNaN(loss) ? "" : Double.toString(loss),
        Long.toString(counts.late()),
        Long.toString(counts.lateErrors()),
        Long.toString(counts.duplicates()),
        Long.toString(counts.corrupted()),
        Long.toString(counts.errors()),
        Long.toString(counts.unsent()),
        Long.toString(counts.elsewhere()),
        Long.toString(counts.withdrawn()),
        Long.toString(counts.departuresUnseen()),
        Long.toString(counts.further()),
        Long.toString(counts.dropped()),
        isKnown ? Long.toString(rtt.min()) : "",
        isKnown ? Long.toString(Math.round(rtt.mean())) : "",
        isKnown ? Long.toString(rtt.median()) : "",
        isKnown ? Long.toString(rtt.quantile(0.9)) : "",
        isKnown ? Long.toString(rtt.quantile(0.99)) : "",
        isKnown ? Long.toString(rtt.max()) : "",
        isKnown ? Long.toString(Math.round(rtt.stddev())) : "",
        isKnown ? Long.toString(Math.round(rtt.jitter())) : "",
        isKnown ? summary.stamp().word() : "");
  }

  private void write(String... fields) {
    try {
      csv.writeRecord(fields);
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
