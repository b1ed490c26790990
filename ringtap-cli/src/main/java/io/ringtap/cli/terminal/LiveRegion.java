package io.ringtap.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A block of lines, such as a table, drawn again in place on a screen of its own: the terminal's
/// alternate screen, so that nothing is left of it when the terminal's size changes, and what stood
/// there before comes back at the end. Any thread may use it.
///
/// What is to stand on the terminal for good is written to the [Output] after [#erase], which
/// leaves that screen; the next [#draw] enters it again. In the background (`job control`), nothing
/// is drawn; the screen is left when the process is stopped (SIGTSTP), and when it begins to end.
public final class LiveRegion {
  /// Ends a line that may be shorter than the one that stood in its place.
  static final String END_OF_LINE = "\u001B[K\n";

  private static final String BOLD = "\u001B[1m";
  private static final String RED = "\u001B[31m";
  private static final String PLAIN = "\u001B[0m";
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String HIDE_CURSOR = "\u001B[?25l";
  private static final String SHOW_CURSOR = "\u001B[?25h";
  private static final String TO_SCREEN_END = "\u001B[J";
  private static final String TO_TOP = "\u001B[H";
  private static final int MOST_HELD = 1000;
  private static final String ENTER_SCREEN = "\u001B[?1049h";
  private static final String LEAVE_SCREEN = "\u001B[?1049l";

  /// A line, of which a part may stand out.
  ///
  /// @param begin the part's first character
  /// @param end after its last; `begin` if there is no such part
  public record Line(String text, boolean isHeading, int begin, int end) {
    /// The names of columns, which are bold.
    public static Line heading(String text) {
      return new Line(text, true, 0, 0);
    }

    /// A line of which nothing stands out.
    public static Line of(String text) {
      return new Line(text, false, 0, 0);
    }

    /// The same line with a part in red.
    public Line withAlarm(int newBegin, int newEnd) {
      return new Line(text, isHeading, newBegin, newEnd);
    }

    private void append(StringBuilder block, int columns, boolean isColoured) {
      int length = Math.min(text.length(), columns);
      if (isColoured && isHeading) {
        block.append(BOLD).append(text, 0, length).append(PLAIN);
      } else if (isColoured && begin < end && end <= length) {
        block.append(text, 0, begin);
        block.append(RED).append(text, begin, end).append(PLAIN);
        block.append(text, end, length);
      } else {
        block.append(text, 0, length);
      }
      block.append(END_OF_LINE);
    }
  }

  private final Output out;
  private final BooleanSupplier isForeground;
  private final StringBuilder text = new StringBuilder(4096);
  private final StringBuilder block = new StringBuilder(4096); // as it was drawn last
  private final Deque<Runnable> held = new ArrayDeque<>(); // what is to be printed on leaving
  private boolean isEntered;
  private boolean isSuspended;
  private boolean isEnding;

  /// A region on the terminal that standard output is.
  public LiveRegion(Output out) {
    this(out, Terminal::isForeground);
    if (Terminal.isInteractive()) {
      JobControl.follow(this);
    }
  }

  LiveRegion(Output out, BooleanSupplier isForeground) {
    this.out = out;
    this.isForeground = isForeground;
  }

  /// Puts lines in the place of the last block, cut to the terminal's size.
  public void draw(List<Line> lines) {
    draw(lines, Terminal.size(), 0, " more lines");
  }

  /// Puts lines in the place of the last block, cut to a terminal's size.
  ///
  /// @param hidden lines that there would be beside
  /// @param more what stands after the number of lines that there is no room for
  public void draw(List<Line> lines, Terminal.Size size, long hidden, String more) {
    boolean isColoured = Terminal.isColourWelcome();
    draw(appended -> paint(appended, lines, size, hidden, more, isColoured));
  }

  /// Puts a block in the place of the last one.
  ///
  /// @param painter appends the lines, each with [#END_OF_LINE], fewer than the terminal has rows
  ///   and none as wide as it has columns, for a line that wraps would be counted as one
  synchronized void draw(Consumer<StringBuilder> painter) {
    block.setLength(0);
    painter.accept(block);
    draw();
  }

  /// Puts a picture in the place of the last one, by what differs.
  ///
  /// @param whole draws it on an empty screen, wherever the cursor is
  /// @param changes makes it of the picture that was drawn last
  public synchronized void draw(CharSequence whole, CharSequence changes) {
    block.setLength(0);
    block.append(whole);
    if (isEntered && canDraw()) {
      text.setLength(0);
      out.text(text.append(changes));
    } else {
      leave(); // so that the next picture that can be drawn is drawn wholly
      draw();
    }
  }

  private boolean canDraw() {
    return !isSuspended && !isEnding && isForeground.getAsBoolean();
  }

  private void draw() {
    if (!canDraw()) {
      return;
    }
    text.setLength(0);
    if (!isEntered) {
      text.append(ENTER_SCREEN).append(HIDE_CURSOR);
      isEntered = true;
    }
    out.text(text.append(TO_TOP).append(block).append(TO_SCREEN_END));
  }

  /// Appends the lines that a terminal has room for: fewer than it has rows. The last of them says
  /// how many there was no room for.
  public static void paint(
      StringBuilder block,
      List<Line> lines,
      Terminal.Size size,
      long hidden,
      String more,
      boolean isColoured) {
    int room = Math.max(size.rows() - 1, 1); // the cursor has a line of its own
    boolean isCut = lines.size() > room || hidden > 0;
    int shown = isCut ? Math.min(lines.size(), room - 1) : lines.size();
    int columns = Math.max(size.columns() - 1, 1); // the last one would wrap
    for (int i = 0; i < shown; i++) {
      lines.get(i).append(block, columns, isColoured);
    }
    if (isCut) {
      String rest = "... and " + (lines.size() - shown + hidden) + more;
      Line.of(rest).append(block, columns, isColoured);
    }
  }

  /// Prints a line on standard error: at once, or on the terminal that comes back when the screen
  /// of the block is left.
  public synchronized void above(PrintWriter err, String line) {
    if (isEntered) {
      if (held.size() == MOST_HELD) {
        held.removeFirst(); // the screen may stay for months
      }
      held.add(() -> err.println(line));
    } else {
      boolean _ = out.drain(DRAIN_NANOS);
      err.println(line);
    }
  }

  /// Leaves the screen of the block, which is gone.
  public synchronized void erase() {
    leave();
    block.setLength(0);
  }

  /// Leaves the screen of the block, which stays where the cursor of the terminal is.
  public synchronized void release() {
    leave();
    if (!block.isEmpty()) {
      text.setLength(0);
      out.text(text.append(block));
      block.setLength(0);
    }
  }

  private void leave() {
    if (!isEntered) {
      return;
    }
    isEntered = false;
    text.setLength(0);
    out.text(text.append(SHOW_CURSOR).append(LEAVE_SCREEN));
    boolean _ = out.drain(DRAIN_NANOS);
    held.forEach(Runnable::run);
    held.clear();
  }

  /// The process is about to be stopped: leaves the screen until [#resume].
  synchronized void suspend() {
    isSuspended = true;
    leave();
  }

  /// Draws what was drawn last.
  synchronized void resume() {
    isSuspended = false;
    if (!block.isEmpty()) {
      draw();
    }
  }

  /// The process is about to end: leaves the screen for good, for a second signal would leave no
  /// time for that.
  synchronized void end() {
    isEnding = true;
    leave();
  }
}
