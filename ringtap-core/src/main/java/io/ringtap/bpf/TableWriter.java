package io.ringtap.bpf;

import static io.ringtap.bpf.TableWords.BLOCK;
import static io.ringtap.bpf.TableWords.BLOCK_BITS;
import static io.ringtap.bpf.TableWords.CELL_WORDS;
import static io.ringtap.bpf.TableWords.EQUAL;
import static io.ringtap.bpf.TableWords.EQUAL_SHIFT_AT;
import static io.ringtap.bpf.TableWords.KEYS;
import static io.ringtap.bpf.TableWords.KEY_BITS;
import static io.ringtap.bpf.TableWords.KEY_MASK;
import static io.ringtap.bpf.TableWords.LONG;
import static io.ringtap.bpf.TableWords.LONG_WORDS;
import static io.ringtap.bpf.TableWords.OFFSET;
import static io.ringtap.bpf.TableWords.REFERENCE;
import static io.ringtap.bpf.TableWords.RUN;
import static io.ringtap.bpf.TableWords.SHIFT_AT;
import static io.ringtap.bpf.TableWords.SHORT_WORDS;
import static io.ringtap.bpf.TableWords.UNIT_WORDS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the [TableWords] of a table.
final class TableWriter {
  /// The cell of a part of which nothing is in the set: no number has these keys once it is
  /// shifted.
  private static final long NO_PART = (-1L << KEY_BITS) | (15 << EQUAL_SHIFT_AT) | EQUAL;

  private static final int WIDE_BITS = 16;

  /// A set of this many ranges is large: a first block for it takes 512 kB, and saves a step.
  private static final int LARGE = 8192;

  /// The most words: what a reference reaches.
  private static final int MOST_WORDS = (OFFSET + 1) * UNIT_WORDS;

  private static final int FIRST_WORDS = 1 << 12;

  private final int[] levels; // by state
  private int[] words = new int[FIRST_WORDS];
  private int size;
  private int alternating; // offset in bytes of states that are NO and YES in turn

  // The node that is being written: where each of its intervals ends, and its state.
  private long[] ends = {};
  private int[] values = {};

  private TableWriter(LookupTable table) {
    int states = table.nodes() + LookupTable.FIRST_NODE;
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

  /// The words of a table; null if they would be more than a reference reaches.
  static @Nullable TableWords write(LookupTable table) {
    try {
      TableWriter writer = new TableWriter(table);
      return new TableWords(writer.words, writer.size, writer.levels);
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
