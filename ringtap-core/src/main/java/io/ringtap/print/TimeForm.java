package io.ringtap.print;

/// How the time of a packet stands before its line.
public enum TimeForm {
  /// The local time of day: `13:20:05.123456`.
  TIME_OF_DAY,

  /// Nothing: `-t`.
  NONE,

  /// Seconds since 1970: `-tt`.
  EPOCH,

  /// What has passed since the line before: `-ttt`.
  SINCE_PREVIOUS,

  /// Local date and time: `-tttt`.
  DATE_AND_TIME,

  /// What has passed since the first line: `-ttttt`.
  SINCE_FIRST;

  /// The form for `-t` given `count` times; a sixth and more count as five.
  public static TimeForm ofCount(int count) {
    return switch (count) {
      case 0 -> TIME_OF_DAY;
      case 1 -> NONE;
      case 2 -> EPOCH;
      case 3 -> SINCE_PREVIOUS;
      case 4 -> DATE_AND_TIME;
      default -> SINCE_FIRST;
    };
  }
}
