package io.ringtap.cli.monitor;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/// An event as a line for people: `2026-11-30 14:05:07 core/10.0.0.1 down begins: …`.
final class EventLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private EventLine() {}

  static String of(Event event) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(event.epochNanos());
    String state = event.kind() == EventKind.ADDRESS ? "" : event.isBegin() ? " begins" : " ends";
    return "%s %s %s%s: %s"
        .formatted(
            TIME.format(Instant.ofEpochSecond(seconds)),
            event.target().key(),
            event.kind().word(),
            state,
            event.detail());
  }
}
