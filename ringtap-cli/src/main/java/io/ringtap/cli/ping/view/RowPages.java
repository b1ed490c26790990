package io.ringtap.cli.ping.view;

import java.util.Collection;
import java.util.List;

/// Which of a table's rows stand on the terminal, as its keys have it: `s` changes the order, the
/// page keys, blank and `b` go through the rows. One thread at a time uses it.
final class RowPages {
  /// What a key asks for that is not about rows.
  enum Wish {
    NONE,
    END
  }

  private static final char ESCAPE = '\u001B';
  private static final String PAGE_UP = "[5~"; // after the escape character
  private static final String PAGE_DOWN = "[6~";

  private static final int OTHER_LINES = 3; // the headings, the last line, and the cursor's own

  private RowOrder order = RowOrder.DOWN;
  private int first;
  private int room = 1;
  private int count;
  private final StringBuilder sequence = new StringBuilder(); // what a key with several bytes sends
  private boolean isInSequence;

  /// The rows of the present page.
  ///
  /// @param lines of the terminal
  List<PingTable.Row> shown(Collection<PingTable.Row> rows, int lines) {
    count = rows.size();
    room = Math.max(1, lines - OTHER_LINES);
    first = Math.clamp(first, 0, Math.max(0, count - room));
    return order.sorted(rows).subList(first, Math.min(first + room, count));
  }

  /// Takes a byte that a key sends.
  Wish onKey(int key) {
    if (key == ESCAPE) {
      isInSequence = true;
      sequence.setLength(0);
      return Wish.NONE;
    }
    if (isInSequence) {
      sequence.append((char) key);
      isInSequence = key == '[' || (key >= '0' && key <= '9');
      if (PAGE_DOWN.contentEquals(sequence)) {
        nextPage();
      } else if (PAGE_UP.contentEquals(sequence)) {
        previousPage();
      }
      return Wish.NONE;
    }
    switch (key) {
      case 's' -> nextOrder();
      case ' ' -> nextPage();
      case 'b' -> previousPage();
      case 'q' -> {
        return Wish.END;
      }
      default -> {}
    }
    return Wish.NONE;
  }

  private void nextOrder() {
    order = order.next();
    first = 0;
  }

  private void nextPage() {
    first += room; // the next drawing puts it right
  }

  private void previousPage() {
    first = Math.max(0, first - room);
  }

  /// What stands below the rows.
  ///
  /// @param running targets, of which some may have no row
  /// @param columns in which the keys may be named
  String words(long running, int columns) {
    int last = Math.min(first + room, count);
    String place =
        last - first == running
            ? running + " targets, " + order.words()
            : (first + 1) + "-" + last + " of " + running + ", " + order.words();
    String keys = place + "; keys: s order, PgUp PgDn, q quit";
    return keys.length() < columns ? keys : place;
  }
}
