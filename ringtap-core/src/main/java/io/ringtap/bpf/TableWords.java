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

  private static final int KEY_MASK = (1 << KEY_BITS) - 1;

  /// The cell of a part of which nothing is in the set: no number has these keys once it is
  /// shifted.
  private static final long NO_PART = (-1L << KEY_BITS) | (15 << EQUAL_SHIFT_AT) | EQUAL;

  private static final int CELL_WORDS = 2;
  private static final int WIDE_BITS = 16;

  /// A set of this many ranges is large: a first block for it takes 512 kB, and saves a step.
  private static final int LARGE = 8192;

  private static final int UNIT_WORDS = UNIT_BYTES / Integer.BYTES;

  /// The most words: what a reference reaches.
  private static final int MOST_WORDS = (OFFSET + 1) * UNIT_WORDS;

  private static final int FIRST_WORDS = 1 << 12;

  private final int states;
  private final int[] levels; // by state
  private int[] words = new int[FIRST_WORDS];
  private int size;
  private int alternating; // offset in bytes of states that are NO and YES in turn

  // The node that is being written: where each of its intervals ends, and its state.
  private long[] ends = {};
  private int[] values = {};

  private TableWords(LookupTable table) {
    states = table.nodes() + LookupTable.FIRST_NODE;
    levels = new int[states];
    int _ = allocate(states);
    words[LookupTable.YES] = LookupTable.YES;
    alternating = allocate(LONG_WORDS + 1) * Integer.BYTES;
    for (int i = 0; i <= LONG_WORDS; i++) {
      words[alternating / Integer.BYTES + i] = i % 2 == 0 ? LookupTable.NO : LookupTable.YES;
    }
    for (int node = 0; node < table.nodes(); node++) {
      addNode(table.rangesOf(node), node + LookupTable.FIRST_NODE);
    }
    int _ = allocate(LONG_WORDS); // so that a step from any offset within stays within
  }

  /// The words of a table; null if they would be more than a reference reaches, 256 MiB. They are
  /// made once for each table.
  public static @Nullable TableWords of(LookupTable table) {
    return table.words();
  }

  /// Makes them.
  static @Nullable TableWords make(LookupTable table) {
    try {
      return new TableWords(table);
    } catch (TooLarge _) {
      return null;
    }
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super(null, null, false, false);
    }
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
    return states;
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
    int reference = state >= 0 && state < states ? words[state] : LookupTable.NO;
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

  /// @return the number of the first word
  private int allocate(int count) {
    int first = (size + UNIT_WORDS - 1) / UNIT_WORDS * UNIT_WORDS;
    if (first + count > MOST_WORDS) {
      throw new TooLarge();
    }
    if (first + count > words.length) {
      words = Arrays.copyOf(words, Math.max(words.length * 2, first + count));
    }
    size = first + count;
    return first;
  }

  private void addNode(LookupTable.Range[] ranges, int state) {
    int count = intervals(ranges);
    boolean isLarge = count >= 2 * LARGE;
    int shift = Integer.SIZE - (isLarge ? WIDE_BITS : BLOCK_BITS);
    Span whole = new Span(0, count - 1, 0, shift);
    int root = reference(whole, state, 1);
    words[state] = root;
  }

  /// Sets [#ends] and [#values]: neighbors differ in their state.
  private int intervals(LookupTable.Range[] ranges) {
    ends = new long[2 * ranges.length + 1];
    values = new int[ends.length];
    int count = 0;
    long next = 0;
    for (LookupTable.Range range : ranges) {
      long low = Integer.toUnsignedLong(range.low());
      count = low > next ? interval(count, low - 1, LookupTable.NO) : count;
      next = Integer.toUnsignedLong(range.high()) + 1;
      count = interval(count, next - 1, range.state());
    }
    return next < 1L << Integer.SIZE
        ? interval(count, (1L << Integer.SIZE) - 1, LookupTable.NO)
        : count;
  }

  private int interval(int count, long end, int value) {
    int at = count > 0 && values[count - 1] == value ? count - 1 : count;
    ends[at] = end;
    values[at] = value;
    return at + 1;
  }

  /// Numbers next to each other.
  ///
  /// @param first the interval that the first is in
  /// @param last the interval that the last is in
  /// @param low the first number
  /// @param shift what a number is shifted by, if a block is made of them
  private record Span(int first, int last, long low, int shift) {}

  private int reference(Span span, int state, int level) {
    int keys = span.last - span.first;
    if (keys == 0) {
      return values[span.first];
    }
    if (keys < LONG_WORDS) {
      return run(span, keys < SHORT_WORDS ? SHORT_WORDS : LONG_WORDS);
    }
    levels[state] = Math.max(levels[state], level);
    int parts =
        span.shift == Integer.SIZE - WIDE_BITS && level == 1 ? 1 << WIDE_BITS : 1 << BLOCK_BITS;
    int block = allocate(parts * CELL_WORDS);
    int first = span.first;
    for (int part = 0; part < parts; part++) {
      long low = span.low + ((long) part << span.shift);
      long end = low + (1L << span.shift) - 1;
      int last = first;
      while (ends[last] < end) {
        last++;
      }
      Span child = new Span(first, last, low, Math.max(0, span.shift - BLOCK_BITS));
      long cell = span.shift <= KEY_BITS && isOfYesAndNo(child) ? whole(child, end) : 0;
      if (cell == 0) {
        long reference = Integer.toUnsignedLong(reference(child, state, level + 1));
        cell = (reference << Integer.SIZE) | REFERENCE;
      }
      words[block + part * CELL_WORDS] = (int) cell;
      words[block + part * CELL_WORDS + 1] = (int) (cell >>> Integer.SIZE);
      first = ends[last] == end ? last + 1 : last;
    }
    return BLOCK | span.shift << SHIFT_AT | block / UNIT_WORDS;
  }

  private boolean isOfYesAndNo(Span span) {
    for (int i = span.first; i <= span.last; i++) {
      if (values[i] != LookupTable.NO && values[i] != LookupTable.YES) {
        return false;
      }
    }
    return true;
  }

  /// The cell of a span of at most 16 bits with all that is to know of it; 0 if it has no room for
  /// that.
  private long whole(Span span, long end) {
    int keys = span.last - span.first;
    long equal = keys <= 2 * KEYS ? equal(span, end) : 0;
    if (equal != 0 || keys > KEYS) {
      return equal;
    }
    long cell = 0;
    for (int i = KEYS - 1; i >= 0; i--) {
      long key = i < keys ? ends[span.first + i] & KEY_MASK : KEY_MASK;
      cell = (cell << KEY_BITS) | key;
    }
    return (cell << KEY_BITS) | values[span.first];
  }

  /// The cell of equal parts, of none too: so most cells of a set of hosts are of one kind, and the
  /// processor guesses right.
  private long equal(Span span, long end) {
    int firstIn = values[span.first] == LookupTable.YES ? span.first : span.first + 1;
    if (firstIn > span.last) {
      return NO_PART;
    }
    long size = sizeIn(firstIn, span, end);
    int shift = Long.numberOfTrailingZeros(size);
    long cell = 0;
    int count = 0;
    for (int i = firstIn; i <= span.last; i += 2) {
      long low = lowIn(i, span);
      boolean isPart = size == 1L << shift && shift < KEY_BITS && (low & (size - 1)) == 0;
      if (!isPart || sizeIn(i, span, end) != size) {
        return 0;
      }
      cell = (cell << KEY_BITS) | ((low & KEY_MASK) >>> shift);
      count++;
    }
    if (count > KEYS) {
      return 0;
    }
    for (; count < KEYS; count++) {
      cell = (cell << KEY_BITS) | (cell & KEY_MASK); // the last one again
    }
    return (cell << KEY_BITS) | ((long) shift << EQUAL_SHIFT_AT) | EQUAL;
  }

  private long lowIn(int interval, Span span) {
    return interval == span.first ? span.low : ends[interval - 1] + 1;
  }

  private long sizeIn(int interval, Span span, long end) {
    return Math.min(ends[interval], end) - lowIn(interval, span) + 1;
  }

  private int run(Span span, int count) {
    int run = allocate(count);
    boolean alternates = true;
    for (int i = 0; i < count - 1; i++) {
      int interval = span.first + i;
      words[run + 1 + i] = interval < span.last ? (int) ends[interval] : -1;
    }
    for (int i = span.first; i <= span.last; i++) {
      alternates &= values[i] == LookupTable.NO || values[i] == LookupTable.YES;
    }
    if (alternates) {
      words[run] = alternating + values[span.first] * Integer.BYTES;
    } else {
      int own = allocate(span.last - span.first + 1);
      System.arraycopy(values, span.first, words, own, span.last - span.first + 1);
      words[run] = own * Integer.BYTES;
    }
    return RUN | (count == LONG_WORDS ? LONG : 0) | run / UNIT_WORDS;
  }
}
