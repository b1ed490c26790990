package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static final long SECOND = 1_000_000_000;

  private final StringWriter err = new StringWriter();
  private final TextReport report =
      new TextReport(new Messages("ringtap capture", new PrintWriter(err, true)));

  @Test
  void tellsTheEndAsTcpdumpDoes() {
    report.summary(Totals.of(new CaptureCounters(10, 0, 0, 3, 1, 0, 0, 13), 0, Totals.NOT_WRITING));

    assertThat(err.toString())
        .isEqualTo(
            """
            10 packets captured
            13 packets received by filter
            3 packets dropped by kernel
            0 packets dropped by interface
            """);
  }

  @Test
  void hasASingular() {
    report.summary(Totals.of(new CaptureCounters(1, 0, 0, 0, 0, 0, 1, 1), 0, Totals.NOT_WRITING));

    assertThat(err.toString())
        .isEqualTo(
            """
            1 packet captured
            1 packet received by filter
            0 packets dropped by kernel
            1 packet dropped by interface
            """);
  }

  @Test
  void doesNotCallDiscardedWhatIsStillToCome() {
    report.interim(Totals.of(new CaptureCounters(12, 0, 5, 3, 0, 0, 0, 20), 0, Totals.NOT_WRITING));

    assertThat(err.toString())
        .isEqualTo(
            """
            12 packets captured
            20 packets received by filter
            3 packets dropped by kernel
            0 packets dropped by interface
            """);
  }

  @Test
  void accountsForPacketsBeyondTheLastThatWasWanted() {
    CaptureCounters counters = new CaptureCounters(12, 5, 1, 2, 0, 0, 0, 20);

    Totals totals = Totals.of(counters, 2, Totals.NOT_WRITING);
    report.summary(totals);

    assertThat(totals.captured() + totals.discarded() + totals.waiting() + totals.droppedByKernel())
        .isEqualTo(totals.receivedByFilter())
        .isEqualTo(20);
    assertThat(err.toString())
        .startsWith("10 packets captured\n20 packets received by filter\n")
        .endsWith("8 packets discarded, for they came after the last that was wanted\n");
  }

  @Test
  void tellsWhatWasWrittenIfThatIsNotAll() {
    CaptureCounters counters = new CaptureCounters(10, 0, 0, 0, 0, 0, 0, 10);

    report.summary(Totals.of(counters, 0, 10));
    assertThat(err.toString()).doesNotContain("written");

    report.summary(Totals.of(counters, 0, 9));
    assertThat(err.toString()).endsWith("9 packets written\n");
  }

  @Test
  void tellsRatesAndTotalsOfAnInterval() {
    Totals before = Totals.of(new CaptureCounters(100, 0, 0, 10, 1, 0, 7, 0), 0, 90);
    Totals now = Totals.of(new CaptureCounters(300, 0, 0, 15, 2, 0, 7, 0), 0, 290);

    assertThat(TextReport.line(now, before, SECOND / 2))
        .isEqualTo(
            "captured 400/s (300), dropped by kernel 10/s (15), freezes 2/s (2),"
                + " dropped by interface 0/s (7), written 400/s (290)");
  }
}
