package io.ringtap.lab.report;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The sentences that the report has in every form.
final class ReportText {
  static final String LEGEND =
      "Figures are the median of the runs, with the smallest and the largest. First runs, in which a"
          + " JVM warms up, stand in rows of their own and are not in the medians. ↓ lower is better,"
          + " ↑ higher is better.";
  static final String DATA =
      "Every raw sample is in " + DataFile.NAME + ", with units in the names.";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportText() {}

  /// What it was measured on, when, and for how long.
  static String facts(Report report) {
    Machine machine = report.machine();
    return "Measured on "
        + machine.processor()
        + " ("
        + (machine.processors() == 1 ? "1 processor" : machine.processors() + " processors")
        + ", "
        + NumberText.of((double) machine.memoryBytes() / (1L << 30), 1)
        + " GiB), Linux "
        + machine.kernel()
        + ", "
        + machine.system()
        + ", Java "
        + machine.java()
        + ", Ringtap "
        + machine.ringtap()
        + ", begun "
        + MINUTE.format(report.begun())
        + ", took "
        + duration(report.took())
        + ".";
  }

  /// `1 h 02 min`, `3 min 05 s`, `4.2 s`.
  static String duration(Duration took) {
    if (took.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %02d min", took.toHours(), took.toMinutesPart());
    }
    if (took.toMinutes() > 0) {
      return String.format(Locale.ROOT, "%d min %02d s", took.toMinutes(), took.toSecondsPart());
    }
    return NumberText.of(took.toMillis() / 1e3, 1) + " s";
  }
}
