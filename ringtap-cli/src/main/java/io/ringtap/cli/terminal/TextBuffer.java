package io.ringtap.cli.terminal;

/// Lines of one thread that gather before they go to an [Output]: to hand over each would cost a
/// lock and a wake-up.
public final class TextBuffer {
  private static final int ENOUGH = 1 << 15; // characters

  private final Output out;
  private final StringBuilder text = new StringBuilder(2 * ENOUGH);

  public TextBuffer(Output out) {
    this.out = out;
  }

  /// Where lines are appended, each with its end.
  public StringBuilder text() {
    return text;
  }

  /// Hands over the lines if there are many. Called after a whole line, so that each is whole in
  /// the output.
  public void flushIfFull() {
    if (text.length() >= ENOUGH) {
      flush();
    }
  }

  /// Hands over the lines, because no other may come for long.
  public void flush() {
    if (!text.isEmpty()) {
      out.text(text);
      text.setLength(0);
    }
  }
}
