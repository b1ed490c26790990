package io.ringtap.print.line;

import java.time.Month;
import java.time.Year;

/// A time of day with its date, in UTC. Printing it allocates nothing.
public final class UtcTime {
  private static final int FIRST_YEAR = 1900; // its first day is a Monday
  private static final int DAYS_TO_1970 = 25_567;
  private static final int DAY = 86_400; // seconds

  private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final Line line;
  private int year;
  private int month;
  private int day;
  private int weekday;

  public UtcTime(Line line) {
    this.line = line;
  }

  /// Prints it as `2023-11-14T22:13:20Z`.
  ///
  /// @param epochSeconds since 1970, not before 1900
  public void iso(long epochSeconds) {
    date(epochSeconds);
    line.print("%u-%02u-%02uT", year, month, day);
    clock(epochSeconds);
    line.text("Z");
  }

  /// Prints it as `Tue Nov 14 22:13:20 2023`.
  ///
  /// @param epochSeconds since 1970, not before 1900
  public void words(long epochSeconds) {
    date(epochSeconds);
    line.out().append(WEEKDAYS, weekday * 3, weekday * 3 + 3).append(' ');
    line.out().append(MONTHS, (month - 1) * 3, month * 3);
    line.text(day < 10 ? "  " : " ").number(day).text(" ");
    clock(epochSeconds);
    line.text(" ").number(year);
  }

  private void date(long epochSeconds) {
    long days = Math.floorDiv(epochSeconds, DAY) + DAYS_TO_1970;
    weekday = (int) (days % 7);
    year = FIRST_YEAR;
    while (days >= daysIn(year)) {
      days -= daysIn(year);
      year++;
    }
    month = 1;
    while (days >= Month.of(month).length(Year.isLeap(year))) {
      days -= Month.of(month).length(Year.isLeap(year));
      month++;
    }
    day = (int) days + 1;
  }

  private static int daysIn(int year) {
    return Year.isLeap(year) ? 366 : 365;
  }

  private void clock(long epochSeconds) {
    long second = Math.floorMod(epochSeconds, DAY);
    line.print("%02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
  }
}
