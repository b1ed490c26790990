package io.ringtap.monitor.store.series;

/// How finely something is kept, from the finest on.
public enum Resolution {
  /// Each probe, in blocks of 10 seconds.
  PROBES("raw", 10, 600, 0.15),
  /// Windows of 10 seconds.
  TEN_SECONDS("10s", 10, 3600, 0.25),
  /// Windows of a minute.
  MINUTES("1m", 60, 6 * 3600, 0.3),
  /// Windows of an hour.
  HOURS("1h", 3600, 7 * 86400, 0.3);

  private final String word;
  private final int seconds;
  private final int fileSeconds;
  private final double share;

  Resolution(String word, int seconds, int fileSeconds, double share) {
    this.word = word;
    this.seconds = seconds;
    this.fileSeconds = fileSeconds;
    this.share = share;
  }

  /// As it stands in names of files and in options.
  public String word() {
    return word;
  }

  /// How long a block is.
  public int seconds() {
    return seconds;
  }

  /// How much of all the room it may take when there is too little for all, 0 to 1.
  double share() {
    return share;
  }

  /// When a window that this time is in begins, in seconds since the epoch.
  long floor(long epochSeconds) {
    return Math.floorDiv(epochSeconds, seconds) * seconds;
  }

  /// The span of time of one file, in seconds.
  int fileSeconds() {
    return fileSeconds;
  }
}
