package io.ringtap.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.FreePort;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Debian's smokeping_prober shows, the monitor shows by the same names.
@RequiresRawSockets
class SmokepingProberTest {
  private static final Pattern END = Pattern.compile("le=\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void isShownAlikeByName(@TempDir Path folder) throws Exception {
    Requirement.tool("prometheus-smokeping-prober");
    int port = FreePort.find();
    Process prober =
        new ProcessBuilder(
                "prometheus-smokeping-prober",
                "--privileged",
                "--config.file=" + folder.resolve("none.yml"),
                "--web.listen-address=127.0.0.1:" + port,
                "127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (WebServer server = serve()) {
      URI theirs = URI.create("http://127.0.0.1:" + port + "/metrics");
      Eventually.await("it has a reply", () -> text(theirs).contains("smokeping_response_ttl{"));

      Set<String> known = series(text(theirs));
      Set<String> ours = series(text(URI.create(server.uri() + "metrics")));

      assertThat(known)
          .contains(
              "# TYPE smokeping_response_duration_seconds histogram",
              "smokeping_requests_total{host=\"127.0.0.1\",ip=\"127.0.0.1\"}");
      assertThat(ours).isEqualTo(known);
    } finally {
      prober.destroy();
      prober.waitFor();
      client.close();
    }
  }

  private static WebServer serve() throws IOException {
    MetricsListener listener = new MetricsListener(MetricNames.SMOKEPING_PROBER);
    TargetKey key = new TargetKey("core", "127.0.0.1", AddressFamily.ANY);
    Target target = new Target(0, key, "here", Map.of(), ProbeSettings.DEFAULT);
    listener.onTargetAdded(target);
    listener.onAddress(target, null, IpAddress.parse("127.0.0.1"));
    listener.onProbe(StubProbe.reply(target, 60_000));
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    WebServer server = WebServer.open(new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    server.route(
        "GET", "/metrics", new MetricsHandler(collector, listener, new Figures(), "1", false));
    server.start();
    return server;
  }

  private String text(URI uri) throws InterruptedException {
    try {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // not ready
    }
  }

  /// Metrics of targets with their labels, and their types; the ends of buckets as numbers.
  private static Set<String> series(String text) {
    Set<String> series = new TreeSet<>();
    text.lines()
        .filter(line -> line.matches("(# TYPE )?smokeping_(re).*"))
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .map(SmokepingProberTest::plain)
        .forEach(series::add);
    return series;
  }

  private static String plain(String line) {
    Matcher end = END.matcher(line);
    return end.find() && !end.group(1).equals("+Inf")
        ? end.replaceFirst("le=\"" + Double.parseDouble(end.group(1)) + "\"")
        : line;
  }
}
