package io.ringtap.fleet.reader;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes what a webhook gets, and what an Alertmanager gets.
final class AlertReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Map<String, JsonNode> alerts = new ConcurrentHashMap<>();

  AlertReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::takeEvents);
    server.createContext("/api/v2/alerts", this::takeAlerts);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void takeEvents(HttpExchange exchange) throws IOException {
    for (JsonNode event : new JsonMapper().readTree(exchange.getRequestBody()).get("events")) {
      events.add(event.get("target").asString() + " " + event.get("state").asString());
    }
    answer(exchange);
  }

  private void takeAlerts(HttpExchange exchange) throws IOException {
    for (JsonNode alert : new JsonMapper().readTree(exchange.getRequestBody())) {
      JsonNode labels = alert.get("labels");
      alerts.put(labels.get("host").asString() + "@" + labels.get("site").asString(), alert);
    }
    answer(exchange);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /// All events so far, as the webhook got them: `core/h1@fra1 begin`.
  List<String> events() {
    return events;
  }

  /// The alerts that have come since they were last forgotten, as `h1@fra1`.
  Set<String> alerts() {
    return alerts.keySet();
  }

  /// The newest form of an alert.
  JsonNode alert(String name) {
    return requireNonNull(alerts.get(name));
  }

  void forgetAlerts() {
    alerts.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
