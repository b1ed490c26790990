package io.ringtap.cli.capture.print;

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
    return values()[Math.clamp(count, 0, SINCE_FIRST.ordinal())];
  }
}
