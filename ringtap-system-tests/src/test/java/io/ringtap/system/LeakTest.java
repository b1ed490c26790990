package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What opens sockets, rings and files gives all of it back, also where it fails half-way.
@RequiresRoot
class LeakTest {
  @ParameterizedTest
  @EnumSource
  void aCaptureThatWasOpenedAndNeverStarted(CaptureMode mode) throws Exception {
    OpenDescriptors.assertNoneLeft(() -> Capture.open(on(mode, "lo")).close());
  }

  @ParameterizedTest
  @EnumSource
  void aCaptureWhoseSecondInterfaceDoesNotExist(CaptureMode mode) throws Exception {
    OpenDescriptors.assertNoneLeft(() ->
        assertThatThrownBy(() -> Capture.open(on(mode, "lo", "none0")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("none0"));
  }

  private static CaptureOptions on(CaptureMode mode, String... interfaces) {
    return CaptureOptions.on(interfaces).withMode(mode).withThreads(2).withBuffer(4 << 20);
  }

  @Test
  void aReaderOfAFileThatIsNoSavefile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("x"), "this is no savefile at all");

    OpenDescriptors.assertNoneLeft(
        () -> assertThatThrownBy(() -> SavefileReader.open(file)).isInstanceOf(IOException.class));
  }

  @Test
  void whateverRunsOutOfDescriptors() throws Exception {
    Requirement.tool("prlimit");
    Process process =
        new ProcessBuilder(
                "prlimit",
                "--nofile=128",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfDescriptors.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();

    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines).noneMatch(line -> line.startsWith("LEAK"));
    assertThat(lines.getLast()).matches("failed half-way: \\d{2,}");
  }
}
