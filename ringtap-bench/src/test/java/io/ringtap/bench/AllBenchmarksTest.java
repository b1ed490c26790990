package io.ringtap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.ReportDirectory;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllBenchmarksTest {
  @TempDir private Path directory;

  @Test
  void reportsEachIterationOfABenchAndTheFirstOnesApart() throws IOException {
    Report report = AllBenchmarks.run("ProbeCookieBenchmark", AllBenchmarks.Pace.QUICK);

    ReportDirectory.write(report, directory);

    assertThat(ReportDirectory.read(directory)).isEqualTo(report);
    assertThat(report.samples()).extracting(Sample::setting).containsOnly("ProbeCookie.cookie");
    assertThat(report.samples()).extracting(Sample::isWarmUp).containsExactly(true, false, false);
    assertThat(report.samples()).extracting(Sample::run).containsExactly(1, 1, 2);
    assertThat(report.samples())
        .allSatisfy(sample -> {
          assertThat(sample.values().get("time_ns_per_op")).isPositive();
          assertThat(sample.values().get("allocated_bytes_per_op")).isNotNegative();
        });
  }

  @Test
  void saysThatThereIsNoSuchBench() {
    assertThatThrownBy(() -> AllBenchmarks.run("Nonesuch", AllBenchmarks.Pace.QUICK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no benchmark has 'Nonesuch' in its name");
    assertThatThrownBy(() -> AllBenchmarks.run("(", AllBenchmarks.Pace.QUICK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'(' is not a regular expression: ");
  }
}
