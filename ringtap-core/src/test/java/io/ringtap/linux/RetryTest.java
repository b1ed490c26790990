package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.Errno;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  @Test
  void repeatsWhileASignalInterrupts() {
    int interrupted = -Errno.EINTR.number();
    Deque<Integer> results = new ArrayDeque<>(List.of(interrupted, interrupted, 7, 8));

    int result = Retry.whileInterrupted(results::remove);

    assertThat(result).isEqualTo(7);
    assertThat(results).containsExactly(8);
  }

  @Test
  void returnsAnyOtherErrorAsItIs() {
    int again = -Errno.EAGAIN.number();
    Deque<Integer> results = new ArrayDeque<>(List.of(again, 7));

    int result = Retry.whileInterrupted(results::remove);

    assertThat(result).isEqualTo(again);
  }
}
