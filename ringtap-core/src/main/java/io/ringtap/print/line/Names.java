package io.ringtap.print.line;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Names of numbers. Finding one allocates only the first time: a text is read when a name in it is
/// looked for, since most captures have few protocols.
public final class Names {
  private final String text;
  private @Nullable Table table; // any thread may make it; all would be the same

  private record Entry(long number, String name) {}

  /// Entries in the order of their numbers.
  private static final class Table {
    final long[] numbers;
    final String[] names;

    Table(String text) {
      Entry[] entries = text.lines().map(Table::entry).toArray(Entry[]::new);
      Arrays.sort(entries, (one, other) -> Long.compare(one.number(), other.number()));
      numbers = Arrays.stream(entries).mapToLong(Entry::number).toArray();
      names = Arrays.stream(entries).map(Entry::name).toArray(String[]::new);
    }

    private static Entry entry(String text) {
      int space = text.indexOf(' ');
      return new Entry(Long.decode(text.substring(0, space)), text.substring(space + 1));
    }
  }

  private Names(String text) {
    this.text = text;
  }

  /// The names in a text of lines, each with a number (decimal, or hexadecimal after `0x`), a space
  /// and its name.
  public static Names of(String text) {
    return new Names(text);
  }

  /// The name of `number`, or null if it has none.
  public @Nullable String find(long number) {
    Table present = table;
    if (present == null) {
      present = new Table(text);
      table = present;
    }
    int place = Arrays.binarySearch(present.numbers, number);
    return place < 0 ? null : present.names[place];
  }

  /// The name of `number`, or `other`.
  public String find(long number, String other) {
    String name = find(number);
    return name == null ? other : name;
  }
}
