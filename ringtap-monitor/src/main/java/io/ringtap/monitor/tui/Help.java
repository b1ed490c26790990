package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.layout.Rect;
import dev.tamboui.text.CharWidth;

/// The page that says what the keys and the characters mean.
final class Help {
  private static final String KEYS =
      """
      arrows, PgUp PgDn  select a target       Enter   show it alone, and back
      n                  the next that is bad  w       worst first, or by group
      /                  search                Esc     clear the search, go back
      + -                more or less time     q       quit
      """;
  private static final String PLOT =
      """
      The plot shows the round-trip times of each span of time: the middle half of
      them dense, a tenth at either end pale, the median in the colour of its loss.
      Below it are the loss and, on the axis, when events began and ended:\
      """;

  private Help() {}

  static void draw(Look look, Buffer buffer, Rect area) {
    StringBuilder text = new StringBuilder(KEYS).append('\n');
    text.append("A target is a bar by the median round-trip time of its last minute:\n ");
    String[] limits = {"0.5", "2", "10", "30", "60", "120", "250"};
    for (int i = 0; i < limits.length; i++) {
      text.append(' ').append(look.bar(i / 7.0)).append(" <").append(limits[i]);
    }
    text.append("  ").append(look.bar(1.0)).append(" more milliseconds\n");
    text.append(
        look.colours() == Look.Colours.NONE
            ? "or a digit: tens of percent of loss.\n"
            : "Yellow, orange and red are loss; green, cyan and blue are none, but slower.\n");
    text.append("X is down, ? has no address, ");
    text.append(look.pick('·', ',')).append(" has not been probed.\n\n");
    text.append(PLOT)
        .append(' ')
        .append(look.pick('▲', '^'))
        .append(' ')
        .append(look.pick('▽', 'v'));
    int y = area.y() + 1;
    for (String line : text.toString().split("\n", -1)) {
      if (y < area.bottom()) {
        buffer.setString(1, y++, CharWidth.substringByWidth(line, area.width() - 2), Look.PLAIN);
      }
    }
  }
}
