package io.ringtap.bpf;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A [LookupTable] as one row of words, for a program that may only read memory by bounded steps. A
/// look-up reads two or three words in a set of random ranges, and at most some ten, however many
/// ranges there are. Immutable.
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
/// │1│  │  │ shift  │ offset in units           │  a block of references, one for each part
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

  private static final int WIDE_BITS = 16;

  /// A set of this many ranges is large: a first block for it takes 256 kB, and saves a step.
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

  /// The words of a table; null if they would be more than a reference reaches, 256 MiB.
  public static @Nullable TableWords of(LookupTable table) {
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
    int block = allocate(parts);
    int first = span.first;
    for (int part = 0; part < parts; part++) {
      long low = span.low + ((long) part << span.shift);
      long end = low + (1L << span.shift) - 1;
      int last = first;
      while (ends[last] < end) {
        last++;
      }
      Span child = new Span(first, last, low, Math.max(0, span.shift - BLOCK_BITS));
      int reference = reference(child, state, level + 1); // may move the words
      words[block + part] = reference;
      first = ends[last] == end ? last + 1 : last;
    }
    return BLOCK | span.shift << SHIFT_AT | block / UNIT_WORDS;
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
