package io.ringtap.monitor.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A request and its response. One thread uses it, that of its handler. One of the methods that
/// respond is to be called, once.
public final class WebExchange {
  private static final int BUFFER_BYTES = 16_384;

  /// What is shorter takes as many packets compressed as not.
  private static final int WORTH_COMPRESSING = 1_024;

  private final HttpExchange exchange;
  private final Map<String, List<String>> queries;
  private final String rest;
  private final SlowClients slowClients;
  private final StreamLimit streams;

  WebExchange(
      HttpExchange exchange,
      Map<String, List<String>> queries,
      String rest,
      SlowClients slowClients,
      StreamLimit streams) {
    this.exchange = exchange;
    this.queries = queries;
    this.rest = rest;
    this.slowClients = slowClients;
    this.streams = streams;
  }

  /// `GET`, `POST`, or what the route was registered for; a HEAD is a `GET` here.
  public String method() {
    return isHead() ? "GET" : exchange.getRequestMethod();
  }

  /// The decoded path.
  public String path() {
    return exchange.getRequestURI().getPath();
  }

  /// What follows the part of the path that the route was registered for, decoded: of `/api/7` with
  /// a route for `/api/*` it is `7`. Empty where the route has no `*`. Never has an empty part, `.`
  /// or `..`.
  public String rest() {
    return rest;
  }

  /// The first value of a query parameter; null if there is none.
  public @Nullable String query(String name) {
    List<String> values = queries(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// All values of a query parameter, in order.
  public List<String> queries(String name) {
    return queries.getOrDefault(name, List.of());
  }

  /// A header of the request; null if there is none. Its value is as the client sent it.
  public @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /// The body of the request.
  ///
  /// @param limit bytes
  /// @throws WebException if it is larger: status 413
  public byte[] body(int limit) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
    if (body.length > limit) {
      throw new WebException(413, "the body has more than " + limit + " bytes");
    }
    return body;
  }

  /// Sets a header of the response, before it begins.
  public void setHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /// Responds without a body.
  public void empty(int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  /// Responds with plain text.
  public void text(int status, String text) throws IOException {
    bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// Responds with JSON.
  public void json(int status, String json) throws IOException {
    bytes(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /// Responds with bytes, compressed if the client takes that and it is worth it.
  ///
  /// @param type the media type
  public void bytes(int status, String type, byte[] body) throws IOException {
    setHeader("Content-Type", type);
    byte[] sent = body;
    if (body.length >= WORTH_COMPRESSING && isCompressible(type)) {
      setHeader("Vary", "Accept-Encoding");
      if (takesGzip()) {
        setHeader("Content-Encoding", "gzip");
        sent = compressed(body);
      }
    }
    if (isHead()) {
      setHeader("Content-Length", Integer.toString(sent.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
    try (OutputStream out = slowClients.guard(exchange.getResponseBody(), false)) {
      out.write(sent);
    }
  }

  /// Responds with bytes that are made while they are sent. What is returned must be closed. After
  /// a HEAD what is written to it goes nowhere.
  ///
  /// @param type the media type
  public OutputStream stream(int status, String type) throws IOException {
    return begin(status, type, false);
  }

  /// Begins server-sent events.
  ///
  /// @throws WebException if there are as many streams as the server allows: status 503
  public EventStream events() throws IOException {
    if (isHead()) {
      throw new WebException(405, "streams of events are there for GET only");
    }
    streams.enter();
    try {
      // Proxies would hold back what they gather.
      setHeader("X-Accel-Buffering", "no");
      return new EventStream(begin(200, "text/event-stream", true), streams::leave);
    } catch (IOException | RuntimeException | Error e) {
      streams.leave();
      throw e;
    }
  }

  private OutputStream begin(int status, String type, boolean isEndless) throws IOException {
    setHeader("Content-Type", type);
    setHeader("Vary", "Accept-Encoding");
    boolean isCompressed = isCompressible(type) && takesGzip();
    if (isCompressed) {
      setHeader("Content-Encoding", "gzip");
    }
    if (isHead()) {
      exchange.sendResponseHeaders(status, -1);
      return OutputStream.nullOutputStream();
    }
    exchange.sendResponseHeaders(status, 0);
    OutputStream out = slowClients.guard(exchange.getResponseBody(), isEndless);
    return isCompressed ? new QuickGzip(out) : out;
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private boolean takesGzip() {
    String accepted = header("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (coding.strip().matches("(gzip|\\*)( *;.*)?")) {
        return !coding.matches(".*; *q=0(\\.0*)? *");
      }
    }
    return false;
  }

  private static boolean isCompressible(String type) {
    return type.startsWith("text/")
        || type.startsWith("application/")
        || type.startsWith("image/svg");
  }

  private static byte[] compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (OutputStream gzip = new QuickGzip(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  /// Compresses at the quickest level, which metrics gain nearly all by; a flush sends all there
  /// is.
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES, true);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
