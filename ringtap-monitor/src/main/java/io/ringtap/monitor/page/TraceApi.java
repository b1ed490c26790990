package io.ringtap.monitor.page;

import io.ringtap.error.LinuxException;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import io.ringtap.packet.IpAddress;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// `/api/trace`: the routers on the way to a target that is watched. Answers with a line of JSON
/// each half second, each with all that is known so far.
final class TraceApi {
  /// A header that a page of another site cannot send without asking first.
  private static final String HEADER = "X-Ringtap";

  private static final int MOST_AT_ONCE = 4;
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final TraceOptions OPTIONS =
      TraceOptions.DEFAULT
          .withRounds(5)
          .withInterval(Duration.ofMillis(500))
          .withTimeout(Duration.ofSeconds(2));

  private final LiveView live;
  private final Set<Integer> running = new HashSet<>();

  TraceApi(LiveView live) {
    this.live = live;
  }

  void answer(WebExchange exchange) throws IOException, InterruptedException {
    if (exchange.header(HEADER) == null) {
      throw new WebException(403, "a trace needs the header " + HEADER + ": trace");
    }
    String key = exchange.query("target");
    TargetRow row = key == null ? null : live.find(key);
    if (row == null) {
      throw WebException.notFound("there is no such target");
    }
    String site = row.target().key().site();
    if (site != null) {
      throw new WebException(409, "this target is watched from " + site + ", and not from here");
    }
    IpAddress address = row.address();
    if (address == null) {
      throw new WebException(409, "this target has no address yet");
    }
    int id = row.target().id();
    begin(id);
    try (Tracer tracer = open(row.target().settings())) {
      run(exchange, tracer, address);
    } finally {
      end(id);
    }
  }

  private synchronized void begin(int id) throws WebException {
    if (running.contains(id)) {
      throw new WebException(409, "this target is being traced already");
    }
    if (running.size() == MOST_AT_ONCE) {
      throw new WebException(503, MOST_AT_ONCE + " traces are running already; try again soon");
    }
    running.add(id);
  }

  private synchronized void end(int id) {
    running.remove(id);
  }

  private static Tracer open(ProbeSettings settings) throws IOException {
    TraceOptions options = OPTIONS.withTrafficClass(settings.trafficClass());
    String name = settings.interfaceName();
    if (name != null) {
      NetworkInterface device = NetworkInterface.getByName(name);
      if (device == null) {
        throw new WebException(409, "the interface of this target is not there");
      }
      options = options.withInterfaceIndex(device.getIndex());
    }
    try {
      return Tracer.open(options);
    } catch (LinuxException e) {
      throw new WebException(500, "cannot trace: " + e.getMessage());
    }
  }

  private static void run(WebExchange exchange, Tracer tracer, IpAddress address)
      throws IOException, InterruptedException {
    CompletableFuture<List<TraceReport>> future = tracer.trace(List.of(address));
    try (OutputStream out = exchange.stream(200, "application/x-ndjson")) {
      boolean isRunning = true;
      while (isRunning) {
        try {
          future.get(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
          isRunning = false;
        } catch (TimeoutException _) {
          // Told below that it goes on.
        } catch (ExecutionException e) {
          String why = e.getCause() instanceof IOException cause ? "" + cause.getMessage() : "" + e;
          line(out, json -> json.writeStringProperty("error", why));
          return;
        }
        boolean isDone = !isRunning;
        List<TraceReport> reports = tracer.reports();
        if (!reports.isEmpty()) {
          line(out, json -> report(json, reports.getFirst(), isDone));
        }
      }
    }
  }

  private static void line(OutputStream out, Consumer<JsonGenerator> content) throws IOException {
    out.write(
        PageJson.bytes(json -> {
          json.writeStartObject();
          content.accept(json);
          json.writeEndObject();
        }));
    out.write('\n');
    out.flush();
  }

  private static void report(JsonGenerator json, TraceReport report, boolean isDone) {
    json.writeStringProperty("address", report.target().toString());
    json.writeBooleanProperty("reached", report.isReached());
    json.writeBooleanProperty("done", isDone);
    json.writeArrayPropertyStart("hops");
    for (TraceReport.Hop hop : report.hops()) {
      json.writeStartObject();
      json.writeNumberProperty("ttl", hop.hopLimit());
      json.writeNumberProperty("sent", hop.counts().sent());
      json.writeNumberProperty("answered", hop.counts().answered());
      json.writeNumberProperty("lost", hop.counts().lost());
      json.writeNumberProperty("last_ns", hop.lastNanos());
      json.writeNumberProperty("median_ns", hop.rtt().count() == 0 ? -1 : hop.rtt().median());
      json.writeBooleanProperty("rate_limited", hop.isRateLimited());
      json.writeBooleanProperty("silent", hop.isSilent());
      json.writeArrayPropertyStart("routers");
      hop.responders().forEach(router -> json.writeString(router.address().toString()));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
