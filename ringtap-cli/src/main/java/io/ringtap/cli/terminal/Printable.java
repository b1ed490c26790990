package io.ringtap.cli.terminal;

/// Names from elsewhere as text for a terminal. The kernel allows control characters in the names
/// of interfaces and files, and a terminal would obey them.
public final class Printable {
  private Printable() {}

  /// The text with control characters as `\\x1b`, except tabs and line feeds.
  public static String of(String text) {
    int at = 0;
    while (at < text.length() && !isControl(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 8).append(text, 0, at);
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isControl(c)) {
        printable.append("\\x%02x".formatted((int) c));
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  /// The control characters of ASCII and of Latin-1, whose 0x9b begins sequences like ESC [.
  private static boolean isControl(char c) {
    return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
  }
}
