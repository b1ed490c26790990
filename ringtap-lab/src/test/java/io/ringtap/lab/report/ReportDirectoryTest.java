package io.ringtap.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void readsTheReportThatItWrote() throws IOException {
    Path directory = temporary.resolve("runs/today");
    ReportDirectory.write(MadeUpReport.flood(1), directory);

    Report read = ReportDirectory.read(directory);

    assertThat(read).isEqualTo(MadeUpReport.flood(1));
    assertThat(ReportDirectory.read(directory.resolve("data.json"))).isEqualTo(read);
  }

  @Test
  void replacesAReportWholeAndLeavesOtherFilesAlone() throws IOException {
    ReportDirectory.write(MadeUpReport.flood(1), temporary);
    Files.writeString(temporary.resolve("mine.txt"), "mine");

    ReportDirectory.write(MadeUpReport.benches(), temporary);

    assertThat(ReportDirectory.read(temporary)).isEqualTo(MadeUpReport.benches());
    assertThat(temporary.resolve("report.md")).content().startsWith("# Benches");
    assertThat(temporary.resolve("report.html")).content().contains("<h1>Benches</h1>");
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("mine.txt", "report.md", "report.html", "data.json");
    }
  }

  @Test
  void leavesTheOldReportWholeWhenTheNewOneCannotBeWritten() throws IOException {
    ReportDirectory.write(MadeUpReport.flood(1), temporary);
    // A directory where the last of the new files is to be put down first.
    Files.createDirectories(temporary.resolve("data.json.part/occupied"));

    assertThatThrownBy(() -> ReportDirectory.write(MadeUpReport.benches(), temporary))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + temporary.resolve("data.json.part"));

    assertThat(ReportDirectory.read(temporary)).isEqualTo(MadeUpReport.flood(1));
    assertThat(temporary.resolve("report.md")).content().startsWith("# Pinging");
    assertThat(temporary.resolve("report.md.part")).doesNotExist();
  }

  @Test
  void losesNoReportOverHalfASurrogatePair() throws IOException {
    Report report = MadeUpReport.benches();
    Report odd =
        new Report(
            "bench",
            "half: \ud800",
            report.question(),
            report.begun(),
            report.took(),
            report.machine(),
            report.command(),
            report.flags(),
            report.peers(),
            report.metrics(),
            report.samples(),
            report.charts(),
            report.profiles(),
            report.notes());

    ReportDirectory.write(odd, temporary);

    assertThat(ReportDirectory.read(temporary).title()).isEqualTo("half: ?");
  }

  @Test
  void refusesToWriteWhereAFileIs() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> ReportDirectory.write(MadeUpReport.benches(), file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is a file, and a report needs a directory");
  }

  @Test
  void saysThatThereIsNoReport() {
    assertThatThrownBy(() -> ReportDirectory.read(temporary))
        .isInstanceOf(IOException.class)
        .hasMessage(temporary + " is not a report: there is no " + temporary.resolve("data.json"));
  }

  @Test
  void namesTheFileWithThePlace() throws IOException {
    ReportDirectory.write(MadeUpReport.benches(), temporary);
    Path file = temporary.resolve("data.json");
    Files.writeString(file, Files.readString(file).replace("\"took_ns\": ", "\"took_ns\": 0."));

    assertThatThrownBy(() -> ReportDirectory.read(temporary))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": line 8, column 14: took_ns: not a valid value");
  }

  @Test
  void saysThatAFileIsOfAnotherSchema() throws IOException {
    Path file = Files.writeString(temporary.resolve("data.json"), "{\"schema\": \"other\"}");

    assertThatThrownBy(() -> ReportDirectory.read(temporary))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is not a report: \"schema\" is not \"ringtap-lab-report\"");
  }
}
