package io.ringtap.monitor.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes rows of named fields. All rows have the same fields in the same order.
interface Rows {
  void begin();

  /// A text, or null if there is none.
  void text(String name, @Nullable String value);

  void number(String name, long value);

  /// There is no number.
  void none(String name);

  void ratio(String name, double value);

  void labels(String name, Map<String, String> labels);

  /// Pairs of numbers; only where a field can have more than one value.
  void pairs(String name, Pairs pairs);

  void end();

  /// Gives pairs of numbers.
  interface Pairs {
    int count();

    long first(int index);

    long second(int index);
  }
}
