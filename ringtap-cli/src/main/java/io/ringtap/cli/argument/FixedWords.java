package io.ringtap.cli.argument;

import java.util.List;

/// A converter whose values are words that can be listed, as completions do.
public interface FixedWords {
  /// The words, in the order in which they are shown.
  List<String> words();

  /// Whether a value may be several of them, with commas between them.
  default boolean isList() {
    return false;
  }
}
