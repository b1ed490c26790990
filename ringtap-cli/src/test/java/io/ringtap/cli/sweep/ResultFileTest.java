package io.ringtap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.cli.run.BadArgument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "true,  'a\nb\n',   'a\nb\nc\n'",
    "true,  'a\nb',     'a\nc\n'",
    "true,  'torn',     'c\n'",
    "true,  '',         'c\n'",
    "false, 'a\nb\n',   'c\n'"
  })
  void goesOnAfterTheLastWholeLine(boolean isContinued, String before, String after)
      throws Exception {
    Path file = Files.writeString(directory.resolve("x"), before);

    try (ResultFile results = ResultFile.open(file, isContinued)) {
      results.stream().write("c\n".getBytes(StandardCharsets.UTF_8));
      results.force();
    }

    assertThat(file).hasContent(after);
    assertThat(Files.size(file)).isEqualTo(after.length());
  }

  @Test
  void makesAFileThatIsNotThere() throws Exception {
    ResultFile.open(directory.resolve("y"), true).close();

    assertThat(directory.resolve("y")).isEmptyFile();
  }

  @Test
  void saysWhyItCannotBeOpened() {
    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> ResultFile.open(directory.resolve("no/file"), false))
        .withMessage(directory.resolve("no/file") + ": no such file");
  }
}
