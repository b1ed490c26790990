package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Color;
import dev.tamboui.style.Style;
import dev.tamboui.text.CharWidth;
import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.window.Window;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What stands on the terminal, and what its keys do. One thread at a time uses it.
public final class MonitorView {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int LEAST_COLUMNS = 40;
  private static final int LEAST_ROWS = 10;
  private static final int EVENT_ROWS = 4; // in the overview; the heading is one of them
  private static final int LEAST_PLOT_ROWS = 5 + SmokePlot.OTHER_ROWS;
  private static final int MOST_EVENTS = 200;
  private static final String KEYS =
      " Enter alone  / search  w worst  n next bad  + - time  ? help  q quit";

  private final Watched watched;
  private final InstantSource clock;
  private final Look look;
  private final TargetList targets = new TargetList();
  private Span span = Span.MINUTES_5;
  private Mode mode = Mode.OVERVIEW;
  private int top; // the first line of the grid that is shown
  private int gridRows = 1;
  private Grid grid = new Grid(List.of(), false, LEAST_COLUMNS, 1);

  private enum Mode {
    OVERVIEW,
    ALONE,
    SEARCH,
    HELP
  }

  /// A view of a running monitor.
  public MonitorView(Watching watching, InstantSource clock, Look look) {
    this((Watched) watching, clock, look);
  }

  MonitorView(Watched watched, InstantSource clock, Look look) {
    this.watched = watched;
    this.clock = clock;
    this.look = look;
  }

  /// Asks how the targets are now.
  public void refresh() {
    targets.refresh(watched.rows());
  }

  /// Does what a key is for.
  ///
  /// @param character of [Key#TEXT]
  /// @return false if the view is to end
  public boolean onKey(Key key, char character) {
    if (mode == Mode.HELP) {
      mode = Mode.OVERVIEW;
      return true;
    }
    if (mode == Mode.SEARCH && onSearchKey(key, character)) {
      return true;
    }
    switch (key) {
      case UP, DOWN -> move(key == Key.UP ? -1 : 1);
      case PAGE_UP, PAGE_DOWN -> move(key == Key.PAGE_UP ? -gridRows : gridRows);
      case LEFT, RIGHT -> targets.select(targets.selected() + (key == Key.LEFT ? -1 : 1));
      case HOME -> targets.select(0);
      case END -> targets.select(targets.shown().size() - 1);
      case ENTER -> mode = mode == Mode.OVERVIEW ? Mode.ALONE : Mode.OVERVIEW;
      case ESCAPE, BACKSPACE -> back();
      case TEXT -> {
        return onText(character);
      }
    }
    return true;
  }

  private void move(int lines) {
    if (mode == Mode.ALONE) {
      targets.select(targets.selected() + Integer.signum(lines));
    } else if (grid.height() > 0) {
      targets.select(grid.below(targets.selected(), lines));
    }
  }

  private void back() {
    if (mode == Mode.OVERVIEW) {
      targets.search("");
    }
    mode = Mode.OVERVIEW;
  }

  private boolean onText(char character) {
    switch (character) {
      case 'q' -> {
        return false;
      }
      case '?', 'h' -> mode = Mode.HELP;
      case '/' -> {
        mode = Mode.SEARCH;
        targets.search("");
      }
      case 'w' -> {
        targets.toggleOrder();
        top = 0;
      }
      case 'n' -> targets.selectNextBad();
      case '+', '=' -> span = span.longer();
      case '-' -> span = span.shorter();
      default -> {}
    }
    return true;
  }

