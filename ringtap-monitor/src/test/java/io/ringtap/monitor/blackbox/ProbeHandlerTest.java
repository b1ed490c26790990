package io.ringtap.monitor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.config.WebConfig.ProbeModule;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.packet.IpRange;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.FreePort;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRawSockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresRawSockets
class ProbeHandlerTest {
  private static final ProbeModule THREE =
      new ProbeModule(
          ProbeSettings.DEFAULT.withInterval(Duration.ofMillis(20)), 3, Duration.ofSeconds(5));

  private static final ProbeModule SLOW =
      new ProbeModule(
          ProbeSettings.DEFAULT.withInterval(Duration.ofSeconds(30)), 100, Duration.ofMinutes(1));

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<WebConfig> config = new AtomicReference<>();
  private final ProbeHandler handler = new ProbeHandler(config::get);
  private final WebServer server = open();

  private static WebServer open() {
    try {
      return WebServer.open(new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void serve() {
    allow("127.0.0.0/8", "::1");
    server.route("GET", "/probe", handler);
    server.start();
  }

  private void allow(String... ranges) {
    config.set(
        new WebConfig(
            "127.0.0.1:0",
            null,
            List.of(ranges).stream().map(IpRange::parse).toList(),
            Map.of("icmp", THREE, "slow", SLOW)));
  }

  @AfterEach
  void close() {
    server.close();
    handler.close();
    client.close();
  }

  @Test
  void pingsAsOftenAsTheModuleSays() throws Exception {
    assertThat(lines("target=127.0.0.1&module=icmp"))
        .contains(
            "probe_success 1.0",
            "probe_ip_protocol 4.0",
            "probe_ip_addr_hash 3.668918509E9",
            "probe_icmp_reply_hop_limit 64.0",
            "probe_icmp_packets_sent 3.0",
            "probe_icmp_packets_received 3.0",
            "probe_icmp_loss_ratio 0.0");
    assertThat(lines("target=::1")).contains("probe_success 1.0", "probe_ip_protocol 6.0");
  }

  @Test
  void failsWhenANameHasNoAddress() throws Exception {
    assertThat(lines("target=no-such-host.invalid"))
        .contains("probe_success 0.0", "probe_ip_protocol 0.0", "probe_ip_addr_hash 0.0");
  }

  @Test
  void endsBeforeTheScraperLosesPatience() throws Exception {
    HttpRequest request =
        request("target=127.0.0.1&module=slow")
            .header("X-Prometheus-Scrape-Timeout-Seconds", "1")
            .build();

    // The module would take a minute and a hundred packets.
    assertThat(client.send(request, BodyHandlers.ofString()).body())
        .contains("\nprobe_success 1.0\n", "\nprobe_icmp_packets_sent 1.0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, Target parameter is missing",
    "target=, 400, Target parameter is missing",
    "target=a%0Ab, 400, The target is neither a name nor an address",
    "target=127.0.0.1&module=http_2xx, 400, 'Unknown module; there are: '",
    "target=192.0.2.1, 403, The configuration does not allow to probe this target",
    "target=0.0.0.0, 403, The configuration does not allow to probe this target",
    "target=2130706434, 200, ''",
    "target=::ffff:192.0.2.1, 403, The configuration does not allow to probe this target"
  })
  void refusesInALine(String query, int status, String line) throws Exception {
    HttpResponse<String> response = client.send(request(query).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith(line);
  }

  @Test
  void goesByTheAddressAndNotByTheName() throws Exception {
    allow("10.0.0.0/8");

    assertThat(client.send(request("target=localhost").build(), BodyHandlers.ofString()))
        .matches(response -> response.statusCode() == 403);
  }

  @Test
  void isOffUnlessSomethingIsAllowed() throws Exception {
    config.set(WebConfig.DEFAULT);

    assertThat(client.send(request("target=127.0.0.1").build(), BodyHandlers.ofString()))
        .matches(response -> response.statusCode() == 404);
  }

  @Test
  void hasTheMetricsOfBlackboxExporter(@TempDir Path folder) throws Exception {
    Requirement.tool("prometheus-blackbox-exporter");
    int port = FreePort.find();
    Path file =
        Files.writeString(folder.resolve("blackbox.yml"), "modules: {icmp: {prober: icmp}}\n");
    Process exporter =
        new ProcessBuilder(
                "prometheus-blackbox-exporter",
                "--config.file=" + file,
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      URI theirs =
          URI.create("http://127.0.0.1:%d/probe?target=127.0.0.1&module=icmp".formatted(port));
      Eventually.await("it answers", () -> isThere(theirs));

      Set<String> known = series(body(theirs));
      Set<String> ours = series(body(uri("target=127.0.0.1&module=icmp")));

      assertThat(known).contains("probe_success", "probe_icmp_duration_seconds{phase=\"rtt\"}");
      assertThat(ours).containsAll(known);
      assertThat(values(body(uri("target=127.0.0.1&module=icmp")), "probe_ip_addr_hash"))
          .isEqualTo(values(body(theirs), "probe_ip_addr_hash"));
    } finally {
      exporter.destroy();
      exporter.waitFor();
    }
  }

  private boolean isThere(URI uri) {
    try {
      return !body(uri).isEmpty();
    } catch (IOException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// The metrics with their labels, and their types.
  private static Set<String> series(String text) {
    Set<String> series = new TreeSet<>();
    text.lines()
        .filter(line -> !line.startsWith("# HELP"))
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .forEach(series::add);
    return series;
  }

  private static List<Double> values(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Double.parseDouble(line.substring(name.length())))
        .toList();
  }

  private List<String> lines(String query) throws Exception {
    return body(uri(query)).lines().toList();
  }

  private String body(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(uri(query));
  }

  private URI uri(String query) {
    return URI.create(server.uri() + "probe?" + query);
  }
}
