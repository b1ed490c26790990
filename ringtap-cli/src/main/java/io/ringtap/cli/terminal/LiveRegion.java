package io.ringtap.cli.terminal;

import java.util.function.Consumer;

/// A block of lines at the end of a terminal's output, drawn again in place. One thread at a time
/// uses it.
///
/// What is to stand above it for good is written to the [Output] after [#erase]; the next [#draw]
/// puts the block below that.
public final class LiveRegion {
  /// Ends a line that may be shorter than the one that stood in its place.
  public static final String END_OF_LINE = "\u001B[K\n";

  private static final String HIDE_CURSOR = "\u001B[?25l";
  private static final String SHOW_CURSOR = "\u001B[?25h";
  private static final String TO_SCREEN_END = "\u001B[J";

  private final Output out;
  private final StringBuilder text = new StringBuilder(4096);
  private int drawn; // lines of the block that stand above the cursor

  public LiveRegion(Output out) {
    this.out = out;
  }

  /// Puts a block in the place of the last one.
  ///
  /// @param painter appends the lines, each with [#END_OF_LINE], fewer than the terminal has rows
  ///   and none as wide as it has columns, for a line that wraps would be counted as one
  public void draw(Consumer<StringBuilder> painter) {
    text.setLength(0);
    text.append(HIDE_CURSOR);
    toTop();
    int begin = text.length();
    painter.accept(text);
    drawn = lines(begin);
    text.append(TO_SCREEN_END);
    out.text(text);
  }

  /// Takes the block away. The cursor stands where it began.
  public void erase() {
    if (drawn > 0) {
      text.setLength(0);
      toTop();
      out.text(text.append(TO_SCREEN_END));
      drawn = 0;
    }
  }

  /// Leaves the block where it stands and gives the cursor back.
  public void release() {
    text.setLength(0);
    out.text(text.append(SHOW_CURSOR));
    drawn = 0;
  }

  private int lines(int begin) {
    int lines = 0;
    for (int i = begin; i < text.length(); i++) {
      lines += text.charAt(i) == '\n' ? 1 : 0;
    }
    return lines;
  }

  private void toTop() {
    if (drawn > 0) {
      text.append("\r\u001B[").append(drawn).append('A');
    }
  }
}
