package io.ringtap.cli.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionFileTest {
  @TempDir private Path directory;

  @Test
  void putsBlanksForCommentsSoThatPlacesStay() throws IOException {
    Path file = Files.writeString(directory.resolve("web"), "# the\ntcp port 80 # web\nor icmp");

    assertThat(ExpressionFile.read(file.toString())).isEqualTo("     \ntcp port 80      \nor icmp");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAFile() throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});

    assertThatThrownBy(() -> ExpressionFile.read("/nonexistent/web"))
        .hasMessage("/nonexistent/web: no such file");
    assertThatThrownBy(() -> ExpressionFile.read(binary.toString()))
        .hasMessage(binary + ": not a text");
    assertThatThrownBy(() -> ExpressionFile.read(directory.toString()))
        .hasMessageStartingWith(directory + ": Is a directory");
    assertThatThrownBy(() -> ExpressionFile.read("a\0b")).hasMessage("'a\0b' is no name of a file");
  }
}
