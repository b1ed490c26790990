package io.ringtap.sweep.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @Test
  void hasEachNumberOnceForEverySizeUpToTwoThousand() {
    for (int size = 1; size <= 2000; size++) {
      assertThat(numbers(new Permutation(size, size * 31L)).cardinality()).isEqualTo(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, (1 << 20) + 7, (1 << 22) - 1})
  void hasEachNumberOnceForLargerSizes(int size) {
    assertThat(numbers(new Permutation(size, 1)).cardinality()).isEqualTo(size);
  }

  /// All numbers of a permutation; fails on one that is out of range.
  private static BitSet numbers(Permutation permutation) {
    BitSet seen = new BitSet();
    for (long position = 0; position < permutation.size(); position++) {
      long number = permutation.at(position);
      if (number < 0 || number >= permutation.size()) {
        throw new AssertionError(number + " at " + position + " of " + permutation.size());
      }
      seen.set((int) number);
    }
    return seen;
  }

  @Randomized
  void hasEachNumberOnceForAnySeed() {
    Property.forAll(random -> {
      int size = random.nextInt(1, 5000);
      assertThat(numbers(new Permutation(size, random.nextLong())).cardinality()).isEqualTo(size);
    });
  }

  @Test
  void isAnotherOneForAnotherSeedAndTheSameForTheSame() {
    Permutation one = new Permutation(1 << 16, 1);
    Permutation same = new Permutation(1 << 16, 1);
    Permutation other = new Permutation(1 << 16, 2);

    int agreeing = 0;
    for (int position = 0; position < 1 << 16; position++) {
      assertThat(one.at(position)).isEqualTo(same.at(position));
      agreeing += one.at(position) == other.at(position) ? 1 : 0;
    }

    assertThat(agreeing).isLessThan(12); // of two random permutations 1 on average
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, 0xDFFF_FFFFL, (1L << 40) + 12_345, Permutation.MAX_SIZE})
  void spreadsAnyRunOfPositionsOverAllNumbers(long size) {
    Permutation permutation = new Permutation(size, 42);
    int buckets = 256;
    int samples = 1 << 18;
    long[] counts = new long[buckets];
    long first = size / 3;

    for (int i = 0; i < samples; i++) {
      counts[(int) (permutation.at(first + i) / (size / buckets + 1))]++;
    }

    assertThat(chiSquare(counts, samples)).isBetween(150.0, 400.0); // 255 ± 23 for random numbers
  }

  @Test
  void spreadsTheDistancesBetweenNeighborsToo() {
    Permutation permutation = new Permutation(1L << 32, 7);
    int buckets = 256;
    int samples = 1 << 18;
    long[] counts = new long[buckets];

    for (int i = 0; i < samples; i++) {
      long distance = permutation.at(i + 1) - permutation.at(i);
      counts[(int) ((distance & 0xFFFF_FFFFL) >>> 24)]++;
    }

    assertThat(chiSquare(counts, samples)).isBetween(150.0, 400.0);
  }

  private static double chiSquare(long[] counts, int samples) {
    double expected = (double) samples / counts.length;
    double sum = 0;
    for (long count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Permutation.MAX_SIZE + 1})
  void refusesSizesOutOfRange(long size) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutation(size, 0));
  }
}
