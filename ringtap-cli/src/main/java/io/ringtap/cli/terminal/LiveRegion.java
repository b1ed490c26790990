package io.ringtap.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// A block of lines at the end of a terminal's output, drawn again in place. One thread at a time
/// uses it.
///
/// What is to stand above it for good is written to the [Output] after [#erase]; the next [#draw]
/// puts the block below that.
public final class LiveRegion {
  /// Ends a line that may be shorter than the one that stood in its place.
  public static final String END_OF_LINE = "\u001B[K\n";

  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
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

  /// Puts lines in the place of the last block, cut to the terminal's size. The last that fits says
  /// how many there was no room for.
  ///
  /// @param isHeading which of them, by number, are headings
  public void draw(List<String> lines, IntPredicate isHeading) {
    Terminal.Size size = Terminal.size();
    boolean isColoured = Terminal.isColourWelcome();
    draw(block -> paint(block, lines, isHeading, size, isColoured));
  }

  /// Appends the lines, which are fewer than the terminal has rows.
  public static void paint(
      StringBuilder block,
      List<String> lines,
      IntPredicate isHeading,
      Terminal.Size size,
      boolean isColoured) {
    int room = Math.max(size.rows() - 1, 1); // the cursor has a line of its own
    int shown = lines.size() <= room ? lines.size() : room - 1;
    int columns = Math.max(size.columns() - 1, 1); // the last one would wrap
    for (int i = 0; i < shown; i++) {
      boolean isBold = isColoured && isHeading.test(i);
      String line = lines.get(i);
      block.append(isBold ? BOLD : "");
      block.append(line, 0, Math.min(line.length(), columns));
      block.append(isBold ? PLAIN : "").append(END_OF_LINE);
    }
    if (shown < lines.size()) {
      String more = "... and " + (lines.size() - shown) + " more lines";
      block.append(more, 0, Math.min(more.length(), columns)).append(END_OF_LINE);
    }
  }

  /// Takes the block away, and lets a line stand on standard error above the next.
  public void above(PrintWriter err, String line) {
    erase();
    boolean _ = out.drain(DRAIN_NANOS);
    err.println(line);
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
