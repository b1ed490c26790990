package io.ringtap.print.line;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Names of bits or of groups of bits. Printing them allocates only the first time, when their text
/// is read.
public final class BitNames {
  private final String separator;
  private final String text;
  private @Nullable Table table; // any thread may make it; all would be the same

  private static final class Table {
    final long[] masks;
    final String[] names;

    Table(String text) {
      String[] lines = text.lines().toArray(String[]::new);
      masks =
          Arrays.stream(lines)
              .mapToLong(each -> Long.decode(each.substring(0, each.indexOf(' '))))
              .toArray();
      names =
          Arrays.stream(lines)
              .map(each -> each.substring(each.indexOf(' ') + 1))
              .toArray(String[]::new);
    }
  }

  private BitNames(String separator, String text) {
    this.separator = separator;
    this.text = text;
  }

  /// The names in a text of lines, each with a mask (decimal, or hexadecimal after `0x`), a space
  /// and its name. They are printed in this order, with `separator` between them.
  public static BitNames of(String separator, String text) {
    return new BitNames(separator, text);
  }

  /// Prints the names whose bits are all set in `bits`, or `none` if no bit is set.
  void print(Line line, long bits, String none) {
    Table present = table;
    if (present == null) {
      present = new Table(text);
      table = present;
    }
    boolean isFirst = true;
    for (int i = 0; i < present.masks.length; i++) {
      long mask = present.masks[i];
      if ((bits & mask) == mask) {
        line.text(isFirst ? "" : separator).text(present.names[i]);
        isFirst = false;
      }
    }
    line.text(isFirst ? none : "");
  }
}
