package io.ringtap.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.FreePort;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Debian's Prometheus scrapes the monitor over TLS, with a password and with native histograms.
class PrometheusTest {
  private static final int PROBES = 2_000;

  /// The factor from one bucket to the next.
  private static final double BUCKET = Math.pow(2, 1 / 8.0);

  private final MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
  private final List<Double> seconds = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void knowsTheTrueQuantilesAndCounts() throws Exception {
    Requirement.tool("prometheus");
    Requirement.tool("openssl");
    makeProbes();
    int port = FreePort.find();
    try (WebServer server = serve();
        HttpClient client = HttpClient.newHttpClient()) {
      Process prometheus = startPrometheus(server, port);
      try {
        Queries queries = new Queries(client, port);
        Eventually.await(
            "it has scraped", () -> queries.value("ringtap_ping_requests_total") != null);

        for (double part : new double[] {0.1, 0.5, 0.9, 0.99}) {
          double truth = seconds.get((int) Math.ceil(part * seconds.size()) - 1);
          assertThat(
                  queries.value("histogram_quantile(%s, ringtap_ping_rtt_seconds)".formatted(part)))
              .isBetween(truth / BUCKET, truth * BUCKET);
        }
        assertThat(queries.value("histogram_count(ringtap_ping_rtt_seconds)"))
            .isEqualTo(PROBES)
            .isEqualTo(queries.value("ringtap_ping_replies_total"));
        assertThat(queries.value("histogram_sum(ringtap_ping_rtt_seconds)"))
            .isCloseTo(
                seconds.stream().mapToDouble(Double::doubleValue).sum(), Offset.offset(1e-6));
        assertThat(queries.value("ringtap_ping_lost_total")).isEqualTo(7);
        assertThat(queries.value("ringtap_ping_requests_total")).isEqualTo(PROBES + 7);
      } finally {
        prometheus.destroy();
        prometheus.waitFor();
      }
    }
  }

  private void makeProbes() {
    TargetKey key = new TargetKey("core", "a.example", AddressFamily.ANY);
    Target target = new Target(0, key, "a.example", Map.of(), ProbeSettings.DEFAULT);
    listener.onTargetAdded(target);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < PROBES; i++) {
      long nanos = (long) (5e6 * Math.exp(0.4 * random.nextGaussian()));
      seconds.add(nanos / 1e9);
      listener.onProbe(StubProbe.reply(target, nanos));
    }
    for (int i = 0; i < 7; i++) {
      listener.onProbe(StubProbe.of(target, Outcome.LOST));
    }
    Collections.sort(seconds);
  }

  private WebServer serve() throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(openssl.waitFor()).isZero();
    Path security =
        Files.writeString(
            folder.resolve("web.yml"),
            """
            tls_server_config: {cert_file: cert.pem, key_file: key.pem}
            basic_auth_users: {prometheus: %s}
            """
                .formatted(BCrypt.withDefaults().hashToString(10, "sesame".toCharArray())));
    WebServer server = WebServer.open(new WebConfig("127.0.0.1:0", security, List.of(), Map.of()));
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    server.route(
        "GET", "/metrics", new MetricsHandler(collector, listener, new Figures(), "1", false));
    server.start();
    return server;
  }

  private Process startPrometheus(WebServer server, int port) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            scrape_configs:
              - job_name: ringtap
                scrape_interval: 1s
                scrape_timeout: 1s
                scheme: https
                tls_config: {ca_file: cert.pem}
                basic_auth: {username: prometheus, password: sesame}
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(server.address().getPort()));
    return new ProcessBuilder(
            "prometheus",
            "--enable-feature=native-histograms",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  /// Prometheus' API.
  private record Queries(HttpClient client, int port) {
    /// The one value of an expression; null if there is none, or no server yet.
    @Nullable Double value(String expression) throws Exception {
      URI uri =
          URI.create(
              "http://127.0.0.1:%d/api/v1/query?query=%s"
                  .formatted(port, URLEncoder.encode(expression, StandardCharsets.UTF_8)));
      try {
        HttpResponse<String> answer =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          return null; // not ready
        }
        JsonNode results = JsonMapper.shared().readTree(answer.body()).path("data").path("result");
        return results.isEmpty()
            ? null
            : Double.valueOf(results.get(0).get("value").get(1).asString());
      } catch (IOException e) {
        return null;
      }
    }
  }
}
