package io.ringtap.system.monitor;

import java.time.Instant;
import java.util.Map;

/// An event as the page and commands have it. Times are in milliseconds since the epoch.
record ToldEvent(String target, String kind, boolean isBegin, long sinceMillis, long atMillis) {
  /// @param event an object of `/api/events`
  static ToldEvent ofPage(Map<?, ?> event) {
    return new ToldEvent(
        (String) event.get("key"),
        (String) event.get("kind"),
        (Boolean) event.get("begin"),
        (Long) event.get("since_ms"),
        (Long) event.get("at_ms"));
  }

  /// @param event what a command reads
  static ToldEvent ofCommand(Map<?, ?> event) {
    return new ToldEvent(
        (String) event.get("target"),
        (String) event.get("kind"),
        "begin".equals(event.get("state")),
        Instant.parse((String) event.get("since")).toEpochMilli(),
        Instant.parse((String) event.get("time")).toEpochMilli());
  }
}
