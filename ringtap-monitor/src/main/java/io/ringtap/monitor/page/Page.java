package io.ringtap.monitor.page;

import io.ringtap.monitor.web.WebServer;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The page and the JSON that it asks for.
public final class Page {
  private Page() {}

  /// Adds the page's routes to a server.
  ///
  /// @param status asked on threads of the server
  public static void serve(
      WebServer web, LiveView live, HistoryView history, Supplier<PageStatus> status) {
    InstantSource clock = InstantSource.system();
    StaticFiles.serve(web);
    LiveApi liveApi = new LiveApi(live, clock);
    web.route("GET", "/api/overview", liveApi::overview);
    web.route("GET", "/api/live", liveApi::stream);
    TargetLookup targets = new TargetLookup(live, history);
    HistoryApi historyApi = new HistoryApi(targets, history, clock);
    web.route("GET", "/api/series", historyApi::series);
    web.route("GET", "/api/events", historyApi::events);
    web.route("GET", "/api/status", new StatusApi(live, status)::answer);
    web.route("POST", "/api/trace", new TraceApi(live)::answer);
  }
}
