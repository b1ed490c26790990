package io.ringtap.print.line;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Names of numbers. Finding one allocates nothing.
public final class Names {
  private final long[] numbers;
  private final String[] names;

  private Names(long[] numbers, String[] names) {
    this.numbers = numbers;
    this.names = names;
  }

  /// The names in a text of lines, each with a number (decimal, or hexadecimal after `0x`), a space
  /// and its name.
  public static Names of(String text) {
    String[] lines =
        text.lines()
            .sorted((one, other) -> Long.compare(number(one), number(other)))
            .toArray(String[]::new);
    return new Names(
        Arrays.stream(lines).mapToLong(Names::number).toArray(),
        Arrays.stream(lines)
            .map(each -> each.substring(each.indexOf(' ') + 1))
            .toArray(String[]::new));
  }

  private static long number(String text) {
    return Long.decode(text.substring(0, text.indexOf(' ')));
  }

  /// The name of `number`, or null if it has none.
  public @Nullable String find(long number) {
    int place = Arrays.binarySearch(numbers, number);
    return place < 0 ? null : names[place];
  }

  /// The name of `number`, or `other`.
  public String find(long number, String other) {
    String name = find(number);
    return name == null ? other : name;
  }
}
