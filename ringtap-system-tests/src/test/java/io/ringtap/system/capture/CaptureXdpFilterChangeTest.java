package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.filter.FilterException;
import io.ringtap.system.capture.CaptureLab.Recorder;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The filter of a capture by XDP is replaced while frames come.
@RequiresRoot
class CaptureXdpFilterChangeTest extends CaptureXdpLab {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void judgesWhatWaitsByTheNewFilter(boolean isStealing) throws Exception {
    CaptureOptions options = options(isStealing).withFilter("udp src port 1024");
    try (Capture capture = lab.open(options)) {
      sender.number(0, 100, 60, 2); // half of them match, and wait
      awaitOffered(capture, 50);

      assertThatThrownBy(() -> capture.replaceFilter(CaptureFilter.expression("outbound")))
          .isInstanceOf(FilterException.class);
      capture.replaceFilter(CaptureFilter.expression("udp src port 1025 or len = 70"));

      sender.number(100, 100, 60, 2); // the other half matches
      sender.number(200, 10, 70, 2); // all of them
      Recorder recorder = new Recorder();
      capture.start(recorder);
      awaitCaptured(capture, 60);
      capture.stop();
      capture.await();
      assertThat(numbers(recorder))
          .isEqualTo(
              LongStream.range(100, 210).filter(i -> i >= 200 || i % 2 == 1).boxed().toList());
      CaptureCounters counters = capture.counters();
      assertThat(counters.rejectedInUserSpace()).isEqualTo(50);
      assertThat(counters.offered()).isEqualTo(60);
    }
  }

  /// What passes both filters is never lost while they take turns.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesNothingWhileFiltersTakeTurns(boolean isStealing) throws Exception {
    int frames = 40_000;
    CaptureFilter narrow = CaptureFilter.expression("udp src port 1024");
    CaptureOptions options = options(isStealing).withBuffer(128 << 20).withFilter(narrow);
    List<Long> seen = new ArrayList<>();
    try (Capture capture = lab.open(options)) {
      capture.start(packet -> seen.add(CaptureLab.sequence(packet)));
      Thread sending =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  sender.number(0, frames, 60, 2);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 0; i < 20 || sending.isAlive(); i++) {
        capture.replaceFilter(i % 2 == 0 ? null : narrow);
      }
      sending.join();
      capture.replaceFilter(narrow);
      Eventually.await("what waits", () -> capture.counters().waiting() == 0);
      capture.stop();
      capture.await();
      assertThat(capture.counters().droppedByKernel()).isZero();
    }
    assertThat(seen.stream().filter(number -> number % 2 == 0).toList())
        .isEqualTo(LongStream.range(0, frames).filter(i -> i % 2 == 0).boxed().toList());
  }
}
