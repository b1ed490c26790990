package io.ringtap.system.monitor.page;

import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Chromium without a window, driven by its DevTools protocol.
final class Browser implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private static final String PROGRAM = "chromium-headless-shell";
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final Map<String, Tab> tabs = new ConcurrentHashMap<>();

  private Browser(Process process, Path profile, URI address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Receiver()).join();
  }

  static Browser start() throws IOException {
    Requirement.tool(PROGRAM);
    Path profile = Files.createTempDirectory("browser");
    Process process =
        new ProcessBuilder(
                PROGRAM,
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-sandbox", // a sandbox needs another user than root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--lang=en-GB")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Two lines: the port, and the path of the browser's own socket.
    Path ready = profile.resolve("DevToolsActivePort");
    Eventually.await(
        PROGRAM + " is ready", () -> Files.exists(ready) && Files.readAllLines(ready).size() == 2);
    List<String> lines = Files.readAllLines(ready);
    URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    return new Browser(process, profile, address);
  }

  /// Opens a page in a tab of its own.
  Tab open(String address, int width, int height) {
    String target =
        call(null, "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asString();
    String session =
        call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asString();
    Tab tab = new Tab(this, session, target);
    tabs.put(session, tab);
    tab.begin(width, height);
    tab.go(address);
    return tab;
  }

  /// Asks for something and waits for the answer.
  ///
  /// @param session of a tab; null is the browser itself
  JsonNode call(@Nullable String session, String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    Map<String, Object> message =
        session == null
            ? Map.of("id", number, "method", method, "params", parameters)
            : Map.of("id", number, "method", method, "params", parameters, "sessionId", session);
    synchronized (socket) {
      socket.sendText(JSON.writeValueAsString(message), true).join();
    }
    JsonNode whole = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (whole.has("error")) {
      throw new IllegalStateException(method + ": " + whole.get("error"));
    }
    return whole.get("result");
  }

  private void receive(JsonNode message) {
    JsonNode number = message.get("id");
    if (number != null) {
      Objects.requireNonNull(answers.remove(number.asInt())).complete(message);
      return;
    }
    JsonNode session = message.get("sessionId");
    Tab tab = session == null ? null : tabs.get(session.asString());
    if (tab != null) {
      tab.hear(message.get("method").asString(), message.get("params"));
    }
  }

  @Override
  public void close() throws IOException {
    // The program may be a script that has started the browser.
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    call(null, "Browser.close", Map.of());
    all.forEach(one -> one.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    socket.abort();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : List.copyOf(files.toList()).reversed()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        receive(message);
      }
      from.request(1);
      return null;
    }
  }
}
