package io.ringtap.device;

import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/// A set of CPUs, in the two forms of the kernel's files: a list (`0-3,8`), or a mask of
/// hexadecimal words of 32 bits, the highest first (`1,0000000f`).
public final class CpuSet {
  /// No CPU.
  public static final CpuSet NONE = new CpuSet(new BitSet());

  private static final int WORD_BITS = 32;
  private static final int MOST_CPUS = 8192; // the most that Linux can be built for

  private final BitSet cpus;

  private CpuSet(BitSet cpus) {
    this.cpus = cpus;
  }

  /// The set of these CPUs.
  public static CpuSet of(int... numbers) {
    BitSet cpus = new BitSet();
    for (int number : numbers) {
      cpus.set(number);
    }
    return new CpuSet(cpus);
  }

  /// The set of these CPUs.
  public static CpuSet of(List<Integer> numbers) {
    return of(numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  /// Reads `0-3,8`.
  ///
  /// @throws IllegalArgumentException if `text` is malformed
  public static CpuSet parseList(String text) {
    return of(numbersOf(text));
  }

  /// The CPUs of a list such as `4-6,0`, in the order of the list and with repetitions.
  ///
  /// @throws IllegalArgumentException if `text` is malformed
  public static int[] numbersOf(String text) {
    IntStream.Builder numbers = IntStream.builder();
    String list = text.strip();
    for (String range : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = number(dash < 0 ? range : range.substring(0, dash), text);
      int last = dash < 0 ? first : number(range.substring(dash + 1), text);
      if (last < first) {
        throw new IllegalArgumentException("not a list of CPUs: '" + text + "'");
      }
      for (int cpu = first; cpu <= last; cpu++) {
        numbers.add(cpu);
      }
    }
    return numbers.build().toArray();
  }

  private static int number(String digits, String text) {
    try {
      int number = Integer.parseInt(digits.strip());
      if (number >= 0 && number < MOST_CPUS) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a list of CPUs: '" + text + "'", e);
    }
    throw new IllegalArgumentException("not a list of CPUs: '" + text + "'");
  }

  /// Reads `1,0000000f`.
  ///
  /// @throws IllegalArgumentException if `text` is malformed
  public static CpuSet parseMask(String text) {
    String[] words = text.strip().split(",", -1);
    BitSet cpus = new BitSet();
    if (words.length > MOST_CPUS / WORD_BITS) {
      throw new IllegalArgumentException("not a mask of CPUs: '" + text + "'");
    }
    for (int i = 0; i < words.length; i++) {
      int base = (words.length - 1 - i) * WORD_BITS;
      try {
        long word = Integer.toUnsignedLong(Integer.parseUnsignedInt(words[i], 16));
        for (int bit = 0; bit < WORD_BITS; bit++) {
          if ((word >>> bit & 1) != 0) {
            cpus.set(base + bit);
          }
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a mask of CPUs: '" + text + "'", e);
      }
    }
    return new CpuSet(cpus);
  }

  /// Whether the set is empty.
  public boolean isEmpty() {
    return cpus.isEmpty();
  }

  /// The number of CPUs in it.
  public int size() {
    return cpus.cardinality();
  }

  /// Whether a CPU is in it.
  ///
  /// @param cpu its number, 0 or more
  /// @throws IndexOutOfBoundsException if `cpu` is negative
  public boolean contains(int cpu) {
    return cpus.get(cpu);
  }

  /// The CPUs in ascending order.
  public List<Integer> numbers() {
    return cpus.stream().boxed().toList();
  }

  /// The set as a list such as `0-3,8`; empty if the set is.
  public String toList() {
    StringBuilder text = new StringBuilder();
    for (int first = cpus.nextSetBit(0); first >= 0; ) {
      int end = cpus.nextClearBit(first);
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (end - 1 > first) {
        text.append('-').append(end - 1);
      }
      first = cpus.nextSetBit(end);
    }
    return text.toString();
  }

  /// The set as a mask such as `1,0000000f`, with as many words as needed; `0` if the set is empty.
  public String toMask() {
    int words = Math.max((cpus.length() + WORD_BITS - 1) / WORD_BITS, 1);
    StringBuilder text = new StringBuilder();
    for (int i = words - 1; i >= 0; i--) {
      int word = 0;
      PrimitiveIterator.OfInt bits =
          cpus.get(i * WORD_BITS, (i + 1) * WORD_BITS).stream().iterator();
      while (bits.hasNext()) {
        word |= 1 << bits.nextInt();
      }
      String digits = Integer.toHexString(word);
      if (!text.isEmpty()) {
        text.append(',').repeat('0', WORD_BITS / 4 - digits.length());
      }
      text.append(digits);
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CpuSet that && cpus.equals(that.cpus);
  }

  @Override
  public int hashCode() {
    return cpus.hashCode();
  }

  @Override
  public String toString() {
    return toList();
  }
}
