package io.ringtap.bpf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets of numbers that a program may ask for, of any size: a look-up takes time that grows with
/// the logarithm of a set, and no memory. The kernel's classic BPF has nothing like it: a program
/// that looks something up ([BpfOpcode#BPF_LOOKUP]) runs in user space, or as eBPF with the
/// [TableWords] of the table. Immutable.
///
/// A look-up begins in a state, takes a number of 32 bits, and returns a state: [#NO], [#YES], or
/// another one, with which the look-up of the next 32 bits of a longer number begins.
public final class LookupTable {
  /// The number is in no range, and what follows does not matter.
  public static final int NO = 0;

  /// The number is in a range, and what follows does not matter.
  public static final int YES = 1;

  /// The table without sets.
  public static final LookupTable EMPTY = new LookupTable(new Builder());

  /// The state of the first set; those of the others follow.
  static final int FIRST_NODE = YES + 1;

  private static final int SIGN = Integer.MIN_VALUE; // makes unsigned numbers compare as signed

  /// Where the ranges of each node begin; after the last node, where they end.
  private final int[] begins;

  // Of each range. The first two are in the order of unsigned numbers, with the sign turned over.
  private final int[] lows;
  private final int[] highs;
  private final int[] states;

  private @Nullable TableWords words; // once they are asked for; guarded by this
  private boolean hasWords; // guarded by this

  private LookupTable(Builder builder) {
    begins = toArray(builder.begins);
    lows = toArray(builder.lows);
    highs = toArray(builder.highs);
    states = toArray(builder.states);
  }

  private static int[] toArray(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /// A range of unsigned numbers.
  ///
  /// @param low the least
  /// @param high the greatest
  /// @param state what a look-up of one of them gives
  public record Range(int low, int high, int state) {}

  /// Collects sets.
  public static final class Builder {
    private final List<Integer> begins = new ArrayList<>(List.of(0));
    private final List<Integer> lows = new ArrayList<>();
    private final List<Integer> highs = new ArrayList<>();
    private final List<Integer> states = new ArrayList<>();

    /// A builder without sets.
    public Builder() {}

    /// Adds a set.
    ///
    /// @param ranges in ascending order, without overlaps
    /// @return the state in which a look-up in it begins
    public int add(List<Range> ranges) {
      for (Range range : ranges) {
        lows.add(range.low ^ SIGN);
        highs.add(range.high ^ SIGN);
        states.add(range.state);
      }
      begins.add(lows.size());
      return FIRST_NODE + begins.size() - 2;
    }

    /// The table of what was added.
    public LookupTable build() {
      return lows.isEmpty() && begins.size() == 1 ? EMPTY : new LookupTable(this);
    }
  }

  /// Whether there are no sets.
  public boolean isEmpty() {
    return begins.length == 1;
  }

  /// The words of the table; null if they would be too many.
  synchronized @Nullable TableWords words() {
    if (!hasWords) {
      words = TableWriter.write(this);
      hasWords = true;
    }
    return words;
  }

  /// How many sets there are, which begin in the states from [#FIRST_NODE] on.
  int nodes() {
    return begins.length - 1;
  }

  /// The ranges of a set.
  ///
  /// @param node its number, from 0
  Range[] rangesOf(int node) {
    Range[] ranges = new Range[begins[node + 1] - begins[node]];
    for (int i = 0; i < ranges.length; i++) {
      int at = begins[node] + i;
      ranges[i] = new Range(lows[at] ^ SIGN, highs[at] ^ SIGN, states[at]);
    }
    return ranges;
  }

  /// Looks a number up.
  ///
  /// @param state where the look-up is
  /// @return the next state; [#NO] too for a state that does not exist
  public int lookUp(int number, int state) {
    int node = state - FIRST_NODE;
    if (node < 0 || node >= begins.length - 1) {
      return state == YES ? YES : NO;
    }
    int wanted = number ^ SIGN;
    int at = Arrays.binarySearch(lows, begins[node], begins[node + 1], wanted);
    int range = at >= 0 ? at : -at - 2; // the last that begins before the number
    return range >= begins[node] && wanted <= highs[range] ? states[range] : NO;
  }
}
