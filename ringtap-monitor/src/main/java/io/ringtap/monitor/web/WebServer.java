package io.ringtap.monitor.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.web.security.CurrentTls;
import io.ringtap.monitor.web.security.PasswordCheck;
import io.ringtap.monitor.web.security.SecurityFile;
import io.ringtap.monitor.web.security.TlsSettings;
import io.ringtap.monitor.web.security.WebSecurity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

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

  private final HttpServer server;
  private final @Nullable SecurityFile securityFile;
  private final PasswordCheck passwords = new PasswordCheck();
  private volatile WebSecurity security;
  private final boolean isLoopback;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
  private final Routes routes = new Routes();
  private final SlowClients slowClients = new SlowClients();
  private final StreamLimit streams = new StreamLimit();
  private final Thread watch;

  private WebServer(HttpServer server, @Nullable SecurityFile securityFile) {
    this.server = server;
    this.securityFile = securityFile;
    this.security = securityFile == null ? WebSecurity.NONE : securityFile.security();
    this.isLoopback = server.getAddress().getAddress().isLoopbackAddress();
    this.watch = Thread.ofVirtual().name("web-watch").unstarted(this::watch);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    if (server instanceof HttpsServer encrypted) {
      encrypt(encrypted);
    }
  }

  /// Begins to listen. Requests are answered after [#start].
  ///
  /// @throws IOException if it cannot, or if the [security file][WebConfig#security] is not right;
  ///   the message is one line that says why
  /// @throws IllegalArgumentException if [WebConfig#listen] is no such address; the message is one
  ///   line that says what is
  public static WebServer open(WebConfig config) throws IOException {
    HttpLimits.set();
    InetSocketAddress address = ListenAddress.parse(config.listen());
    SecurityFile file = config.security() == null ? null : SecurityFile.open(config.security());
    try {
      boolean isEncrypted = file != null && file.security().tls() != null;
      HttpServer server =
          isEncrypted ? HttpsServer.create(address, BACKLOG) : HttpServer.create(address, BACKLOG);
      return new WebServer(server, file);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
    }
  }

  /// Has each new connection encrypted as the security file says at that time.
  private void encrypt(HttpsServer encrypted) {
    encrypted.setHttpsConfigurator(
        new HttpsConfigurator(CurrentTls.context(this::tls)) {
          @Override
          public void configure(HttpsParameters parameters) {
            parameters.setSSLParameters(tls().parameters());
          }
        });
  }

  private TlsSettings tls() {
    return Objects.requireNonNull(security.tls(), "a server with TLS keeps it");
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
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://" + host + ":" + address.getPort() + "/";
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
        refreshSecurity();
      }
    } catch (InterruptedException e) {
      return; // closed
    }
  }

  private void refreshSecurity() {
    try {
      if (securityFile != null && securityFile.refresh()) {
        security = securityFile.security();
        LOG.log(Level.INFO, "the web configuration file was read again");
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the web configuration file as it was stays in force: {0}",
          e.getMessage());
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
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    WebSecurity now = security;
    now.headers().forEach(headers::set);
    requireAllowed(exchange, now);
    String method = exchange.getRequestMethod();
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

  /// Lets in users; if there are none, whoever is no page of another site.
  private void requireAllowed(HttpExchange exchange, WebSecurity now)
      throws IOException, InterruptedException {
    Headers request = exchange.getRequestHeaders();
    String host = request.getFirst("Host");
    if (!now.users().isEmpty()) {
      switch (passwords.check(now.users(), request.getFirst("Authorization"))) {
        case RIGHT -> {}
        case WRONG -> {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"ringtap\"");
          throw new WebException(401, "name and password, please");
        }
        case BUSY -> throw new WebException(503, "too many passwords are being checked");
      }
    } else if (isLoopback) {
      SameSite.requireLocalName(host);
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      SameSite.requireSameOrigin(request.getFirst("Origin"), host);
    }
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
