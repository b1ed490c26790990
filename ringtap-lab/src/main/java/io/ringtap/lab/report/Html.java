package io.ringtap.lab.report;

/// Text for HTML and SVG.
final class Html {
  private Html() {}

  /// Text as it may stand between tags and within quoted attributes.
  static String text(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            case '\n', '\t' -> escaped.appendCodePoint(c);
            default -> escaped.appendCodePoint(isShown(c) ? c : '\ufffd');
          }
        });
    return escaped.toString();
  }

  /// Neither HTML nor SVG may hold control characters or halves of surrogate pairs.
  private static boolean isShown(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }
}
