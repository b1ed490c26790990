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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsHandlerTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Figures health = new Figures();
  private final List<WebServer> servers = new ArrayList<>();
  private final Target target = target(0, "a.example", "a.example", Map.of());

  private static Target target(int id, String host, String name, Map<String, String> labels) {
    TargetKey key = new TargetKey("core", host, AddressFamily.ANY);
    return new Target(id, key, name, labels, ProbeSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    servers.forEach(WebServer::close);
    client.close();
  }

  @Test
  void showsEachProbeOnceAndNothingTwice() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    for (int i = 0; i < Outcome.COUNT; i++) {
      for (int times = 0; times <= i; times++) {
        listener.onProbe(StubProbe.of(target, Outcome.of(i)));
      }
    }

    List<String> lines = lines(scrape(listener, "", "text/plain"));

    assertThat(lines)
        .contains(
            "ringtap_ping_requests_total{group=\"core\",target=\"a.example\"} 28.0",
            "ringtap_ping_replies_total{group=\"core\",target=\"a.example\"} 1.0",
            "ringtap_ping_lost_total{group=\"core\",target=\"a.example\"} 2.0",
            "ringtap_ping_errors_total{group=\"core\",kind=\"other\",target=\"a.example\"} 3.0",
            "ringtap_ping_corrupted_total{group=\"core\",target=\"a.example\"} 4.0",
            "ringtap_ping_elsewhere_total{group=\"core\",target=\"a.example\"} 5.0",
            "ringtap_ping_dropped_total{group=\"core\",target=\"a.example\"} 6.0",
            "ringtap_ping_withdrawn_total{group=\"core\",target=\"a.example\"} 7.0",
            "ringtap_ping_unsent_total{group=\"core\",kind=\"other\",target=\"a.example\"} 8.0",
            "ringtap_ping_late_total{group=\"core\",target=\"a.example\"} 9.0",
            "ringtap_ping_late_errors_total{group=\"core\",target=\"a.example\"} 10.0",
            "ringtap_ping_duplicates_total{group=\"core\",target=\"a.example\"} 11.0",
            "ringtap_ping_rtt_seconds_count{group=\"core\",target=\"a.example\"} 1",
            "ringtap_outcomes_total{outcome=\"reply\"} 1.0",
            "ringtap_outcomes_total{outcome=\"duplicate\"} 11.0",
            "ringtap_targets 1.0");
  }

  @Test
  void leavesOutWhatHasNeverHappened() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    listener.onProbe(StubProbe.reply(target, 1_000_000));

    assertThat(scrape(listener, "", "text/plain"))
        .contains("ringtap_ping_lost_total{group=\"core\",target=\"a.example\"} 0.0")
        .doesNotContain("ringtap_ping_errors")
        .doesNotContain("ringtap_ping_duplicates")
        .doesNotContain("ringtap_target_resolved");
  }

  @Test
  void tellsKindsOfErrorsApartByTheFamilysNumbers() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    Target other = target(1, "b.example", "b.example", Map.of());
    listener.onTargetAdded(target);
    listener.onTargetAdded(other);
    listener.onAddress(target, null, IpAddress.parse("192.0.2.1"));
    listener.onAddress(other, null, IpAddress.parse("2001:db8::1"));
    listener.onProbe(StubProbe.icmpError(target, 3, 13));
    listener.onProbe(StubProbe.icmpError(target, 3, 1));
    listener.onProbe(StubProbe.icmpError(other, 3, 0));
    listener.onProbe(StubProbe.refusal(other, Outcome.ERROR, 113));
    listener.onProbe(StubProbe.refusal(other, Outcome.UNSENT, 1));

    assertThat(lines(scrape(listener, "", "text/plain")))
        .contains(
            "ringtap_ping_errors_total{group=\"core\",kind=\"prohibited\",target=\"a.example\"}"
                + " 1.0",
            "ringtap_ping_errors_total{group=\"core\",kind=\"host_unreachable\",target=\"a.example\"}"
                + " 1.0",
            "ringtap_ping_errors_total{group=\"core\",kind=\"ttl_exceeded\",target=\"b.example\"}"
                + " 1.0",
            "ringtap_ping_errors_total{group=\"core\",kind=\"ehostunreach\",target=\"b.example\"}"
                + " 1.0",
            "ringtap_ping_unsent_total{group=\"core\",kind=\"eperm\",target=\"b.example\"} 1.0");
  }

  @Test
  void makesNoMoreKindsThanItHasRoomFor() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    for (int errno = 1; errno <= 200; errno++) {
      listener.onProbe(StubProbe.refusal(target, Outcome.ERROR, errno));
    }

    List<String> errors =
        lines(scrape(listener, "", "text/plain")).stream()
            .filter(line -> line.startsWith("ringtap_ping_errors_total{"))
            .toList();

    assertThat(errors).hasSizeLessThanOrEqualTo(17);
    assertThat(errors.stream().mapToDouble(MetricsHandlerTest::value).sum()).isEqualTo(200);
  }

  @Test
  void makesNamesOfLabelsSafe() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(
        target(
            0,
            "a.example",
            "a.example",
            Map.of("rack-row", "7", "le", "x", "__name__", "y", "1st", "\"\n", "rack.row", "8")));

    assertThat(lines(scrape(listener, "", "text/plain")))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("ringtap_target_up{group=\"core\"")
                .contains(
                    "label_1st=\"\\\"\\n\"",
                    "label___name__=\"y\"",
                    "label_le=\"x\"",
                    "rack_row=\"",
                    "rack_row_=\""));
  }

  @Test
  void showsTwoTargetsOfOneNameAsTwo() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target(0, "a.example", "router", Map.of()));
    listener.onTargetAdded(target(1, "b.example", "router", Map.of()));

    assertThat(lines(scrape(listener, "", "text/plain")))
        .contains(
            "ringtap_target_up{group=\"core\",target=\"router\"} 0.0",
            "ringtap_target_up{group=\"core\",host=\"b.example\",target=\"router\"} 0.0");
  }

  @Test
  void goesOnCountingUnderOtherLabels() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    listener.onProbe(StubProbe.of(target, Outcome.LOST));
    Target now = target(0, "a.example", "a.example", Map.of("site", "north"));
    listener.onTargetChanged(target, now);
    listener.onProbe(StubProbe.of(target, Outcome.LOST)); // on its way when that was changed
    listener.onProbe(StubProbe.of(now, Outcome.LOST));

    assertThat(lines(scrape(listener, "", "text/plain")))
        .contains(
            "ringtap_ping_lost_total{group=\"core\",site=\"north\",target=\"a.example\"} 3.0");
  }

  @Test
  void showsWhoseNameCannotBeResolved() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    listener.onUnresolved(target, "no such name");
    String line = "ringtap_target_resolved{group=\"core\",target=\"a.example\"} 0.0";

    assertThat(lines(scrape(listener, "", "text/plain"))).contains(line);
    listener.onResolved(target);
    assertThat(lines(scrape(listener, "", "text/plain"))).doesNotContain(line);
  }

  @Test
  void forgetsWhoIsNotWatchedAnyMoreButNotItsOutcomes() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    listener.onProbe(StubProbe.of(target, Outcome.LOST));
    listener.onTargetRemoved(target);

    assertThat(scrape(listener, "", "text/plain"))
        .contains("ringtap_outcomes_total{outcome=\"lost\"} 1.0", "ringtap_targets 0.0")
        .doesNotContain("a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 1",
    "'', ?classic, 21",
    "application/openmetrics-text;version=1.0.0, ?classic, 21",
    "application/openmetrics-text;version=1.0.0, '', 1"
  })
  void showsClassicBucketsToThoseWhoAsk(String accept, String query, int buckets) throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    listener.onTargetAdded(target);
    listener.onProbe(StubProbe.reply(target, 1_000_000));

    assertThat(lines(scrape(listener, query, accept)))
        .filteredOn(line -> line.startsWith("ringtap_ping_rtt_seconds_bucket"))
        .hasSize(buckets);
  }

  @Test
  void givesPrometheusItsProtobuf() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.RINGTAP);
    WebServer server = serve(listener);

    HttpResponse<byte[]> response =
        client.send(
            request(server, "").header("Accept", PROTOBUF).build(), BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
  }

  @Test
  void showsWhatOthersHaveRegistered() throws Exception {
    health.counter("ringtap_reloads_total", "Reloads.", Map.entry("result", "ok"), () -> 3);
    health.counter("ringtap_reloads_total", "Reloads.", Map.entry("result", "bad"), () -> 1);
    health.gauge("ringtap_size_bytes", "Size.", () -> Double.NaN);

    List<String> lines = lines(scrape(new MetricsListener(MetricNames.RINGTAP), "", "text/plain"));

    assertThat(lines)
        .contains(
            "ringtap_reloads_total{result=\"ok\"} 3.0",
            "ringtap_reloads_total{result=\"bad\"} 1.0",
            "ringtap_build_info{version=\"1.2.3\"} 1.0");
    assertThat(lines).noneMatch(line -> line.startsWith("ringtap_size_bytes"));
    assertThat(lines)
        .filteredOn(line -> line.matches("process_(open_fds|resident_memory_bytes|threads) .*"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(value(line)).isPositive());
  }

  @Test
  void showsTargetsAsSmokepingProberDoes() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.SMOKEPING_PROBER);
    listener.onTargetAdded(target);
    listener.onAddress(target, null, IpAddress.parse("192.0.2.1"));
    listener.onProbe(StubProbe.reply(target, 50_000));
    listener.onProbe(StubProbe.reply(target, 50_001));
    listener.onProbe(StubProbe.of(target, Outcome.LOST));

    String labels = "{host=\"a.example\",ip=\"192.0.2.1\"";
    assertThat(lines(scrape(listener, "", "text/plain")))
        .contains(
            "smokeping_requests_total" + labels + "} 3.0",
            "smokeping_response_duplicates_total" + labels + "} 0.0",
            "smokeping_response_ttl" + labels + "} 64.0",
            "smokeping_response_duration_seconds_bucket" + labels + ",le=\"5.0E-5\"} 1",
            "smokeping_response_duration_seconds_bucket" + labels + ",le=\"1.0E-4\"} 2",
            "smokeping_response_duration_seconds_bucket" + labels + ",le=\"+Inf\"} 2",
            "smokeping_response_duration_seconds_count" + labels + "} 2");
  }

  @Test
  void showsTargetsAsPingExporterDoes() throws Exception {
    MetricsListener listener = new MetricsListener(MetricNames.PING_EXPORTER);
    listener.onTargetAdded(target);
    listener.onAddress(target, null, IpAddress.parse("192.0.2.1"));
    for (int i = 0; i < 5; i++) {
      listener.onProbe(StubProbe.of(target, Outcome.LOST)); // of which the last are within ten
    }
    for (int i = 1; i <= 8; i++) {
      listener.onProbe(StubProbe.reply(target, i % 2 == 0 ? 3_000_000 : 1_000_000));
    }

    String labels = "{ip=\"192.0.2.1\",ip_version=\"4\",target=\"a.example\"}";
    assertThat(lines(scrape(listener, "", "text/plain")))
        .contains(
            "ping_up 1.0",
            "ping_rtt_best_seconds" + labels + " 0.001",
            "ping_rtt_worst_seconds" + labels + " 0.003",
            "ping_rtt_mean_seconds" + labels + " 0.002",
            "ping_rtt_std_deviation_seconds" + labels + " 0.001",
            "ping_loss_ratio" + labels + " 0.2");
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private String scrape(MetricsListener listener, String query, String accept) throws Exception {
    HttpRequest.Builder request = request(serve(listener), query);
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static HttpRequest.Builder request(WebServer server, String query) {
    return HttpRequest.newBuilder(URI.create(server.uri() + "metrics" + query));
  }

  private WebServer serve(MetricsListener listener) throws IOException {
    WebServer server = WebServer.open(new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    servers.add(server);
    Collector collector = new Collector(InstantSource.system(), System::nanoTime);
    server.route(
        "GET", "/metrics", new MetricsHandler(collector, listener, health, "1.2.3", false));
    server.start();
    return server;
  }
}
