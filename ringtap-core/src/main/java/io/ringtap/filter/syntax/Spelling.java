package io.ringtap.filter.syntax;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what a misspelt word was meant to be, and shows texts in messages.
public final class Spelling {
  private static final int LONGEST_SHOWN = 40;

  private Spelling() {}

  /// The word of `words` that `text` is a misspelling of: the nearest one, of equals the first.
  /// Null if none is near enough: a short word may differ by one letter added, left out, changed or
  /// swapped with its neighbour, a longer one by two.
  static @Nullable String nearest(String text, Collection<String> words) {
    String sought = text.toLowerCase(Locale.ROOT);
    String nearest = null;
    int best = sought.length() < 3 ? 1 : sought.length() < 6 ? 2 : 3;
    for (String word : words) {
      if (Math.abs(word.length() - sought.length()) < best) {
        int distance = distance(sought, word);
        if (distance < best) {
          best = distance;
          nearest = word;
        }
      }
    }
    return nearest;
  }

  /// `; did you mean "port"?`, or nothing if no word of the language is near.
  static String hint(String text) {
    String nearest = nearest(text, Vocabulary.all());
    return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
  }

  /// `text` in quotes, on one line and not too long.
  public static String quote(CharSequence text) {
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(text.length(), LONGEST_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.append(end < text.length() ? "…\"" : "\"").toString();
  }

  /// How many letters to add, leave out, change or swap with the next (Damerau and Levenshtein,
  /// each pair at most once).
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int distance = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          distance = Math.min(distance, beforeLast[j - 2] + 1);
        }
        row[j] = distance;
      }
      int[] oldest = beforeLast;
      beforeLast = last;
      last = row;
      row = oldest;
    }
    return last[b.length()];
  }
}
