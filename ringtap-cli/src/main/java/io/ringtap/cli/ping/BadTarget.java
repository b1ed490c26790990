package io.ringtap.cli.ping;

/// A target that cannot be understood. The message quotes it and says what would be right.
final class BadTarget extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 80;

  BadTarget(String target, String problem) {
    super("'" + printable(target) + "': " + problem);
  }

  /// Foreign text on one line, without what could move the cursor of a terminal.
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_QUOTE; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.append(text.length() > LONGEST_QUOTE ? "..." : "").toString();
  }
}
