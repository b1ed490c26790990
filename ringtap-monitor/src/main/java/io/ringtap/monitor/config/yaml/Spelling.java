package io.ringtap.monitor.config.yaml;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that somebody meant.
final class Spelling {
  private Spelling() {}

  /// The known word with the fewest letters to change; null if none is near.
  static @Nullable String nearest(String word, Collection<String> known) {
    String best = null;
    int fewest = Math.max(1, Math.min(word.length(), 12) / 3) + 1;
    for (String candidate : known) {
      int changes = changes(word.toLowerCase(Locale.ROOT).replace('-', '_'), candidate);
      if (changes < fewest) {
        fewest = changes;
        best = candidate;
      }
    }
    return best;
  }

  /// How many letters must be put in, taken out or replaced (Levenshtein).
  private static int changes(String from, String to) {
    if (Math.abs(from.length() - to.length()) > to.length()) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