  /// @return whether the key was for the search
  private boolean onSearchKey(Key key, char character) {
    String text = targets.search();
    switch (key) {
      case TEXT -> targets.search(text + character);
      case BACKSPACE -> {
        if (text.isEmpty()) {
          mode = Mode.OVERVIEW;
        } else {
          targets.search(text.substring(0, text.length() - 1));
        }
      }
      case ENTER -> mode = Mode.OVERVIEW;
      case ESCAPE -> {
        targets.search("");
        mode = Mode.OVERVIEW;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Draws all of it.
  public void render(Buffer buffer) {
    int width = buffer.width();
    int height = buffer.height();
    if (width < LEAST_COLUMNS || height < LEAST_ROWS) {
      buffer.setString(0, 0, "at least %d x %d".formatted(LEAST_COLUMNS, LEAST_ROWS), Look.PLAIN);
      return;
    }
    drawHeader(buffer);
    Rect body = new Rect(0, 1, width, height - 2);
    switch (mode) {
      case HELP -> Help.draw(look, buffer, body);
      case ALONE -> drawAlone(buffer, body);
      case OVERVIEW, SEARCH -> drawOverview(buffer, body);
    }
    drawFooter(buffer);
  }

  private void drawHeader(Buffer buffer) {
    String text = " ringtap monitor  " + HealthCounts.of(targets.all());
    String time = CLOCK.withZone(look.zone()).format(clock.instant()) + " ";
    bar(buffer, 0, text, time);
  }

  /// Draws a line from side to side.
  private static void bar(Buffer buffer, int y, String left, String right) {
    int room = Math.max(0, buffer.width() - right.length());
    String shown = CharWidth.substringByWidth(left, room);
    String padding = " ".repeat(Math.max(0, room - CharWidth.of(shown)));
    buffer.setString(0, y, shown + padding + right, Look.BAR);
  }

  private void drawFooter(Buffer buffer) {
    int y = buffer.height() - 1;
    String text = KEYS;
    if (mode == Mode.SEARCH) {
      text = " search: " + targets.search() + "_   Enter keeps, Esc clears";
    } else if (mode == Mode.ALONE) {
      text = " Enter, Esc all targets  arrows next target  + - time  ? help  q quit";
    } else if (!targets.search().isEmpty()) {
      text =
          " %d found by \"%s\"  Esc clears  Enter alone  ? help  q quit"
              .formatted(targets.shown().size(), targets.search());
    }
    buffer.setString(0, y, CharWidth.substringByWidth(text, buffer.width()), look.faint());
    if (mode == Mode.OVERVIEW && grid.height() > gridRows) {
      String place = " %d-%d of %d ".formatted(top + 1, top + gridRows, grid.height());
      buffer.setString(Math.max(0, buffer.width() - place.length()), y, place, look.faint());
    }
  }

  private void drawOverview(Buffer buffer, Rect body) {
    boolean isByGroup = !targets.isWorstFirst() && hasGroups();
    int events = body.height() >= 2 * EVENT_ROWS + LEAST_PLOT_ROWS ? EVENT_ROWS : 0;
    int most = Math.max(1, body.height() - events - LEAST_PLOT_ROWS - 1);
    grid = new Grid(targets.shown(), isByGroup, body.width(), most);
    gridRows = Math.clamp(grid.height(), 1, most);
    scrollToSelected();
    grid.draw(look, buffer, new Rect(0, body.y(), body.width(), gridRows), top, targets.selected());
    if (targets.shown().isEmpty()) {
      buffer.setString(
          1, body.y(), targets.all().isEmpty() ? "no targets yet" : "nothing found", look.faint());
    }
    int plotTop = body.y() + gridRows;
    int plotRows = body.height() - gridRows - events;
    drawTarget(buffer, new Rect(0, plotTop, body.width(), plotRows));
    if (events > 0) {
      Rect area = new Rect(0, body.bottom() - events, body.width(), events);
      drawEvents(buffer, area, EventFilter.newest(events - 1), "events");
    }
  }

  private boolean hasGroups() {
    List<TargetRow> shown = targets.shown();
    return !shown.isEmpty() && !shown.getFirst().group().equals(shown.getLast().group());
  }

  private void scrollToSelected() {
    int line = targets.shown().isEmpty() ? 0 : grid.lineOf(targets.selected());
    top = Math.clamp(top, Math.max(0, line - gridRows + 1), Math.max(0, line));
    top = Math.clamp(top, 0, Math.max(0, grid.height() - gridRows));
    if (top == 1 && gridRows > 2) {
      top = 0; // a heading is not left above the edge by itself
    }
  }

  private void drawAlone(Buffer buffer, Rect body) {
    TargetRow row = targets.current();
    int events = row == null ? 0 : Math.max(2, body.height() / 4);
    drawTarget(buffer, new Rect(0, body.y(), body.width(), body.height() - events));
    if (row != null) {
      Rect area = new Rect(0, body.bottom() - events, body.width(), events);
      EventFilter filter = new EventFilter(row.id(), Long.MIN_VALUE, Long.MAX_VALUE, events - 1);
      drawEvents(buffer, area, filter, "events of " + row.name());
    }
  }

  private void drawEvents(Buffer buffer, Rect area, EventFilter filter, String heading) {
    rule(buffer, area.y(), heading);
    Rect lines = new Rect(area.x(), area.y() + 1, area.width(), area.height() - 1);
    long now = clock.instant().getEpochSecond();
    EventLines.draw(look, buffer, lines, watched.events(filter), now, targets::name);
  }

  private void rule(Buffer buffer, int y, String heading) {
    String line = String.valueOf(look.pick('─', '-'));
    buffer.setString(0, y, line.repeat(buffer.width()), look.faint());
    String shown = CharWidth.substringByWidth(heading, Math.max(0, buffer.width() - 6));
    buffer.setString(2, y, " " + shown + " ", Look.STRONG);
  }

  /// Draws the selected target: a line of figures, and its plot.
  private void drawTarget(Buffer buffer, Rect area) {
    TargetRow row = targets.current();
    if (row == null) {
      return;
    }
    rule(buffer, area.y(), row.name() + "  " + figures(row));
    String spanText = " " + span.words() + " ";
    int at = area.width() - spanText.length() - 2;
    buffer.setString(at, area.y(), spanText, look.faint());
    int first = area.y() + 1;
    drawSparkline(buffer, row, first);
    Rect plot = new Rect(0, first + 1, area.width(), area.height() - 2);
    if (plot.height() > SmokePlot.OTHER_ROWS + 1) {
      drawPlot(buffer, row, plot);
    }
  }

  private static String figures(TargetRow row) {
    StringBuilder text = new StringBuilder();
    String address = row.address() == null ? "" : row.address().toString();
    if (!address.isEmpty() && !address.equals(row.name())) {
      text.append(address).append("  ");
    }
    text.append(row.health().word());
    if (!Double.isNaN(row.lossRatio()) && row.health() != Health.LOSSY) {
      text.append("  loss");
    }
    if (!Double.isNaN(row.lossRatio())) {
      text.append(' ').append(Texts.percent(row.lossRatio()));
    }
    if (row.rttNanos() >= 0) {
      text.append("  median ").append(Texts.rtt(row.rttNanos()));
    }
    if (row.hopLimit() > 0) {
      text.append("  ttl ").append(row.hopLimit());
    }
    return text.toString();
  }

  private void drawSparkline(Buffer buffer, TargetRow row, int y) {
    long[] latest =
        watched.latest(row.id(), TimeUnit.SECONDS.toNanos(clock.instant().getEpochSecond()));
    buffer.setString(0, y, "  probes ", look.faint());
    int room = Math.min(latest.length, buffer.width() - 20);
    long min = Long.MAX_VALUE;
    long max = 0;
    for (int i = latest.length - room; i < latest.length; i++) {
      if (latest[i] >= 0) {
        min = Math.min(min, latest[i]);
        max = Math.max(max, latest[i]);
      }
    }
    int x = 9;
    for (int i = latest.length - room; i < latest.length; i++) {
      boolean isLost = latest[i] < 0;
      double part = max > min ? (latest[i] - min) / (double) (max - min) : 0;
      char symbol = isLost ? 'X' : look.bar(part);
      Style style = isLost ? look.in(look.lossColour(1)) : look.in(Color.GREEN);
      buffer.setString(x++, y, String.valueOf(symbol), style);
    }
    if (room > 0 && latest[latest.length - 1] >= 0) {
      buffer.setString(x + 1, y, Texts.rtt(latest[latest.length - 1]), Look.PLAIN);
    }
  }

  private void drawPlot(Buffer buffer, TargetRow row, Rect area) {
    int columns = SmokePlot.columns(area);
    long end = clock.instant().getEpochSecond() + 1;
    int seconds = span.seconds();
    // Columns begin at the same times as long as they can, so that a plot does not flicker.
    long column = Math.max(1, seconds / columns);
    long from = Math.floorDiv(end + column - 1, column) * column - seconds;
    List<Window> windows =
        new ArrayList<>(watched.windows(row.id(), from, from + seconds, 2 * columns));
    Window running = watched.running(row.id());
    if (running != null
        && (windows.isEmpty() || windows.getLast().endSeconds() <= running.startSeconds())) {
      windows.add(running);
    }
    SmokeColumn[] made = SmokeColumn.of(windows, from, seconds, columns);
    List<StoredEvent> events =
        watched.events(
            new EventFilter(row.id(), from * 1_000_000_000, Long.MAX_VALUE, MOST_EVENTS));
    new SmokePlot(look, buffer, area).draw(made, from, seconds, events);
  }
}
