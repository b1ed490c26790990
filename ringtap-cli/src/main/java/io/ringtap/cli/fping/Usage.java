package io.ringtap.cli.fping;

import io.ringtap.cli.run.Face;

/// What `-h` and `-v` print, and the name by which the program goes.
final class Usage {
  private static final String NAME = "fping";

  /// The fping whose options these are. Readers take the number for what they may ask for.
  private static final String VERSION = "5.5";

  private static final int INDENT = 24; // columns, before what an option means
  private static final int WIDTH = 91;

  private Usage() {}

  /// The name that stands before messages.
  static String name() {
    return Face.calledAs(NAME);
  }

  /// Whether the program is called as the one that only knows IPv6.
  static boolean isIpv6() {
    return name().endsWith("6");
  }

  static String text() {
    StringBuilder text = new StringBuilder("Usage: " + name() + " [options] [targets...]\n");
    for (Option.Group group : Option.Group.values()) {
      text.append('\n').append(group.heading()).append(":\n");
      for (Option option : Option.values()) {
        if (option.group() == group) {
          append(text, option);
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Option option) {
    String names = String.join(", ", option.names());
    String term = "   " + (option.hasLetter() ? "" : "    ") + names + valueAfter(option);
    text.append(term);
    int column = term.length();
    if (column >= INDENT) {
      text.append('\n');
      column = 0;
    }
    text.repeat(' ', INDENT - column);
    column = INDENT;
    for (String word : option.meaning().split(" ", -1)) {
      if (column + word.length() >= WIDTH) {
        text.append('\n').repeat(' ', INDENT);
        column = INDENT;
      }
      text.append(column == INDENT ? "" : " ").append(word);
      column += word.length() + 1;
    }
    text.append('\n');
  }

  private static String valueAfter(Option option) {
    if (!option.hasValue()) {
      return "";
    }
    boolean hasWord = option.names().getLast().startsWith("--");
    return (hasWord ? "=" : " ") + option.value();
  }

  static String version() {
    return name() + ": Version " + VERSION + '\n';
  }
}
