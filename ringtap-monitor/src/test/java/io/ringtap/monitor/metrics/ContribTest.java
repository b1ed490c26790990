package io.ringtap.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.collect.Collector;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What lies in `contrib` for Prometheus and Grafana fits what the monitor shows.
class ContribTest {
  private static final Pattern METRIC = Pattern.compile("\\b(?:ringtap|process|jvm)_[a-z_]+\\b");

  @Test
  void hasAlertsThatPrometheusTakesAndThatFireAsTheySay() throws Exception {
    Requirement.tool("promtool");
    Path folder = contrib();

    assertThat(promtool(folder, "check", "config", "prometheus.yml")).contains("7 rules found");
    assertThat(promtool(folder, "test", "rules", "ringtap-alerts-test.yml")).contains("SUCCESS");
  }

  @Test
  void asksForMetricsThatThereAre() throws Exception {
    Set<String> asked = new TreeSet<>();
    List<String> texts = new ArrayList<>(expressions());
    texts.add(Files.readString(contrib().resolve("ringtap-alerts.yml")));
    for (String text : texts) {
      METRIC.matcher(text).results().forEach(found -> asked.add(found.group()));
    }

    assertThat(asked).contains("ringtap_target_up", "ringtap_ping_rtt_seconds");
    assertThat(shown()).containsAll(asked);
  }

  @Test
  void hasADashboardWhoseExpressionsPrometheusTakes(@TempDir Path folder) throws Exception {
    Requirement.tool("promtool");
    List<String> rules = new ArrayList<>(List.of("groups:", "  - name: dashboard", "    rules:"));
    for (String expression : expressions()) {
      String plain = expression.replace("$__rate_interval", "5m").replace("'", "''");
      rules.add("      - record: dashboard:panel%d".formatted(rules.size()));
      rules.add("        expr: '" + plain + "'");
    }
    Files.write(folder.resolve("dashboard.yml"), rules);

    assertThat(promtool(folder, "check", "rules", "dashboard.yml"))
        .contains("SUCCESS: " + expressions().size() + " rules found");
  }

  private static List<String> expressions() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(contrib().resolve("ringtap-dashboard.json")));
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        expressions.add(target.get("expr").asString());
      }
    }
    return expressions;
  }

  /// The names of all metrics in a scrape, of a target to which everything has happened.
  private static Set<String> shown() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    TargetKey key = new TargetKey("core", "a.example", AddressFamily.ANY);
    Target target = new Target(0, key, "a.example", Map.of(), ProbeSettings.DEFAULT);
    listener.onTargetAdded(target);
    listener.onAddress(target, null, IpAddress.parse("192.0.2.1"));
    listener.onUnresolved(target, "for a test");
    for (int i = 0; i < Outcome.COUNT; i++) {
      listener.onProbe(StubProbe.of(target, Outcome.of(i)));
    }
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    try (WebServer server =
            WebServer.open(new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
        HttpClient client = HttpClient.newHttpClient()) {
      server.route(
          "GET", "/metrics", new MetricsHandler(collector, listener, new Figures(), "1", false));
      server.start();
      URI uri = URI.create(server.uri() + "metrics");
      String text =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      Set<String> names = new TreeSet<>();
      text.lines()
          .filter(line -> line.startsWith("# TYPE "))
          .forEach(line -> names.add(line.split(" ", -1)[2]));
      return names;
    }
  }

  private static Path contrib() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve("contrib"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  private static String promtool(Path folder, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
