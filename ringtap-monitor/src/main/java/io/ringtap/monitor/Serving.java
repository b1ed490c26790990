package io.ringtap.monitor;

import io.ringtap.monitor.metrics.MetricsHandler;
import io.ringtap.monitor.web.WebServer;
import org.jspecify.annotations.Nullable;

/// What all monitors serve beside the page.
final class Serving {
  private Serving() {}

  static void serve(WebServer web, MetricsHandler metrics, @Nullable Reloader reloader) {
    web.route("GET", "/metrics", metrics);
    web.route("GET", "/-/healthy", exchange -> exchange.text(200, "the monitor is running\n"));
    web.route("GET", "/-/ready", exchange -> exchange.text(200, "the monitor is ready\n"));
    web.route("POST", "/-/reload", new ReloadHandler(reloader));
  }
}
