package io.ringtap.monitor.config.yaml;

import java.util.List;

/// A part of a YAML file. An alias is the same node as its anchor, with the anchor's place.
public sealed interface YamlNode {
  /// Where it begins, from 1.
  int line();

  /// Where it begins in its line, from 1.
  int column();

  /// What it is, for messages.
  String kind();

  /// Whether nothing stands there: nothing at all, `~` or `null`.
  default boolean isNothing() {
    return this instanceof Scalar(String text, boolean isPlain, _, _)
        && isPlain
        && (text.isEmpty() || text.equals("~") || text.equals("null"));
  }

  /// A text, number or truth value, as it was written.
  ///
  /// @param isPlain whether it stands without quotes
  record Scalar(String text, boolean isPlain, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return isNothing() ? "nothing" : Mistake.quoted(text);
    }
  }

  /// A list.
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /// Keys with values, in the order of the file. No key is there twice.
  record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
    @Override
    public String kind() {
      return "keys with values";
    }
  }

  /// A key with its value.
  record Entry(Scalar key, YamlNode value) {}
}
