package io.ringtap.monitor.tui;

/// How long a time a plot shows.
enum Span {
  MINUTES_5("5 minutes", 300),
  MINUTES_30("30 minutes", 1_800),
  HOURS_3("3 hours", 10_800),
  HOURS_12("12 hours", 43_200),
  DAYS_2("2 days", 172_800),
  DAYS_10("10 days", 864_000),
  DAYS_60("60 days", 5_184_000),
  YEAR("a year", 31_536_000);

  private static final Span[] ALL = values();

  private final String words;
  private final int seconds;

  Span(String words, int seconds) {
    this.words = words;
    this.seconds = seconds;
  }

  String words() {
    return words;
  }

  int seconds() {
    return seconds;
  }

  /// The next longer one, or itself.
  Span longer() {
    return ALL[Math.min(ALL.length - 1, at() + 1)];
  }

  /// The next shorter one, or itself.
  Span shorter() {
    return ALL[Math.max(0, at() - 1)];
  }

  private int at() {
    int at = 0;
    while (ALL[at] != this) {
      at++;
    }
    return at;
  }
}
