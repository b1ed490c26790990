package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KernelRandomTest {
  private final KernelRandom random = new KernelRandom();

  @Test
  void drawsAnotherNumberEachTime() {
    assertThat(LongStream.generate(random::nextLong).limit(1000).distinct().count())
        .isEqualTo(1000);
  }

  @Test
  void drawsEachBit() {
    long[] drawn = LongStream.generate(random::nextLong).limit(100).toArray();
    assertThat(LongStream.of(drawn).reduce(0, (a, b) -> a | b)).isEqualTo(-1);
    assertThat(LongStream.of(drawn).reduce(-1, (a, b) -> a & b)).isZero();
  }

  @Test
  void staysWithinABound() {
    assertThat(IntStream.generate(() -> random.nextInt(1, 7)).limit(1000))
        .allMatch(number -> number >= 1 && number < 7)
        .contains(1, 2, 3, 4, 5, 6);
  }
}
