package io.ringtap.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionArgumentsTest {
  @TempDir private Path directory;

  @Test
  void putsBlanksForCommentsSoThatPlacesStay() throws Exception {
    Path file = Files.writeString(directory.resolve("web"), "# the\ntcp port 80 # web\nor icmp");

    assertThat(ExpressionArguments.read(file.toString()))
        .isEqualTo("     \ntcp port 80      \nor icmp");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAFile() throws Exception {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});

    assertThatThrownBy(() -> ExpressionArguments.read("/nonexistent/web"))
        .hasMessage("/nonexistent/web: no such file");
    assertThatThrownBy(() -> ExpressionArguments.read(binary.toString()))
        .hasMessage(binary + ": not a text");
    assertThatThrownBy(() -> ExpressionArguments.read(directory.toString()))
        .hasMessageStartingWith(directory + ": Is a directory");
    assertThatThrownBy(() -> ExpressionArguments.read("a\0b"))
        .hasMessage("'a\0b' is not a file name");
  }
}
