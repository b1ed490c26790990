package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Color;
import dev.tamboui.style.Style;
import dev.tamboui.text.CharWidth;
import io.ringtap.monitor.store.StoredEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// Draws the newest events, a line each.
final class EventLines {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ROOT);
  private static final int NAME_COLUMNS = 24;

  private EventLines() {}

  static char symbol(Look look, boolean isBegin) {
    return isBegin ? look.pick('▲', '^') : look.pick('▽', 'v');
  }

  static Style style(Look look, boolean isBegin) {
    return look.in(isBegin ? Color.RED : Color.GREEN);
  }

  /// Draws as many as there is room for.
  ///
  /// @param nowSeconds in seconds since the epoch
  /// @param names of targets by their numbers
  static void draw(
      Look look,
      Buffer buffer,
      Rect area,
      List<StoredEvent> events,
      long nowSeconds,
      IntFunction<String> names) {
    LocalDate today = Instant.ofEpochSecond(nowSeconds).atZone(look.zone()).toLocalDate();
    if (events.isEmpty()) {
      buffer.setString(area.x() + 1, area.y(), "no events", look.faint());
    }
    for (int i = 0; i < Math.min(events.size(), area.height()); i++) {
      StoredEvent event = events.get(i);
      int y = area.y() + i;
      String name = CharWidth.substringByWidth(names.apply(event.targetId()), NAME_COLUMNS);
      String text = "%s  %s".formatted(name, Texts.printable(event.detail()));
      String what = event.kind().word() + (event.isBegin() ? "" : " over");
      String head =
          " %-12s %c %-14s"
              .formatted(time(event, look, today), symbol(look, event.isBegin()), what);
      buffer.setString(area.x(), y, head, style(look, event.isBegin()));
      int room = area.width() - head.length() - 1;
      buffer.setString(
          area.x() + head.length(),
          y,
          CharWidth.substringByWidth(text, Math.max(0, room)),
          Look.PLAIN);
    }
  }

  private static String time(StoredEvent event, Look look, LocalDate today) {
    ZonedDateTime at = Instant.ofEpochSecond(0, event.epochNanos()).atZone(look.zone());
    return (at.toLocalDate().equals(today) ? TODAY : EARLIER).format(at);
  }
}
