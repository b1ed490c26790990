package io.ringtap.cli.fping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a command line apart as `getopt_long(3)` does: letters in clusters, values attached or in
/// the next word, long options with `=` or a blank, targets anywhere, and `--` before words that
/// are all targets. Long options are not abbreviated.
final class Words {
  /// Hears of the options in their order.
  interface Taker {
    /// An option was given.
    ///
    /// @param value empty where the option has none
    /// @return whether more is to be read
    boolean take(Option option, String value) throws Refusal;
  }

  private final String[] words;
  private final Taker taker;
  private final List<String> targets = new ArrayList<>();
  private int next;
  private boolean isEnded;

  private Words(String[] words, Taker taker) {
    this.words = words;
    this.taker = taker;
  }

  /// Reads all words.
  ///
  /// @return the targets
  /// @throws Refusal of the first option that is wrong
  static List<String> read(String[] words, Taker taker) throws Refusal {
    Words reader = new Words(words, taker);
    reader.read();
    return reader.targets;
  }

  private void read() throws Refusal {
    while (next < words.length && !isEnded) {
      String word = words[next++];
      if (word.equals("--")) {
        targets.addAll(List.of(words).subList(next, words.length));
        return;
      }
      if (word.startsWith("--")) {
        longOption(word.substring(2));
      } else if (word.length() > 1 && word.charAt(0) == '-') {
        cluster(word);
      } else {
        targets.add(word);
      }
    }
  }

  private void longOption(String word) throws Refusal {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Option option = Option.of(name);
    if (option == null) {
      throw Refusal.ofOption("invalid option -- '" + word + "'");
    }
    if (!option.hasValue() && equals >= 0) {
      throw Refusal.ofOption("option takes no arguments -- '" + name + "'");
    }
    isEnded =
        !taker.take(option, value(option, equals < 0 ? null : word.substring(equals + 1), name));
  }

  private void cluster(String word) throws Refusal {
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      Option option = Option.of(word.charAt(i));
      if (option == null) {
        throw Refusal.ofOption("invalid option -- '" + letter + "'");
      }
      boolean isAttached = option.hasValue() && i + 1 < word.length();
      isEnded =
          !taker.take(option, value(option, isAttached ? word.substring(i + 1) : null, letter));
      if (isAttached || isEnded) {
        return;
      }
    }
  }

  private String value(Option option, @Nullable String attached, String name) throws Refusal {
    if (!option.hasValue()) {
      return "";
    }
    if (attached != null) {
      return attached;
    }
    if (next == words.length) {
      throw Refusal.ofOption("option requires an argument -- '" + name + "'");
    }
    return words[next++];
  }
}
