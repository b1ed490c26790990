package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  private static final int SLOTS = 1 << 14;

  @Test
  void dependsOnEveryBitOfEveryWord() {
    KeyHash hash = new KeyHash(5, new SplittableRandom(1));
    Set<Long> seen = new HashSet<>();

    seen.add(hash.of(new long[5]));
    for (int bit = 0; bit < 5 * 64; bit++) {
      long[] key = new long[5];
      key[bit / 64] = 1L << bit;
      seen.add(hash.of(key));
    }

    assertThat(seen).hasSize(1 + 5 * 64);
  }

  @Test
  void dependsOnItsSecret() {
    long[] key = {1, 2, 3};

    assertThat(new KeyHash(3, new SplittableRandom(1)).of(key))
        .isNotEqualTo(new KeyHash(3, new SplittableRandom(2)).of(key));
  }

  @Test
  void scattersTheAddressesOfAPrefix() {
    for (int secret = 0; secret < 50; secret++) {
      KeyHash hash = new KeyHash(3, new SplittableRandom(secret));
      Set<Integer> slots = new HashSet<>();
      for (long address = 0; address < SLOTS; address++) {
        slots.add((int) hash.of(new long[] {4, 0, 0x0A00_0000L + address}) & (SLOTS - 1));
      }

      // A random function hits a share of 1 - 1/e.
      assertThat(slots.size()).isBetween(SLOTS * 60 / 100, SLOTS * 66 / 100);
    }
  }
}
