package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written, byte for byte. After a change that is wanted, this rewrites the files:
///
/// `mvn -pl ringtap-lab -am test -Dtest=GoldenReportTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dringtap.golden=rewrite`
class GoldenReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/ringtap/lab/report");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"report.md", "report.html", "data.json"})
  void writesWhatTheGoldenFileHas(String name) throws IOException {
    ReportDirectory.write(MadeUpReport.flood(1), directory);

    String written = Files.readString(directory.resolve(name));

    assertThat(written).isEqualTo(golden(name, written));
  }

  @Test
  void comparesAsTheGoldenFileHasIt() throws IOException {
    Comparison comparison = Comparison.of(MadeUpReport.ladder(1), MadeUpReport.ladder(1.2));

    String text = comparison.text();

    assertThat(text).isEqualTo(golden("comparison.txt", text));
  }

  private static String golden(String name, String now) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("rewrite".equals(System.getProperty("ringtap.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, now);
    }
    return Files.readString(file);
  }
}
