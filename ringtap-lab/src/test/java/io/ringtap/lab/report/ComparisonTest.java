package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir private Path directory;

  private static Report report(Report.Better better, String peer, double... values) {
    List<Sample> samples = new ArrayList<>();
    for (double value : values) {
      samples.add(
          new Sample(peer, "", samples.size() + 1, false, Map.of("m", value), List.of(), null));
    }
    return new Report(
        "e",
        "t",
        "q",
        Instant.EPOCH,
        Duration.ZERO,
        MadeUpReport.MACHINE,
        "c",
        Map.of(),
        List.of(new Report.Peer(peer, "", ""), new Report.Peer("other", "", "")),
        List.of(new Report.Metric("m", "m", "", 0, better)),
        samples,
        List.of(),
        List.of(),
        List.of());
  }

  private static String row(Report a, Report b) {
    return Comparison.of(a, b)
        .text()
        .lines()
        .filter(line -> line.startsWith("  p "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesDifferentExperiments() {
    assertThatThrownBy(() -> Comparison.of(MadeUpReport.flood(1), MadeUpReport.ladder(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reports are of different experiments: 'flood' and 'ladder'");
  }

  @Test
  void tellsTheRatioAndThatSpreadsOverlap() {
    String row =
        row(
            report(Report.Better.LOWER, "p", 90, 100, 120),
            report(Report.Better.LOWER, "p", 110, 150, 190));

    assertThat(row)
        .isEqualTo("  p     100 (90–120, 3 runs)  150 (110–190, 3 runs)  1.50   overlap");
  }

  @Test
  void tellsWhichIsBetterWhenSpreadsAreApart() {
    double[] low = {90, 100, 120};
    double[] high = {190, 200, 220};

    assertThat(row(report(Report.Better.LOWER, "p", low), report(Report.Better.LOWER, "p", high)))
        .endsWith("2.00   apart, B worse");
    assertThat(row(report(Report.Better.HIGHER, "p", low), report(Report.Better.HIGHER, "p", high)))
        .endsWith("2.00   apart, B better");
    assertThat(row(report(Report.Better.LOWER, "p", high), report(Report.Better.LOWER, "p", low)))
        .endsWith("0.50   apart, B better");
    assertThat(
            row(report(Report.Better.NEITHER, "p", high), report(Report.Better.NEITHER, "p", low)))
        .endsWith("0.50   apart");
  }

  @Test
  void claimsNothingOfSingleRuns() {
    assertThat(row(report(Report.Better.LOWER, "p", 1), report(Report.Better.LOWER, "p", 2)))
        .endsWith("2.00   one run has no spread");
  }

  @Test
  void showsAPeerThatOnlyOneOfThemHas() {
    assertThat(row(report(Report.Better.LOWER, "p", 1, 2), report(Report.Better.LOWER, "q", 2, 3)))
        .isEqualTo("  p     2 (1–2, 2 runs)  –                –      –");
  }

  @Test
  void givesNoRatioToNothing() {
    assertThat(row(report(Report.Better.LOWER, "p", 0, 0), report(Report.Better.LOWER, "p", 2, 3)))
        .contains("  –      apart, B worse");
  }

  @Test
  void writesItselfAsMarkdownAndAsAPage() throws IOException {
    Comparison comparison = Comparison.of(MadeUpReport.flood(1), MadeUpReport.flood(2));

    comparison.write(directory);

    assertThat(directory.resolve("comparison.md"))
        .content()
        .isEqualTo(comparison.markdown())
        .contains("## quiet: CPU (s) ↓")
        .contains("failed: exit code 3 \\| \"no \\<socket\\>\", 1 of 3 runs");
    assertThat(directory.resolve("comparison.html"))
        .content()
        .contains("<h3>flood of &lt;other&gt; packets: CPU (s) ↓</h3>")
        .endsWith("</html>\n");
  }
}
