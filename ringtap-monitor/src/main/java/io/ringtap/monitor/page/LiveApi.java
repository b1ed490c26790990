package io.ringtap.monitor.page;

import io.ringtap.monitor.web.EventStream;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/// `/api/overview`, all targets, and `/api/live`, what changes from then on.
final class LiveApi {
  private static final long PERIOD_MILLIS = 1_000;

  private final LiveView live;
  private final InstantSource clock;

  LiveApi(LiveView live, InstantSource clock) {
    this.live = live;
    this.clock = clock;
  }

  void overview(WebExchange exchange) throws IOException, InterruptedException {
    LiveRows all = live.since(0, Set.of());
    PageJson.answer(exchange, json -> LiveJson.overview(json, all, clock.millis()));
  }

  /// Each second what has changed since the second before. A client that takes longer to read is
  /// asked for less often: then its next message has all that has changed meanwhile.
  void stream(WebExchange exchange) throws IOException, InterruptedException {
    long seen = QueryNumber.read(exchange, "version", 0);
    Set<Integer> watched = watched(exchange);
    try (EventStream stream = exchange.events()) {
      while (true) {
        LiveRows changed = live.since(seen, watched);
        seen = changed.version();
        stream.send("rows", PageJson.text(json -> LiveJson.changes(json, changed, clock.millis())));
        Thread.sleep(PERIOD_MILLIS);
      }
    }
  }

  private static Set<Integer> watched(WebExchange exchange) throws WebException {
    Set<Integer> watched = new HashSet<>();
    for (String text : exchange.queries("watch")) {
      if (!text.matches("[0-9]{1,9}") || watched.size() == TargetLookup.MOST) {
        throw WebException.badRequest(
            "watch must be a target's number, at most " + TargetLookup.MOST);
      }
      watched.add(Integer.valueOf(text));
    }
    return watched;
  }
}
