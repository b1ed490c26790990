package io.ringtap.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.ConfigFile.Reading;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads the example with random changes: whatever stands in a file, the answer is a configuration,
/// or mistakes with lines of that file.
class MutatedConfigTest {
  private static final List<String> PIECES =
      List.of(
          "\t",
          ":",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "#",
          "&a ",
          "*a ",
          "<<: ",
          "|",
          ">",
          "%",
          "!!int ",
          "---\n",
          "...\n",
          "? ",
          "null",
          "~",
          "\u0000",
          "\u2028",
          "0",
          "-1",
          "1e999",
          "999999999999999999999",
          "\n",
          " ",
          "10.0.0.0/8",
          "::/0",
          "\ud83d\ude00");

  @TempDir Path folder;
  private String example = "";

  @BeforeEach
  void readExample() throws IOException {
    example = Files.readString(ProjectFiles.of("contrib/monitor.yml"));
  }

  @Test
  @Randomized
  void answersEachFileWithAConfigurationOrLinesOfIt() {
    Property.forAll(random -> check(mutated(random).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  @Randomized
  void answersAnyBytes() {
    Property.forAll(random -> {
      byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      check(bytes);
    });
  }

  private void check(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("monitor.yml"), bytes);
    if (ConfigFile.read(file) instanceof Reading.Invalid(List<Mistake> mistakes)) {
      long lines =
          new String(bytes, StandardCharsets.ISO_8859_1).chars().filter(c -> c == '\n').count() + 1;
      assertThat(mistakes).isNotEmpty();
      assertThat(mistakes)
          .allSatisfy(mistake -> {
            assertThat(mistake.line()).isBetween(1, (int) lines);
            assertThat(mistake.column()).isPositive();
            assertThat(mistake.toString()).doesNotContainPattern("\\p{Cntrl}");
          });
    }
  }

  /// The example with one to four lines or pieces put in, taken out, exchanged or indented.
  private String mutated(SplittableRandom random) {
    List<String> lines = new ArrayList<>(List.of(example.split("\n", -1)));
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      int column = random.nextInt(line.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> lines.add(random.nextInt(lines.size()), line);
        case 1 -> lines.set(at, "");
        case 2 -> lines.set(at, line.substring(0, column));
        case 3 -> lines.set(at, line.substring(column));
        case 4 -> lines.set(at, " ".repeat(random.nextInt(1, 5)) + line);
        default -> {
          String piece = PIECES.get(random.nextInt(PIECES.size()));
          lines.set(at, line.substring(0, column) + piece + line.substring(column));
        }
      }
    }
    return String.join("\n", lines);
  }
}
