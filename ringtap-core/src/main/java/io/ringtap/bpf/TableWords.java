package io.ringtap.bpf;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A [LookupTable] as one row of words, for a program that may only read memory by bounded steps. A
/// look-up in a set of random addresses reads one word or two; in any set, however many ranges
/// there are, at most some ten. Immutable.
///
/// A *reference* is a word that says what all numbers of a span lead to:
///
/// ```
/// 31 30 29 28    24 23                        0
/// ┌─┬──┬──┬────────┬───────────────────────────┐
/// │0│ 0│ state                                 │  all to this state
/// ├─┼──┼──┼────────┼───────────────────────────┤
/// │0│ 1│ L│        │ offset in units           │  a run: look for the number among its keys
/// ├─┼──┼──┼────────┼───────────────────────────┤
/// │1│  │  │ shift  │ offset in units           │  a block of cells, one for each part of the span
/// └─┴──┴──┴────────┴───────────────────────────┘
/// ```
///
/// - The row begins with a reference for each state, so that a look-up in any state begins there;
///   [LookupTable#NO] and [LookupTable#YES] lead to themselves.
/// - A block divides its span into 256 parts, or that of a large set into 65 536. Which one a
///   number is in is the number shifted right by the reference's shift, and then its low 8 bits; of
///   the first block all bits that are left.
/// - A run has 4 words, or 16 if it is long (L). The first is the offset in bytes of the states,
///   the others are keys in ascending order, filled up with 2³²-1. As many keys as are less than
///   the number, at that place among the states is its own.
///
/// A *cell* has 64 bits, and where it can, all that is to know of its part, so that nothing more is
/// read. The keys are in the order of their bits, of the low 16 bits of numbers:
///
/// ```
/// 63      48 47      32 31      16 15    6 5   2 1  0
/// ┌─────────┬──────────┬──────────┬───────┬─────┬────┐
/// │ key     │ key      │ key      │                0 S│  S, or the other one of NO and YES if an odd
/// │         │          │          │                   │  number of keys are less than the number
/// ├─────────┴──────────┼──────────┼───────────────┬───┤
/// │ reference          │          │               │ 2 │  as the reference says
/// ├─────────┬──────────┼──────────┼───────┬─────┬─┴───┤
/// │ key     │ key      │ key      │       │shift│  3  │  YES if the low 16 bits of the number, shifted
/// │         │          │          │       │     │     │  right, are one of the keys
/// └─────────┴──────────┴──────────┴───────┴─────┴─────┘
/// ```
public final class TableWords {
  /// The reference is that of a block.
  public static final int BLOCK = 1 << 31;

  /// The reference is that of a run.
  public static final int RUN = 1 << 30;

  /// The run has [#LONG_WORDS].
  public static final int LONG = 1 << 29;

  /// Where in the reference of a block its shift begins.
  public static final int SHIFT_AT = 24;

  /// The bits of a reference that are an offset, in [#UNIT_BYTES].
  public static final int OFFSET = (1 << SHIFT_AT) - 1;

  /// Blocks and runs begin at multiples of this.
  public static final int UNIT_BYTES = 16;

  /// Words of a run.
  public static final int SHORT_WORDS = 4;

  /// Words of a long run.
  public static final int LONG_WORDS = 16;

  /// Bits that a block divides by, but for the first one of a large set.
  public static final int BLOCK_BITS = 8;

  /// The low bits of a cell that say its kind.
  public static final int KIND = 3;

  /// The kind of a cell with a reference in its upper half.
  public static final int REFERENCE = 2;

  /// The kind of a cell with equal parts that are in the set.
  public static final int EQUAL = 3;

  /// Where in a cell of the kind [#EQUAL] the shift begins, of 4 bits.
  public static final int EQUAL_SHIFT_AT = 2;

  /// Bits of a key in a cell.
  public static final int KEY_BITS = 16;

  /// Keys in a cell.
  public static final int KEYS = 3;

  static final int KEY_MASK = (1 << KEY_BITS) - 1;

  static final int CELL_WORDS = 2;
  static final int UNIT_WORDS = UNIT_BYTES / Integer.BYTES;

  private final int[] words;
  private final int size;
  private final int[] levels; // by state

  /// @param words of which the first `size` count
  /// @param levels how many blocks a look-up may go through, by state
  TableWords(int[] words, int size, int[] levels) {
    this.words = words;
    this.size = size;
    this.levels = levels;
  }

  /// The words of a table; null if they would be more than a reference reaches, 256 MiB. They are
  /// made once for each table.
  public static @Nullable TableWords of(LookupTable table) {
    return table.words();
  }

  /// The words.
  public IntBuffer words() {
    return IntBuffer.wrap(words, 0, size).slice().asReadOnlyBuffer();
  }

  /// How many bytes they are.
  public int bytes() {
    return size * Integer.BYTES;
  }

  /// How many states there are, [LookupTable#NO] and [LookupTable#YES] among them.
  public int states() {
    return levels.length;
  }

  /// The reference that a look-up begins with.
  ///
  /// @param state one of [#states]
  public int root(int state) {
    return words[state];
  }

  /// How many blocks a look-up may go through, one after the other.
  ///
  /// @param state one of [#states]
  public int levels(int state) {
    return levels[state];
  }

  /// The same for any state.
  public int mostLevels() {
    return Arrays.stream(levels).max().orElse(0);
  }

  /// Looks a number up, with the same result as [LookupTable#lookUp].
  public int lookUp(int number, int state) {
    int reference = state >= 0 && state < levels.length ? words[state] : LookupTable.NO;
    int bits = -1; // that a block divides by: all that are left, at first
    while ((reference & BLOCK) != 0) {
      int part = (number >>> (reference >>> SHIFT_AT)) & bits;
      int cell = (reference & OFFSET) * UNIT_WORDS + part * CELL_WORDS;
      int low = words[cell];
      int high = words[cell + 1];
      if ((low & KIND) != REFERENCE) {
        return inCell(low, high, number & KEY_MASK);
      }
      reference = high;
      bits = (1 << BLOCK_BITS) - 1;
    }
    return (reference & RUN) == 0 ? reference : inRun(reference, number);
  }

  private static int inCell(int low, int high, int number) {
    int first = low >>> KEY_BITS;
    int second = high & KEY_MASK;
    int third = high >>> KEY_BITS;
    if ((low & KIND) == EQUAL) {
      int part = number >>> ((low >>> EQUAL_SHIFT_AT) & 0xf);
      return first == part || second == part || third == part ? LookupTable.YES : LookupTable.NO;
    }
    // The sign of a difference says whether a key is less.
    int less = ((first - number) >>> 31) ^ ((second - number) >>> 31) ^ ((third - number) >>> 31);
    return (low ^ less) & 1;
  }

  private int inRun(int reference, int number) {
    int run = (reference & OFFSET) * UNIT_WORDS;
    int less = 0;
    for (int step = (reference & LONG) == 0 ? SHORT_WORDS / 2 : LONG_WORDS / 2;
        step > 0;
        step /= 2) {
      less += Integer.compareUnsigned(words[run + less + step], number) < 0 ? step : 0;
    }
    return words[words[run] / Integer.BYTES + less];
  }
}
