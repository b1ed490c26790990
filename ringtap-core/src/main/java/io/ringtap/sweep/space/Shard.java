package io.ringtap.sweep.space;

/// One of the parts into which a sweep is divided between machines. The parts have nothing in
/// common, and together they are the sweep.
///
/// @param number which of them, from 1
/// @param count how many there are, at least 1
public record Shard(int number, int count) {
  /// The sweep as a whole.
  public static final Shard WHOLE = new Shard(1, 1);

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if there is no such part
  public Shard {
    if (count < 1 || number < 1 || number > count) {
      throw new IllegalArgumentException(
          "there is no shard %d/%d: of n shards the first is 1/n, the last n/n"
              .formatted(number, count));
    }
  }

  /// Parses `i/n`.
  ///
  /// @throws IllegalArgumentException if it is not that, or there is no such part
  public static Shard parse(String text) {
    if (!text.matches("[0-9]{1,9}/[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a shard, such as 1/4, the first of four");
    }
    int slash = text.indexOf('/');
    return new Shard(
        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /// It as `i/n`.
  @Override
  public String toString() {
    return number + "/" + count;
  }
}
