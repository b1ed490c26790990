package io.ringtap.monitor.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The mistakes of one file, as they are found.
public final class Mistakes {
  /// More than anybody reads at once; a file with so many has one cause.
  private static final int MOST = 100;

  private final String file;
  private final List<Mistake> found = new ArrayList<>();

  /// @param file the file's name, as the user gave it
  public Mistakes(String file) {
    this.file = file;
  }

  /// Reports what is wrong at a node.
  ///
  /// @param rightForm how it should be; empty if `what` says it
  public void add(YamlNode where, String what, String rightForm) {
    add(where.line(), where.column(), what, rightForm);
  }

  /// Reports what is wrong at a place.
  ///
  /// @param line from 1
  /// @param column from 1
  public void add(int line, int column, String what, String rightForm) {
    if (found.size() < MOST) {
      found.add(new Mistake(file, line, column, what, rightForm));
    }
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// How many there are so far.
  public int count() {
    return found.size();
  }

  /// All of them by their place, at most 100.
  public List<Mistake> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
        .toList();
  }
}
