package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NthLargestTest {
  private final NthLargest nthLargest = new NthLargest();

  @Test
  void agreesWithSortingForEveryRank() {
    Random random = new Random(1);
    for (int bits = 1; bits < 64; bits++) {
      long[] values = new long[40];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextLong() >>> (64 - bits);
      }
      long[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int rank = 1; rank <= values.length; rank++) {
        assertThat(nthLargest.of(values, values.length, rank))
            .isEqualTo(sorted[values.length - rank]);
      }
    }
  }

  @Test
  void findsTheOnlyValueThereIs() {
    long[] values = {7, 7, 7, 7};

    assertThat(nthLargest.of(values, 4, 1)).isEqualTo(7);
    assertThat(nthLargest.of(values, 4, 4)).isEqualTo(7);
  }

  @Test
  void looksAtTheFirstValuesAlone() {
    long[] values = {3, 0, Long.MAX_VALUE};

    assertThat(nthLargest.of(values, 2, 1)).isEqualTo(3);
    assertThat(nthLargest.of(values, 2, 2)).isZero();
    assertThat(nthLargest.of(values, 3, 1)).isEqualTo(Long.MAX_VALUE);
  }
}
