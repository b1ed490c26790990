package io.ringtap.print.line;

import java.util.Arrays;

/// Names of bits or of groups of bits. Printing them allocates nothing.
public final class BitNames {
  private final String separator;
  private final long[] masks;
  private final String[] names;

  private BitNames(String separator, long[] masks, String[] names) {
    this.separator = separator;
    this.masks = masks;
    this.names = names;
  }

  /// The names in a text of lines, each with a mask (decimal, or hexadecimal after `0x`), a space
  /// and its name. They are printed in this order, with `separator` between them.
  public static BitNames of(String separator, String text) {
    String[] lines = text.lines().toArray(String[]::new);
    return new BitNames(
        separator,
        Arrays.stream(lines)
            .mapToLong(each -> Long.decode(each.substring(0, each.indexOf(' '))))
            .toArray(),
        Arrays.stream(lines)
            .map(each -> each.substring(each.indexOf(' ') + 1))
            .toArray(String[]::new));
  }

  /// Prints the names whose bits are all set in `bits`, or `none` if no bit is set.
  void print(Line line, long bits, String none) {
    boolean isFirst = true;
    for (int i = 0; i < masks.length; i++) {
      if ((bits & masks[i]) == masks[i]) {
        line.text(isFirst ? "" : separator).text(names[i]);
        isFirst = false;
      }
    }
    line.text(isFirst ? none : "");
  }
}
