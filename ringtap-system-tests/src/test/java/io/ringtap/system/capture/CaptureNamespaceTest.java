package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.error.LinuxException;
import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A capture in another network namespace than that of the thread that opens it.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureNamespaceTest extends CaptureLabTest {
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  /// The captured namespace by a path, as another process would name it.
  private String path() {
    return lab.captures().enter().get(1).replace("--net=", "");
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void showsItsPacketsAndLeavesTheCallerWhereHeWas(CaptureMode mode) throws Exception {
    Path before = Files.readSymbolicLink(OWN);
    Path inside = lab.captures().call(() -> Files.readSymbolicLink(OWN));
    CaptureLab.Recorder recorder = new CaptureLab.Recorder();
    int index = lab.near().index();
    try (Capture capture =
            Capture.open(CaptureLab.options().withMode(mode).withThreads(2).withNamespace(path()));
        FrameSender sender = FrameSender.on(lab.far())) {
      assertThat(Files.readSymbolicLink(OWN)).isEqualTo(before).isNotEqualTo(inside);
      assertThat(capture.interfaces().getFirst().index()).isEqualTo(index);

      capture.start(_ -> recorder, CaptureLab.DEAF);
      sender.number(0, 100);
      capture.stop();
      capture.await();

      assertThat(capture.counters().seenByInterface()).isEqualTo(100);
    }
    assertThat(recorder.seen()).hasSize(100).allMatch(one -> one.interfaceIndex() == index);
    assertThat(Files.readSymbolicLink(OWN)).isEqualTo(before);
  }

  @Test
  void hearsOfItsInterfaces() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    try (Capture capture = Capture.open(CaptureLab.options().withNamespace(path()))) {
      capture.start(_ -> _ -> {}, event -> events.add(event.name()));
      lab.near().down();
      await().atMost(CaptureLab.PATIENCE).until(() -> events.contains("near0"));
    }
  }

  @Test
  void saysWhatIsNoNamespace() throws IOException {
    Path before = Files.readSymbolicLink(OWN);

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> Capture.open(CaptureLab.options().withNamespace("/nowhere")))
        .withMessageContaining("/nowhere");
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> Capture.open(CaptureLab.options().withNamespace("/proc/self/stat")))
        .withMessageContaining("/proc/self/stat");
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> Capture.open(CaptureLab.options().withNamespace("/proc/self/ns/net")))
        .withMessageContaining("near0");

    assertThat(Files.readSymbolicLink(OWN)).isEqualTo(before);
  }
}
