package io.ringtap.print;

/// The form of the time at the beginning of a packet's line.
public enum TimeForm {
  /// The local time of day: `13:20:05.123456`.
  TIME_OF_DAY,

  /// No time: `-t`.
  NONE,

  /// Seconds since 1970: `-tt`.
  EPOCH,

  /// Time since the previous line: `-ttt`.
  SINCE_PREVIOUS,

  /// Local date and time: `-tttt`.
  DATE_AND_TIME,

  /// Time since the first line: `-ttttt`.
  SINCE_FIRST;

  /// The form for `-t` given `count` times; more than five count as five.
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
