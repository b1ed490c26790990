package io.ringtap.monitor.config.yaml;

/// Reads a value from its text.
@FunctionalInterface
public interface Form<T> {
  /// The value that a text stands for.
  ///
  /// @throws IllegalArgumentException if the text is no such value; the message is the mistake's
  ///   text and, after a semicolon, the right form
  T read(String text);
}
