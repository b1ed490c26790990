package io.ringtap.monitor.event.delivery;

/// Makes what others wrote fit to stand in a line of a log.
final class OneLine {
  private static final int MOST = 300;

  private OneLine() {}

  /// The text with each run of blanks, line ends and control characters as one blank, cut when
  /// long.
  static String of(String text) {
    String line = text.replaceAll("[\\s\\p{C}]+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
  }
}
