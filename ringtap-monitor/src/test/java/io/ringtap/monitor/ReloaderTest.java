package io.ringtap.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.MonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
  private final List<MonitorConfig> taken = new ArrayList<>();
  private Instant now = Instant.parse("2026-12-01T00:00:00Z");
  private boolean isRefused;
  private Path file;
  private Reloader reloader;

  @BeforeEach
  void begin(@TempDir Path folder) throws IOException {
    file = Files.writeString(folder.resolve("monitor.yml"), yaml("10.0.0.1"));
    reloader = new Reloader(file, this::take, () -> now);
  }

  @AfterEach
  void close() {
    reloader.close();
  }

  private void take(MonitorConfig config) {
    if (isRefused) {
      throw new IllegalArgumentException("the store cannot be moved while it is open");
    }
    taken.add(config);
  }

  private static String yaml(String target) {
    return "groups:\n  - name: g\n    targets: [%s]\n".formatted(target);
  }

  @Test
  void takesAFileThatHasChangedAndStandsStill() throws IOException {
    reloader.look();
    assertThat(taken).isEmpty();
    Files.writeString(file, yaml("10.0.0.1, 10.0.0.2"));
    now = now.plusSeconds(10);

    reloader.look();
    assertThat(taken).isEmpty();
    reloader.look();
    reloader.look();

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().groups().getFirst().sources()).hasSize(2);
    assertThat(reloader.status()).isEqualTo(new ReloadStatus(now, true, List.of(), 1, 0));
  }

  @Test
  void readsAtOnceWhenTold() {
    ReloadStatus status = reloader.reload();

    assertThat(taken).hasSize(1);
    assertThat(status.isOk()).isTrue();
  }

  @Test
  void changesNothingByABadFileAndSaysWhereItIsWrong() throws IOException {
    Files.writeString(file, yaml("10.0.0.999") + "    intervall: 1s\n");

    ReloadStatus status = reloader.reload();

    assertThat(taken).isEmpty();
    assertThat(status.isOk()).isFalse();
    assertThat(status.failures()).isEqualTo(1);
    assertThat(status.mistakes()).hasSize(2);
    assertThat(status.mistakes().getFirst()).startsWith(file + ":3:");
    assertThat(status.mistakes().getLast()).startsWith(file + ":4:");
  }

  @Test
  void saysThatTheFileHasGone() throws IOException {
    Files.delete(file);

    reloader.look();
    reloader.look();

    assertThat(taken).isEmpty();
    assertThat(reloader.status().failures()).isEqualTo(1);
    assertThat(reloader.status().mistakes()).hasSize(1).first().asString().contains("no such file");
  }

  @Test
  void tellsWhyAConfigurationCannotBeTaken() {
    isRefused = true;

    ReloadStatus status = reloader.reload();

    assertThat(status.mistakes())
        .containsExactly(file + ": the store cannot be moved while it is open");
    isRefused = false;
    assertThat(reloader.reload().isOk()).isTrue();
    assertThat(reloader.status().failures()).isEqualTo(1);
  }
}
