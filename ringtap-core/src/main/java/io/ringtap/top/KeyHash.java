package io.ringtap.top;

import java.util.random.RandomGenerator;

/// Hashes keys of a fixed number of words with random secret multipliers, so that a sender cannot
/// choose packets whose keys collide.
///
/// Before the last step it is the multilinear family: with secret random multipliers, two different
/// keys agree in the upper half of the sum with probability 2⁻³², whatever they are (D. Lemire and
/// O. Kaser, "Strongly universal string hashing is fast", 2014). The last step is a bijection. It
/// scatters similar keys, such as the addresses of a prefix, which the sums alone would leave in
/// runs that slow down linear probing.
public final class KeyHash {
  private final long[] multipliers; // two for each word, and the constant term

  /// Generates the secret multipliers.
  ///
  /// @param words of each key, 1 or more
  /// @param secret the source of the multipliers
  public KeyHash(int words, RandomGenerator secret) {
    multipliers = secret.longs(2L * words + 1).toArray();
  }

  /// How many words its keys have.
  public int words() {
    return multipliers.length / 2;
  }

  long of(long[] key) {
    long sum = multipliers[multipliers.length - 1];
    for (int i = 0; 2 * i + 1 < multipliers.length; i++) {
      long word = key[i];
      sum += multipliers[2 * i] * (word & 0xFFFF_FFFFL) + multipliers[2 * i + 1] * (word >>> 32);
    }
    // Each step is invertible: the well-mixed upper half moves down and is spread over all bits.
    long mixed = (sum ^ sum >>> 32) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }
}
