package io.ringtap.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.WebConfig;
import io.ringtap.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server = open("127.0.0.1:0");

  private static WebServer open(String listen) {
    try {
      return WebServer.open(new WebConfig(listen, null, List.of(), Map.of()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void serve() {
    server.route("GET", "/hello", exchange -> exchange.text(200, "hello " + exchange.query("who")));
    server.route("GET", "/long", exchange -> exchange.text(200, "0123456789".repeat(10_000)));
    server.route("GET", "/under/*", exchange -> exchange.text(200, exchange.rest()));
    server.route("POST", "/body", exchange -> exchange.json(200, "" + exchange.body(10).length));
    server.route(
        "GET",
        "/broken",
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  @Test
  void answersWithTheQuerysParametersDecoded() throws Exception {
    assertThat(get("/hello?who=J%C3%B6rg+%26+all").body()).isEqualTo("hello Jörg & all");
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, 404",
    "/hello/, 404",
    "/broken, 500",
    "/under/a/b, 200",
    "/under/../hello, 404",
    "/under/%2e%2e/hello, 404",
    "/under/a//b, 404",
    "/under/%00, 404"
  })
  void answersWithAStatusAndALine(String path, int status) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body().strip()).hasLineCount(1);
  }

  @Test
  void saysWhichMethodsAPathTakes() throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri("/hello")).DELETE().build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).isEqualTo("allowed here: GET\n");
  }

  @Test
  void answersAHeadWithTheLengthOnly() throws Exception {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri("/long")).HEAD().build(), BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Length")).contains("100000");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void compressesForThoseWhoTakeIt() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/long")).header("Accept-Encoding", "deflate, gzip").build();

    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(response.body()).readAllBytes()).hasSize(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "deflate"})
  void doesNotCompressForOthers(String accepted) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/long")).header("Accept-Encoding", accepted).build();

    assertThat(client.send(request, BodyHandlers.ofString()).body()).hasSize(100_000);
  }

  @Test
  void tellsBrowsersToLoadNothingFromElsewhere() throws Exception {
    Map<String, List<String>> headers = get("/hello").headers().map();

    assertThat(headers.getOrDefault("content-security-policy", List.of()))
        .singleElement()
        .asString()
        .startsWith("default-src 'self'");
    assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
    assertThat(headers).containsEntry("x-frame-options", List.of("DENY"));
    assertThat(headers).containsEntry("referrer-policy", List.of("no-referrer"));
  }

  @Test
  void takesBodiesUpToTheirLimit() throws Exception {
    assertThat(post("/body", "0123456789", null).body()).isEqualTo("10");
    assertThat(post("/body", "0123456789a", null).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesWhatAPageOfAnotherSiteSends() throws Exception {
    assertThat(post("/body", "", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(post("/body", "", server.uri().replaceAll("/$", "")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:9427, 200",
    "127.0.0.1:1, 200",
    "[::1]:9427, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example, 421"
  })
  void answersToLocalNamesOnly(String host, int status) throws Exception {
    String answer = raw("GET /hello HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    String answer =
        raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");

    assertThat(answer).doesNotContain("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hello?who=%zz", "no-path", "/hello?a=%e2%28%a1%zz"})
  void refusesAddressesThatAreNone(String address) throws Exception {
    assertThat(raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 40");
  }

  @Test
  void waitsForSlowClientsOnlySoLong() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    server.route(
        "GET",
        "/endless",
        exchange -> {
          try (OutputStream out = exchange.stream(200, "image/png")) {
            while (true) {
              out.write(new byte[100_000]);
            }
          } finally {
            ended.countDown();
          }
        });
    try (Socket socket = connect()) {
      send(socket, "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(raw("GET /hello HTTP/1.1\r\nHost: local")).doesNotContain("hello");
      Eventually.await("the handler has ended", () -> ended.getCount() == 0);
    }
  }

  @Test
  void sendsEventsUntilItCloses() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    server.route(
        "GET",
        "/events",
        exchange -> {
          try (EventStream events = exchange.events()) {
            events.send("greeting", "one\ntwo");
            new CountDownLatch(1).await();
          } finally {
            ended.countDown();
          }
        });
    HttpResponse<InputStream> response =
        client.send(HttpRequest.newBuilder(uri("/events")).build(), BodyHandlers.ofInputStream());
    List<String> lines = new ArrayList<>();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    for (int i = 0; i < 4; i++) {
      lines.add(reader.readLine());
    }

    assertThat(lines).containsExactly("event: greeting", "data: one", "data: two", "");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(server.eventStreams()).isEqualTo(1);
    server.close();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.eventStreams()).isZero();
  }

  @Test
  void opensNoMoreStreamsThanItAllows() throws Exception {
    server.route(
        "GET",
        "/events",
        exchange -> {
          try (EventStream events = exchange.events()) {
            events.beat();
            new CountDownLatch(1).await();
          }
        });
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        sockets.add(connect());
        send(sockets.getLast(), "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      Eventually.await("all are open", () -> server.eventStreams() == 100);

      assertThat(get("/events").statusCode()).isEqualTo(503);
      assertThat(get("/hello").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9427, 127.0.0.1, 9427",
    "[::1]:9427, 0:0:0:0:0:0:0:1, 9427",
    "localhost:80, 127.0.0.1, 80",
    "0.0.0.0:80, 0.0.0.0, 80"
  })
  void readsAddressesAsPrometheusWritesThem(String text, String address, int port) {
    var parsed = ListenAddress.parse(text);

    assertThat(parsed.getAddress().getHostAddress()).isEqualTo(address);
    assertThat(parsed.getPort()).isEqualTo(port);
  }

  @Test
  void listensOnAllAddressesIfNoneIsNamed() {
    assertThat(ListenAddress.parse(":9427").getAddress().isAnyLocalAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9427", "127.0.0.1", "::1:9427", "example.net:80", "127.0.0.1:70000"})
  void saysHowAnAddressIsWritten(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .hasMessage(
            "'%s' is no address to listen on; write 127.0.0.1:9427, [::1]:9427 or :9427", text);
  }

  @Test
  void saysWhichAddressIsTaken() {
    String taken = "127.0.0.1:" + server.address().getPort();

    assertThatThrownBy(() -> WebServer.open(new WebConfig(taken, null, List.of(), Map.of())))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + taken + ": Address already in use");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, @Nullable String origin)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// What the server answers to some bytes until it closes the connection.
  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "closed: " + e.getMessage();
    }
  }
}
