package io.ringtap.filter.graph;

import io.ringtap.filter.graph.Decision.Test;
import java.util.Arrays;

/// What is known of a term: the range it is in, which bits are set or clear, and either the few
/// numbers that it may be or some that it is not. Immutable.
final class Fact {
  private static final int MOST_EXCLUDED = 24;
  private static final int MOST_POSSIBLE = 8;
  private static final int[] NOTHING = new int[0];

  private final Term term;

  /// The term's, at hand for those that look for it.
  final int id;

  private final int low;
  private final int high;
  private final int ones;
  private final int zeros;
  private final int[] listed;
  private final boolean isOneOf;

  /// @param low the least that it may be, without a sign
  /// @param high the most that it may be, without a sign
  /// @param ones bits that are set
  /// @param zeros bits that are clear
  /// @param listed numbers within the range
  /// @param isOneOf whether it is one of those listed; otherwise it is not one of them
  private Fact(Term term, int low, int high, int ones, int zeros, int[] listed, boolean isOneOf) {
    this.term = term;
    this.id = term.id;
    this.low = low;
    this.high = high;
    this.ones = ones;
    this.zeros = zeros;
    this.listed = listed;
    this.isOneOf = isOneOf;
  }

  Term term() {
    return term;
  }

  int low() {
    return low;
  }

  int high() {
    return high;
  }

  int ones() {
    return ones;
  }

  int zeros() {
    return zeros;
  }

  boolean isOneOf() {
    return isOneOf;
  }

  Fact(Term term, int low, int high, int ones, int zeros) {
    this(term, low, high, ones, zeros, NOTHING, false);
  }

  private static Fact exactly(Term term, int k) {
    return new Fact(term, k, k, k, ~k, new int[] {k}, true);
  }

  /// All that is known of a term by what it is made of.
  static Fact of(Term term) {
    Fact made = term.nothingKnown;
    if (made == null) {
      made = new Fact(term, 0, term.bits, 0, ~term.bits);
      term.nothingKnown = made;
    }
    return made;
  }

  boolean isKnown() {
    return low == high;
  }

  /// How a test comes out.
  enum Outcome {
    YES,
    NO,
    OPEN;

    Outcome opposite() {
      return switch (this) {
        case YES -> NO;
        case NO -> YES;
        case OPEN -> OPEN;
      };
    }
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
        || contains(listed, k) != isOneOf;
  }

  /// This with the outcome of a test.
  Fact learn(Test test, int k, boolean holds) {
    return switch (test) {
      case EQUAL -> holds ? with(k, k, k, ~k) : without(k);
      case AT_LEAST ->
          holds
              ? with(largest(low, k), high, ones, zeros)
              : with(low, least(high, k - 1), ones, zeros);
      case ANY_BIT -> {
        if (!holds) {
          yield with(low, high, ones, zeros | k);
        }
        yield Integer.bitCount(k & ~zeros) == 1
            ? with(low, high, ones | (k & ~zeros), zeros)
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
    if (lowest == highest) {
      return exactly(term, lowest);
    }
    Fact narrowed = new Fact(term, lowest, highest, newOnes, newZeros, listed, isOneOf);
    return isOneOf ? narrowed.possible() : narrowed;
  }

  /// This without the numbers listed that are not possible any more.
  private Fact possible() {
    int count = 0;
    int[] left = new int[listed.length];
    for (int k : listed) {
      if (!excludes(k)) {
        left[count++] = k;
      }
    }
    return count == 0 ? this : oneOf(term, left, count);
  }

  private static Fact oneOf(Term term, int[] numbers, int count) {
    if (count == 1) {
      return exactly(term, numbers[0]);
    }
    int lowest = numbers[0];
    int highest = numbers[0];
    int allOnes = -1;
    int allZeros = -1;
    for (int i = 0; i < count; i++) {
      lowest = least(lowest, numbers[i]);
      highest = largest(highest, numbers[i]);
      allOnes &= numbers[i];
      allZeros &= ~numbers[i];
    }
    return new Fact(term, lowest, highest, allOnes, allZeros, Arrays.copyOf(numbers, count), true);
  }

  private Fact without(int k) {
    if (excludes(k)) {
      return this;
    }
    if (isOneOf) {
      int count = 0;
      int[] left = new int[listed.length];
      for (int number : listed) {
        if (number != k) {
          left[count++] = number;
        }
      }
      return count == 0 ? this : oneOf(term, left, count);
    }
    if (k == low) {
      return with(low + 1, high, ones, zeros);
    }
    if (k == high) {
      return with(low, high - 1, ones, zeros);
    }
    if (listed.length == MOST_EXCLUDED) {
      return this;
    }
    int[] more = Arrays.copyOf(listed, listed.length + 1);
    more[listed.length] = k;
    return new Fact(term, low, high, ones, zeros, more, false);
  }

  /// What holds if either this or `other` does.
  Fact or(Fact other) {
    int[] found =
        listed.length + other.listed.length == 0
            ? NOTHING
            : new int[listed.length + other.listed.length];
    int count = 0;
    if (isOneOf && other.isOneOf) {
      for (int k : listed) {
        found[count++] = k;
      }
      for (int k : other.listed) {
        if (!contains(listed, k)) {
          found[count++] = k;
        }
      }
      if (count <= MOST_POSSIBLE) {
        return oneOf(term, found, count);
      }
      count = 0;
    } else {
      if (!isOneOf) {
        for (int k : listed) {
          if (other.excludes(k)) {
            found[count++] = k;
          }
        }
      }
      if (!other.isOneOf) {
        for (int k : other.listed) {
          if ((isOneOf || !contains(listed, k)) && excludes(k)) {
            found[count++] = k;
          }
        }
      }
    }
    return new Fact(
        term,
        least(low, other.low),
        largest(high, other.high),
        ones & other.ones,
        zeros & other.zeros,
        count == 0 ? NOTHING : Arrays.copyOf(found, Math.min(count, MOST_EXCLUDED)),
        false);
  }

  /// Whether it says no more than the term itself.
  boolean isEmpty() {
    return low == 0 && high == term.bits && ones == 0 && zeros == ~term.bits && listed.length == 0;
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
