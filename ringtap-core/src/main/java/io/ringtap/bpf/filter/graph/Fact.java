package io.ringtap.bpf.filter.graph;

import io.ringtap.bpf.filter.graph.Decision.Test;
import java.util.Arrays;

/// What is known of a term: the range it is in, which bits are set or clear, and some numbers that
/// it is not. Immutable.
///
/// @param low the least that it may be, without a sign
/// @param high the most that it may be, without a sign
/// @param ones bits that are set
/// @param zeros bits that are clear
/// @param excluded numbers that it is not, each also within the range
record Fact(Term term, int low, int high, int ones, int zeros, int[] excluded) {
  private static final int MOST_EXCLUDED = 24;
  private static final int[] NOTHING = new int[0];

  /// All that is known of a term by what it is made of.
  static Fact of(Term term) {
    return new Fact(term, 0, term.bits, 0, ~term.bits, NOTHING);
  }

  boolean isKnown() {
    return low == high;
  }

  /// How a test comes out.
  enum Outcome {
    YES,
    NO,
    OPEN
  }

  /// Whether a relation with `k` holds.
  Outcome decide(Test test, int k) {
    if (isKnown()) {
      return DecisionTable.holds(test, low, k) ? Outcome.YES : Outcome.NO;
    }
    boolean holds = false;
    boolean fails = false;
    switch (test) {
      case EQUAL -> fails = excludes(k);
      case AT_LEAST -> {
        holds = !isBelow(low, k);
        fails = isBelow(high, k);
      }
      case ANY_BIT -> {
        holds = (ones & k) != 0;
        fails = (k & ~zeros) == 0;
      }
    }
    return holds ? Outcome.YES : fails ? Outcome.NO : Outcome.OPEN;
  }

  private boolean excludes(int k) {
    return isBelow(k, low)
        || isBelow(high, k)
        || (k & zeros) != 0
        || (~k & ones) != 0
        || contains(excluded, k);
  }

  /// This with the outcome of a test.
  Fact learn(Test test, int k, boolean holds) {
    return switch (test) {
      case EQUAL -> holds ? with(k, k, k, ~k) : without(k);
      case AT_LEAST -> holds ? with(largest(low, k), high, ones, zeros) : with(low, least(high, k - 1), ones, zeros);
      case ANY_BIT -> {
        if (!holds) {
          yield with(low, high, ones, zeros | k);
        }
        yield Integer.bitCount(k & ~zeros) == 1
            ? with(low, high, ones | k & ~zeros, zeros)
            : without(0);
      }
    };
  }

  /// This and what follows from another fact about the same number.
  Fact and(Fact other) {
    return with(
        largest(low, other.low), least(high, other.high), ones | other.ones, zeros | other.zeros);
  }

  private Fact with(int newLow, int newHigh, int newOnes, int newZeros) {
    int lowest = largest(newLow, newOnes); // a number is at least its bits
    int highest = least(newHigh, ~newZeros);
    if (isBelow(highest, lowest)) { // cannot be: the place that would know this is never reached
      return this;
    }
    return lowest == highest
        ? new Fact(term, lowest, lowest, lowest, ~lowest, NOTHING)
        : new Fact(term, lowest, highest, newOnes, newZeros, excluded);
  }

  private Fact without(int k) {
    if (k == low) {
      return with(low + 1, high, ones, zeros);
    }
    if (k == high) {
      return with(low, high - 1, ones, zeros);
    }
    if (excluded.length == MOST_EXCLUDED || excludes(k)) {
      return this;
    }
    int[] more = new int[excluded.length + 1];
    System.arraycopy(excluded, 0, more, 0, excluded.length);
    more[excluded.length] = k;
    return new Fact(term, low, high, ones, zeros, more);
  }

  /// What holds if either this or `other` does.
  Fact or(Fact other) {
    int[] neither = NOTHING;
    int count = 0;
    int most = excluded.length + other.excluded.length;
    if (most > 0) {
      int[] found = new int[most];
      for (int k : excluded) {
        if (other.excludes(k)) {
          found[count++] = k;
        }
      }
      for (int k : other.excluded) {
        if (!contains(excluded, k) && excludes(k)) {
          found[count++] = k;
        }
      }
      neither = count == 0 ? NOTHING : Arrays.copyOf(found, Math.min(count, MOST_EXCLUDED));
    }
    return new Fact(
        term,
        least(low, other.low),
        largest(high, other.high),
        ones & other.ones,
        zeros & other.zeros,
        neither);
  }

  /// Whether it says no more than the term itself.
  boolean isEmpty() {
    return low == 0
        && high == term.bits
        && ones == 0
        && zeros == ~term.bits
        && excluded.length == 0;
  }

  private static boolean contains(int[] numbers, int k) {
    for (int number : numbers) {
      if (number == k) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(int one, int other) {
    return Integer.compareUnsigned(one, other) < 0;
  }

  private static int least(int one, int other) {
    return isBelow(one, other) ? one : other;
  }

  private static int largest(int one, int other) {
    return isBelow(one, other) ? other : one;
  }
}
