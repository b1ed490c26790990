package io.ringtap.monitor.web;

/// Makes what a client sent fit to stand in a line of a log.
final class PlainLine {
  private static final int MAX_LENGTH = 200;

  private PlainLine() {}

  /// The text with everything but printable ASCII replaced by a question mark, and cut when long.
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
      char c = text.charAt(i);
      line.append(c >= ' ' && c < 0x7F ? c : '?');
    }
    return text.length() > MAX_LENGTH ? line.append("...").toString() : line.toString();
  }
}
