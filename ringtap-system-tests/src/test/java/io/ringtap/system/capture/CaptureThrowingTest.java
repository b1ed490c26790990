package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureMode;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A handler that throws loses no packet from the account.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureThrowingTest {
  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void thePacketsShownUntilAHandlerThrowsAreCounted(CaptureMode mode) throws Exception {
    Requirement.root();
    int[] shown = {0};
    try (CaptureLab lab = CaptureLab.create();
        FrameSender sender = FrameSender.on(lab.far())) {
      Capture capture =
          lab.open(CaptureLab.options().withMode(mode).withRetire(Duration.ofMillis(200)));
      try (capture) {
        sender.number(0, 100);
        capture.start(
            _ ->
                _ -> {
                  if (++shown[0] == 10) {
                    throw new UnsupportedOperationException("no");
                  }
                },
            CaptureLab.DEAF);
        assertThatIllegalStateException().isThrownBy(capture::await);
        assertThat(capture.counters().captured()).isEqualTo(10);
        assertThat(capture.counters().waiting()).isEqualTo(90);
      }
      CaptureCounters closed = capture.counters();
      assertThat(shown[0]).isEqualTo(10);
      assertThat(closed.captured()).isEqualTo(10);
      assertThat(closed.discarded()).isEqualTo(90);
      assertThat(closed.offered()).isEqualTo(100);
    }
  }
}
