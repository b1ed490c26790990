package io.ringtap.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListTest {
  @TempDir private Path directory;

  @Test
  void namesFilesInTheirOrderAndSkipsBlankLines() throws Exception {
    String one = Files.createFile(directory.resolve("one")).toString();
    String two = Files.createFile(directory.resolve("two with blanks")).toString();

    assertThat(FileList.read(list(two + "\n\n" + one + "\n-"))).containsExactly(two, one, "-");
  }

  @Test
  void refusesAListWithAFileThatIsMissing() throws Exception {
    String present = Files.createFile(directory.resolve("one")).toString();
    String list = list(present + "\nno.pcap\n");

    assertThatThrownBy(() -> FileList.read(list))
        .isInstanceOf(BadArgument.class)
        .hasMessage("no.pcap: no such file (named by -V " + list + ")");
  }

  @Test
  void refusesAListOfNothing() throws Exception {
    String list = list(" \n\n");

    assertThatThrownBy(() -> FileList.read(list))
        .isInstanceOf(BadArgument.class)
        .hasMessage("-V " + list + " names no file");
  }

  private String list(String text) throws IOException {
    return Files.writeString(directory.resolve("list"), text).toString();
  }
}
