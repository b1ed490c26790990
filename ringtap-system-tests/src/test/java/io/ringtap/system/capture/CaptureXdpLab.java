package io.ringtap.system.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLab.Recorder;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of captures by XDP share: a cable, who sends at its far end, and what they ask of the
/// end that is captured.
abstract class CaptureXdpLab {
  CaptureLab lab;
  FrameSender sender;

  @BeforeEach
  void makeLab() throws IOException {
    lab = CaptureLab.create();
    sender = FrameSender.on(lab.far());
  }

  @AfterEach
  void removeLab() {
    try (CaptureLab _ = lab) {
      if (sender != null) {
        sender.close();
      }
    }
  }

  static CaptureOptions options(boolean isStealing) {
    return CaptureOptions.on("near0")
        .withMode(CaptureMode.XDP)
        .withStealing(isStealing)
        .withBuffer(4 << 20);
  }

  /// Frames that the host's stack has seen: they are addressed to another host.
  final long seenByHost() throws IOException {
    return lab.near().counters().rxOtherHost();
  }

  static void awaitCaptured(Capture capture, long count) {
    Eventually.await(count + " frames", () -> capture.counters().captured() >= count);
  }

  static void awaitOffered(Capture capture, long count) {
    Eventually.await(count + " frames to be offered", () -> capture.counters().offered() == count);
  }

  static List<Long> numbers(Recorder recorder) {
    return recorder.seen().stream()
        .map(seen -> {
          byte[] bytes = new byte[seen.frame().size()];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = seen.frame().get(i);
          }
          return ByteBuffer.wrap(bytes).getLong(FrameSender.SEQUENCE_OFFSET);
        })
        .toList();
  }
}
