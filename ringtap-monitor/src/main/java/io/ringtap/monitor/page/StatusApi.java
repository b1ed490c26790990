package io.ringtap.monitor.page;

import io.ringtap.monitor.store.StoreStatus;
import io.ringtap.monitor.web.WebExchange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// `/api/status`: how the monitor itself does.
final class StatusApi {
  private final LiveView live;
  private final Supplier<PageStatus> status;

  StatusApi(LiveView live, Supplier<PageStatus> status) {
    this.live = live;
    this.status = status;
  }

  void answer(WebExchange exchange) throws IOException, InterruptedException {
    PageStatus now = status.get();
    StoreStatus store = now.store();
    OwnLosses own = live.ownLosses();
    PageJson.answer(
        exchange,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("version", now.version());
          json.writeNumberProperty("started_s", now.startedSeconds());
          json.writeStringProperty("reload_error", now.reloadError());
          json.writeNumberProperty("own_missed", now.missed());
          json.writeNumberProperty("own_dropped", own.dropped());
          json.writeNumberProperty("own_unsent", own.unsent());
          json.writeNumberProperty(
              "own_latest_ms", TimeUnit.NANOSECONDS.toMillis(own.latestNanos()));
          json.writeNumberProperty("store_bytes", store.bytes());
          json.writeNumberProperty("store_windows_lost", store.windowsLost());
          json.writeNumberProperty("store_probes_lost", store.probesLost());
          json.writeStringProperty("store_trouble", store.trouble());
          json.writeObjectPropertyStart("reading");
          now.reading().forEach(json::writeNumberProperty);
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
