package io.ringtap.monitor.event.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringtap.monitor.web.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that takes JSON, and answers as told.
final class Receiver implements AutoCloseable {
  /// How a request is answered.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws Exception;
  }

  private final HttpServer server;
  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private volatile Answer answer = status(200);

  Receiver() throws IOException {
    HttpLimits.set(); // which count for all servers of the process, from the first on
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    bodies.add(new JsonMapper().readTree(exchange.getRequestBody()));
    try {
      answer.to(exchange);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  static Answer status(int status) {
    return exchange -> {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  void answer(Answer next) {
    answer = next;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /// The bodies of all requests so far.
  List<JsonNode> bodies() {
    return bodies;
  }

  /// All events so far, such as `router 1 down begin`; those of a request that was answered badly
  /// too.
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (JsonNode body : bodies) {
      for (JsonNode event : body.get("events")) {
        events.add(
            "%s %s %s"
                .formatted(
                    event.get("name").asString(),
                    event.get("kind").asString(),
                    event.get("state").asString()));
      }
    }
    return events;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
