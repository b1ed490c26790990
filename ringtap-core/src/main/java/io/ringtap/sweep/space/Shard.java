package io.ringtap.sweep.space;

/// One of the parts into which a sweep is divided between machines. The parts have nothing in
/// common, and together they are the sweep.
///
/// @param index which of them, from 0
/// @param count how many there are, at least 1
public record Shard(int index, int count) {
  /// The sweep as a whole.
  public static final Shard WHOLE = new Shard(0, 1);

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if there is no such part
  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shard " + index + " of " + count + ": of n shards the first is 0 and the last n - 1");
    }
  }

  /// Parses `i/n`.
  ///
  /// @throws IllegalArgumentException if it is not that, or there is no such part
  public static Shard parse(String text) {
    if (!text.matches("[0-9]{1,9}/[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a shard, such as 0/4, the first of four");
    }
    int slash = text.indexOf('/');
    return new Shard(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
