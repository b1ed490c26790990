package io.ringtap.monitor.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringtap.monitor.config.WebConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP server. Routes may be added at any time, by any thread; each request is answered on a
/// virtual thread of its own.
///
/// A client cannot hold it up: headers, bodies, connections and streams are bounded, and so is the
/// time that a request, a piece of a response and an idle connection may take.
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WebServer.class.getName());
  private static final int BACKLOG = 128;
  private static final int STOP_SECONDS = 2;
  private static final long CHECK_MILLIS = 1_000;

  /// A page of this server loads everything from it, and is shown in no other one's frame.
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  static {
    // The JDK's server reads these once, when the first one is made.
    limit("sun.net.httpserver.maxReqHeaders", 100);
    limit("sun.net.httpserver.maxReqHeaderSize", 32_768);
    limit("sun.net.httpserver.maxReqTime", 10); // seconds for header and body
    limit("sun.net.httpserver.idleInterval", 30); // seconds
    limit("sun.net.httpserver.maxIdleConnections", 100);
    limit("jdk.httpserver.maxConnections", 512);
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private final HttpServer server;
  private final boolean isLoopback;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
  private final Routes routes = new Routes();
  private final SlowClients slowClients = new SlowClients();
  private final StreamLimit streams = new StreamLimit();
  private final Thread watch;

  private WebServer(HttpServer server) {
    this.server = server;
    this.isLoopback = server.getAddress().getAddress().isLoopbackAddress();
    this.watch = Thread.ofVirtual().name("web-watch").unstarted(this::watch);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /// Begins to listen. Requests are answered after [#start].
  ///
  /// @throws IOException if it cannot; the message is one line that says why
  /// @throws IllegalArgumentException if [WebConfig#listen] is no such address; the message is one
  ///   line that says what is
  public static WebServer open(WebConfig config) throws IOException {
    InetSocketAddress address = ListenAddress.parse(config.listen());
    try {
      return new WebServer(HttpServer.create(address, BACKLOG));
    } catch (IOException e) {
      throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
    }
  }

  /// Serves a path.
  ///
  /// @param method such as `GET`, which stands for HEAD too
  /// @param path decoded; with `/*` at its end it stands for all below it, see [WebExchange#rest]
  public void route(String method, String path, WebHandler handler) {
    routes.add(method, path, handler);
  }

  /// Begins to answer.
  public void start() {
    server.start();
    watch.start();
  }

  /// Where it listens; the port is the one that the kernel chose if it was to choose one.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// What a browser on this machine opens.
  public String uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().isAnyLocalAddress() ? "localhost" : hostText(address);
    return "http://" + host + ":" + address.getPort() + "/";
  }

  private static String hostText(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /// How many streams of events are open.
  public int eventStreams() {
    return streams.count();
  }

  /// Interrupts the handlers of streams, lets other requests end for two seconds, and closes.
  @Override
  public void close() {
    watch.interrupt();
    streams.close();
    server.stop(STOP_SECONDS);
    threads.shutdownNow();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(CHECK_MILLIS);
        slowClients.check();
      }
    } catch (InterruptedException e) {
      return; // closed
    }
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      try {
        answer(exchange);
      } catch (WebException e) {
        refuse(exchange, e);
      } catch (InterruptedException | IOException e) {
        LOG.log(Level.TRACE, "a client has gone, or was too slow", e);
      } catch (RuntimeException | Error e) {
        LOG.log(
            Level.ERROR,
            "cannot answer "
                + PlainLine.of(exchange.getRequestMethod() + " " + exchange.getRequestURI()),
            e);
        refuse(exchange, new WebException(500, "this went wrong; the log says more"));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (isLoopback) {
      SameSite.requireLocalName(host);
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      SameSite.requireSameOrigin(exchange.getRequestHeaders().getFirst("Origin"), host);
    }
    String path = exchange.getRequestURI().getPath();
    Routes.Match match = routes.find(method, path == null ? "" : path);
    WebExchange web =
        new WebExchange(
            exchange,
            QueryText.parse(exchange.getRequestURI().getRawQuery()),
            match.rest(),
            slowClients,
            streams);
    match.handler().handle(web);
  }

  /// Answers with a status and a line, unless an answer has begun.
  private void refuse(HttpExchange exchange, WebException refusal) {
    if (exchange.getResponseCode() != -1) {
      return;
    }
    byte[] line = (refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(refusal.status(), isHead ? -1 : line.length);
      if (!isHead) {
        try (var out = slowClients.guard(exchange.getResponseBody(), false)) {
          out.write(line);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.TRACE, "a client has gone", e);
    }
  }
}
