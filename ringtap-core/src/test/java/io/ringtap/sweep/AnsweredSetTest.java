package io.ringtap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.sweep.SweepAnswer.Novelty;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredSetTest {
  private static final int SPAN = 1001;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 16})
  void recognizesEveryDuplicateWithABitForEachProbe(int attempts) {
    AnsweredSet answered = new AnsweredSet(SPAN, attempts, 1 << 20, arena);
    Map<Long, Integer> expected = new HashMap<>(); // the bits of each target
    Random random = new Random(attempts);
    assertThat(answered.isExact()).isTrue();

    for (int i = 0; i < 20_000; i++) {
      long index = random.nextInt(SPAN);
      int attempt = random.nextInt(attempts);
      int known = expected.getOrDefault(index, 0);

      assertThat(answered.contains(index)).isEqualTo(known != 0);
      assertThat(answered.mark(index, attempt)).isEqualTo(novelty(known, attempt));

      expected.put(index, known | 1 << attempt);
    }
    assertThat(answered.forgotten()).isZero();
  }

  private static Novelty novelty(int known, int attempt) {
    if (known == 0) {
      return Novelty.FIRST;
    }
    return (known & 1 << attempt) != 0 ? Novelty.DUPLICATE : Novelty.REPEAT;
  }

  @Test
  void neverTakesAFirstAnswerForASecondOneWhenMemoryIsScarce() {
    long span = 1L << 40;
    AnsweredSet answered = new AnsweredSet(span, 2, 1 << 16, arena);
    assertThat(answered.isExact()).isFalse();
    Random random = new Random(14);

    long firsts = 0;
    for (int i = 0; i < 50_000; i++) {
      firsts += answered.mark(random.nextLong(span), 0) == Novelty.FIRST ? 1 : 0;
    }

    assertThat(firsts).isEqualTo(50_000); // none of these numbers occurs twice
    int places = (1 << 16) / Long.BYTES;
    assertThat(answered.forgotten()).isEqualTo(50_000 - places);
  }

  @Test
  void remembersTheLatestWhenMemoryIsScarce() {
    AnsweredSet answered = new AnsweredSet(1L << 40, 2, 1 << 16, arena);
    for (long index = 0; index < 100_000; index++) {
      assertThat(answered.mark(index, 1)).isEqualTo(Novelty.FIRST);

      assertThat(answered.contains(index)).isTrue();
      assertThat(answered.mark(index, 0)).isEqualTo(Novelty.REPEAT);
      assertThat(answered.mark(index, 1)).isEqualTo(Novelty.DUPLICATE);
    }
  }
}
