package io.ringtap.monitor.config.yaml;

/// Something in a file that is not right.
///
/// @param file the file's name, as the user gave it
/// @param line from 1
/// @param column from 1
/// @param what what is wrong, in words, on one line
/// @param rightForm how it should be, in words, on one line; empty if `what` says it
public record Mistake(String file, int line, int column, String what, String rightForm) {
  private static final int LONGEST_QUOTE = 60;

  /// As compilers write it: `monitor.yml:12:5: what; right form`.
  @Override
  public String toString() {
    String text = printable(file) + ":" + line + ":" + column + ": " + what;
    return rightForm.isEmpty() ? text : text + "; " + rightForm;
  }

  /// Foreign text for a message: in quotes, on one line, shortened if it is long.
  public static String quoted(String text) {
    String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    return "'" + printable(shown) + "'";
  }

  /// The text without what could break a line or move the cursor of a terminal.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
