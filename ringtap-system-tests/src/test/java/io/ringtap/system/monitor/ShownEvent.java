package io.ringtap.system.monitor;

import java.time.Instant;
import java.util.Map;

/// An event as the page and commands have it. Times are in milliseconds since the epoch.
record ShownEvent(String target, String kind, boolean isBegin, long sinceMillis, long atMillis) {
  /// @param event an object of `/api/events`
  static ShownEvent ofPage(Map<?, ?> event) {
    return new ShownEvent(
        (String) event.get("key"),
        (String) event.get("kind"),
        (Boolean) event.get("begin"),
        (Long) event.get("since_ms"),
        (Long) event.get("at_ms"));
  }

  /// @param event what a command reads
  static ShownEvent ofCommand(Map<?, ?> event) {
    return new ShownEvent(
        (String) event.get("target"),
        (String) event.get("kind"),
        "begin".equals(event.get("state")),
        Instant.parse((String) event.get("since")).toEpochMilli(),
        Instant.parse((String) event.get("time")).toEpochMilli());
  }
}
