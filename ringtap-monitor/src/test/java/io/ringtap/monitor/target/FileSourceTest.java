package io.ringtap.monitor.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.target.SourceReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final String ONE = "[{\"targets\": [\"10.0.0.1\"]}]";
  private static final String TWO = "[{\"targets\": [\"10.0.0.1\", \"10.0.0.2\"]}]";

  @TempDir private Path folder;

  private static List<String> hosts(@Nullable Reading reading) {
    return Objects.requireNonNull(reading).listed().stream()
        .<String>mapMulti((each, to) -> each.forEachHost((host, _) -> to.accept(host)))
        .toList();
  }

  @Test
  void readsAllFilesOfAPattern() throws IOException {
    Files.writeString(folder.resolve("b.yml"), "- targets: [10.0.0.3]");
    Files.writeString(folder.resolve("a.json"), ONE);
    Files.writeString(folder.resolve("c.txt"), "no list");
    FileSource json = FileSource.ofFileSd(folder.resolve("*.json"));
    FileSource all = FileSource.ofFileSd(folder.resolve("*.*l"));

    assertThat(hosts(json.read(true))).containsExactly("10.0.0.1");
    assertThat(hosts(all.read(true))).containsExactly("10.0.0.3");
  }

  @Test
  void readsNothingAgainThatIsUnchanged() throws IOException {
    Files.writeString(folder.resolve("a.json"), ONE);
    FileSource source = FileSource.ofFileSd(folder.resolve("*.json"));
    source.read(true);

    assertThat(source.read(false)).isNull();
    assertThat(source.read(false)).isNull();
  }

  @Test
  void takesFilesThatComeAndDropsThoseThatHaveGoneForTwoLooks() throws IOException {
    Files.writeString(folder.resolve("a.json"), ONE);
    FileSource source = FileSource.ofFileSd(folder.resolve("*.json"));
    source.read(true);

    Files.writeString(folder.resolve("b.json"), "[{\"targets\": [\"10.0.0.9\"]}]");
    assertThat(source.read(false)).isNull();
    assertThat(hosts(source.read(false))).containsExactly("10.0.0.1", "10.0.0.9");
    Files.delete(folder.resolve("a.json"));
    assertThat(source.read(false)).isNull();
    assertThat(hosts(source.read(false))).containsExactly("10.0.0.9");
    assertThat(source.read(false)).isNull();
  }

  @Test
  void keepsWhatABadFileListedBesideTheOthers() throws IOException {
    Path bad = Files.writeString(folder.resolve("a.json"), ONE);
    Path good = Files.writeString(folder.resolve("b.json"), "[]");
    FileSource source = FileSource.ofFileSd(folder.resolve("*.json"));
    source.read(true);
    Files.writeString(bad, "[{");
    Files.writeString(good, "[{\"targets\": [\"10.0.0.9\"]}]");
    source.read(false);

    Reading reading = Objects.requireNonNull(source.read(false));

    assertThat(hosts(reading)).containsExactly("10.0.0.1", "10.0.0.9");
    assertThat(reading.problems()).hasSize(1).first().asString().startsWith(bad + ":1: ");
    assertThat(reading.failures()).isEqualTo(1);
    Files.writeString(good, TWO);
    source.read(false);
    Reading next = Objects.requireNonNull(source.read(false));
    assertThat(next.problems()).isEqualTo(reading.problems());
    assertThat(next.failures()).isZero();
  }

  @Test
  void waitsUntilAFileStandsStill() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), ONE);
    FileSource source = FileSource.ofFileSd(file);
    source.read(true);

    Files.writeString(file, "[");
    assertThat(source.read(false)).isNull();
    Files.writeString(file, TWO);
    assertThat(source.read(false)).isNull();

    Reading reading = Objects.requireNonNull(source.read(false));
    assertThat(hosts(reading)).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void needsNoFolderToBeThereYet() {
    FileSource source = FileSource.ofFileSd(folder.resolve("later/*.json"));

    Reading reading = Objects.requireNonNull(source.read(true));

    assertThat(reading.listed()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void doesNotWaitForAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    int _ = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

    Reading reading = Objects.requireNonNull(FileSource.ofList(pipe).read(true));

    assertThat(reading.problems()).containsExactly(pipe + ": not a regular file");
  }
}
