package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.buffer.Cell;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Color;
import dev.tamboui.style.Style;
import io.ringtap.monitor.store.StoredEvent;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Draws a smoke plot: the distribution of each span of time as bands from pale to dense, the
/// median in the colour of its loss; below it the loss, the events and the time.
final class SmokePlot {
  /// Rows beside those of the bands: loss, axis, and times.
  static final int OTHER_ROWS = 3;

  private static final int AXIS_COLUMNS = 8;
  private static final int ROWS_PER_LABEL = 2;
  private static final int COLUMNS_PER_TIME = 10;
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final int[] TIME_STEPS = {
    10,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    5 * DAY,
    10 * DAY,
    30 * DAY,
    90 * DAY
  };
  private static final String SHADES = " ░▒▓█";
  private static final String ASCII_SHADES = " .:+#";
  private static final int[] GREYS = {0, 238, 241, 245}; // of the 256 colours, by density
  private static final int OUTAGE = 52; // dark red

  private final Look look;
  private final Buffer buffer;
  private final Rect area;
  private final int rows;
  private final int left;

  SmokePlot(Look look, Buffer buffer, Rect area) {
    this.look = look;
    this.buffer = buffer;
    this.area = area;
    rows = area.height() - OTHER_ROWS;
    left = area.x() + AXIS_COLUMNS;
  }

  /// How many columns a plot in an area has.
  static int columns(Rect area) {
    return Math.max(1, area.width() - AXIS_COLUMNS - 1);
  }

  /// Draws it.
  void draw(SmokeColumn[] columns, long fromSeconds, int seconds, List<StoredEvent> events) {
    long[] range = SmokeColumn.range(columns);
    Scale scale =
        range == null
            ? new Scale(0, 1, 2)
            : Scale.of(range[0], range[1], Math.max(1, rows / ROWS_PER_LABEL));
    if (range == null) {
      buffer.setString(left + 1, area.y() + rows / 2, "no replies in this time", look.faint());
    } else {
      drawScale(scale);
    }
    for (int column = 0; column < columns.length; column++) {
      drawColumn(columns[column], left + column, scale);
    }
    buffer.setString(area.x(), area.y() + rows, "   loss ", look.faint());
    drawAxis(columns.length, fromSeconds, seconds);
    drawEvents(columns.length, fromSeconds, seconds, events);
  }

  private void drawScale(Scale scale) {
    for (int row = 0; row < rows; row++) {
      double label = scale.labelIn(rows - 1 - row, rows);
      String text = Double.isNaN(label) ? "" : label == 0 ? "0" : Texts.rtt(Math.round(label));
      char line = text.isEmpty() ? look.pick('│', '|') : look.pick('┤', '+');
      buffer.setString(
          area.x(),
          area.y() + row,
          " ".repeat(Math.max(0, AXIS_COLUMNS - 1 - text.length())) + text + line,
          look.faint());
    }
  }

  private void drawColumn(SmokeColumn column, int x, Scale scale) {
    if (Double.isNaN(column.lossRatio())) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      int y = area.y() + rows - 1 - row;
      if (look.isIndexed() && look.isUnicode()) {
        int below = density(column, scale, 2 * row, 2 * rows);
        int above = density(column, scale, 2 * row + 1, 2 * rows);
        drawHalves(column, x, y, above, below);
      } else {
        int density = density(column, scale, row, rows);
        if (density > 0) {
          String shades = look.isUnicode() ? SHADES : ASCII_SHADES;
          Style style = density == 4 ? medianStyle(column) : Look.PLAIN;
          put(x, y, shades.charAt(density), style);
        }
      }
    }
    if (column.lossRatio() > 0) {
      char symbol =
          column.isOutage()
              ? 'X'
              : look.isUnicode()
                  ? look.bar(column.lossRatio())
                  : Look.lossDigit(column.lossRatio());
      put(x, area.y() + rows, symbol, look.in(look.lossColour(column.lossRatio())));
    }
  }

  /// The density at a row; what is above the axis stands in the highest one.
  private static int density(SmokeColumn column, Scale scale, int row, int rows) {
    double to = row == rows - 1 ? Double.MAX_VALUE : scale.at(row + 1, rows);
    return column.density(scale.at(row, rows), to);
  }

  private void drawHalves(SmokeColumn column, int x, int y, int above, int below) {
    if (above == 0 && below == 0 && !column.isOutage()) {
      return;
    }
    Style style = Look.PLAIN;
    char symbol = ' ';
    if (above == 0 && below > 0) {
      style = style.fg(colour(column, below));
      symbol = '▄';
    } else if (above > 0) {
      style = style.fg(colour(column, above));
      symbol = above == below ? '█' : '▀';
      style = below > 0 && above != below ? style.bg(colour(column, below)) : style;
    }
    put(x, y, symbol, column.isOutage() ? style.bg(Color.indexed(OUTAGE)) : style);
  }

  private Color colour(SmokeColumn column, int density) {
    return density == 4 ? medianColour(column) : Color.indexed(GREYS[density]);
  }

  private Color medianColour(SmokeColumn column) {
    return column.lossRatio() > 0 ? look.lossColour(column.lossRatio()) : Color.GREEN;
  }

  private Style medianStyle(SmokeColumn column) {
    return look.in(medianColour(column));
  }

  private void drawAxis(int columns, long fromSeconds, int seconds) {
    int y = area.y() + rows + 1;
    buffer.setString(left - 1, y, String.valueOf(look.pick('└', '+')), look.faint());
    for (int column = 0; column < columns; column++) {
      put(left + column, y, look.pick('─', '-'), look.faint());
    }
    int step = timeStep(columns, seconds);
    String pattern = step < MINUTE ? "HH:mm:ss" : step < DAY ? "HH:mm" : "MMM d";
    DateTimeFormatter times =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(look.zone());
    int offset =
        look.zone().getRules().getOffset(Instant.ofEpochSecond(fromSeconds)).getTotalSeconds();
    long tick = Math.ceilDiv(fromSeconds + offset, step) * step - offset;
    for (; tick < fromSeconds + seconds; tick += step) {
      int column = (int) ((tick - fromSeconds) * columns / seconds);
      put(left + column, y, look.pick('┬', '+'), look.faint());
      String time = times.format(Instant.ofEpochSecond(tick));
      if (column + time.length() <= columns) {
        buffer.setString(left + column, y + 1, time, look.faint());
      }
    }
  }

  /// The seconds from one labelled time to the next.
  private static int timeStep(int columns, int seconds) {
    for (int step : TIME_STEPS) {
      if ((long) step * columns / seconds >= COLUMNS_PER_TIME) {
        return step;
      }
    }
    return seconds;
  }

  private void drawEvents(int columns, long fromSeconds, int seconds, List<StoredEvent> events) {
    for (StoredEvent event : events) {
      double at = event.epochNanos() / 1e9 - fromSeconds;
      int column = (int) Math.floor(at * columns / seconds);
      if (column >= 0 && column < columns) {
        put(
            left + column,
            area.y() + rows + 1,
            EventLines.symbol(look, event.isBegin()),
            EventLines.style(look, event.isBegin()));
      }
    }
  }

  private void put(int x, int y, char symbol, Style style) {
    buffer.set(x, y, new Cell(String.valueOf(symbol), style));
  }
}
