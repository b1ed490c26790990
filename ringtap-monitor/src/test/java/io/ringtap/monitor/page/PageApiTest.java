package io.ringtap.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.store.EventFilter;
import io.ringtap.monitor.store.StoreStatus;
import io.ringtap.monitor.store.StoredEvent;
import io.ringtap.monitor.store.StoredTarget;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.web.WebServer;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON and the files that the page is made of.
class PageApiTest {
  private static final long START = 1_700_000_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService collector = Executors.newSingleThreadExecutor();
  private final LiveTable table = new LiveTable(_ -> 3, _ -> List.of());
  private WebServer web;

  /// A target that is not watched any more has a history too.
  private static final class TwoWindows implements HistoryView {
    @Override
    public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
      Window second = Targets.window(START + 10, 0, 0, 9);
      second.counts().add(Outcome.ERROR);
      return List.of(Targets.window(START, 9, 2_000_000, 1), second);
    }

    @Override
    public List<StoredEvent> events(EventFilter filter) {
      return List.of(
          new StoredEvent(
              7, 9, EventKind.DOWN, false, 1_000_000_000L, 5_000_000_000L, "\"quoted\"\n"));
    }

    @Override
    public List<StoredTarget> targets() {
      Target past = Targets.number(9);
      return List.of(
          new StoredTarget(9, past.key(), past.name(), past.labels(), null, 0, 1, false));
    }
  }

  @BeforeEach
  void open() throws IOException {
    web = WebServer.open(new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    StoreStatus store = new StoreStatus(5, 1, 2, 3, 4, 0, "no space left");
    Page.serve(
        web,
        new LiveView(table, collector),
        new TwoWindows(),
        () -> new PageStatus("1.2.3", START, "line 7: no", 6, store));
    web.start();
  }

  @AfterEach
  void close() {
    web.close();
    collector.shutdownNow();
    client.close();
  }

  @Test
  void givesAllTargetsInFewBytes() throws Exception {
    int number = 10_000;
    for (int id = 0; id < number; id++) {
      Target target = Targets.number(id);
      table.onTargetAdded(target);
      table.onAddress(target, null, IpAddress.ofIpv4(0x0A000000 + id));
      table.onProbe(new MadeProbe(target, id % 10 == 0 ? Outcome.LOST : Outcome.REPLY, 1_234_567));
    }

    byte[] packed =
        client
            .send(
                request("api/overview").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    JsonNode overview = JSON.readTree(get("api/overview"));

    assertThat(packed.length).isLessThan(300_000);
    assertThat(overview.get("id")).hasSize(number);
    assertThat(overview.get("label_sets")).hasSize(1);
    assertThat(overview.get("lost").valueStream().mapToInt(JsonNode::asInt).sum()).isEqualTo(1_000);
    assertThat(overview.get("decided").valueStream().mapToInt(JsonNode::asInt).sum())
        .isEqualTo(number);
    assertThat(overview.get("last_us").get(1).asInt()).isEqualTo(1_235);
    assertThat(overview.get("median_us").get(1).asInt()).isEqualTo(-1);
    assertThat(overview.get("key").get(1).asString()).isEqualTo("core/host-1");
    assertThat(overview.get("address").get(256).asString()).isEqualTo("10.0.1.0");
  }

  @Test
  void givesWindowsAndWhatTheyAddUpTo() throws Exception {
    JsonNode answer =
        JSON.readTree(get("api/series?target=9&target=core/host-9&from=1700000000&to=1700000020"));

    assertThat(answer.get("series")).hasSize(1);
    JsonNode series = answer.get("series").get(0);
    assertThat(series.get("name").asString()).isEqualTo("name-9");
    assertThat(series.get("start_s").toString()).isEqualTo("[1700000000,1700000010]");
    assertThat(series.get("lost").toString()).isEqualTo("[1,10]");
    assertThat(series.get("bands_ns").get(0).toString()).isEqualTo("[2000000,-1]");
    JsonNode total = series.get("total");
    assertThat(total.get("sent").asInt()).isEqualTo(20);
    assertThat(total.at("/outcomes/reply").asInt()).isEqualTo(9);
    assertThat(total.get("lost").asInt()).isEqualTo(11);
    assertThat(total.at("/outcomes/lost").asInt()).isEqualTo(10);
    assertThat(total.at("/outcomes/error").asInt()).isOne();
    assertThat(total.get("max_ns").asLong()).isEqualTo(2_000_000);
  }

  @Test
  void givesEventsAndItsOwnState() throws Exception {
    JsonNode event = JSON.readTree(get("api/events")).get(0);
    assertThat(event.get("key").asString()).isEqualTo("core/host-9");
    assertThat(event.get("since_ms").asLong()).isEqualTo(1_000);
    assertThat(event.get("detail").asString()).isEqualTo("\"quoted\"\n");

    JsonNode status = JSON.readTree(get("api/status"));
    assertThat(status.get("reload_error").asString()).isEqualTo("line 7: no");
    assertThat(status.get("store_trouble").asString()).isEqualTo("no space left");
    assertThat(status.get("own_missed").asInt()).isEqualTo(6);
  }

  @Test
  void refusesWhatItCannotGive() throws Exception {
    assertThat(status("api/series?target=12")).isEqualTo(404);
    assertThat(status("api/series?target=core/nobody")).isEqualTo(404);
    assertThat(status("api/series?target=9&from=20&to=10")).isEqualTo(400);
    assertThat(status("api/series?target=9&from=-1")).isEqualTo(400);
    assertThat(status("api/series?target=9&from=99999999999999999999")).isEqualTo(400);
    assertThat(status("api/series?" + "target=9&".repeat(17))).isEqualTo(400);
    assertThat(status("api/live?watch=x")).isEqualTo(400);
    assertThat(status("page/index.html")).isEqualTo(404);
  }

  @Test
  void tracesOnlyWhatItWatchesAndOnlyForItsOwnPage() throws Exception {
    table.onTargetAdded(Targets.number(0));

    assertThat(post("api/trace?target=core/host-0", false)).isEqualTo(403);
    assertThat(post("api/trace?target=192.0.2.1", true)).isEqualTo(404);
    assertThat(post("api/trace?target=core/host-0", true)).isEqualTo(409); // no address yet
    assertThat(status("api/trace?target=core/host-0")).isEqualTo(405);
  }

  @Test
  void sendsWhoReadsSlowlyTheNewestOnly() throws Exception {
    Target target = Targets.number(0);
    collector.submit(() -> table.onTargetAdded(target)).get();
    HttpResponse<InputStream> stream =
        client.send(request("api/live").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(next(lines).get("rows")).hasSize(8);
      for (int i = 0; i < 100; i++) {
        collector.submit(() -> table.onProbe(new MadeProbe(target, Outcome.LOST, 0))).get();
      }

      int lost = 0;
      for (int messages = 0; lost < 100; messages++) {
        JsonNode rows = next(lines).get("rows");
        assertThat(rows.size()).isLessThanOrEqualTo(8);
        assertThat(messages).isLessThan(100);
        lost = rows.isEmpty() ? lost : rows.get(3).asInt();
      }
      assertThat(next(lines).get("rows")).isEmpty();
    }
  }

  private static JsonNode next(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        return JSON.readTree(line.substring("data: ".length()));
      }
    }
    throw new IOException("the stream has ended");
  }

  @Test
  void servesAllThatThePageLoads() throws Exception {
    String index = get("");
    List<String> files =
        Pattern.compile("(?:src|href)=\"([^\"#]+)\"")
            .matcher(index)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(files).contains("main.js", "uplot/uPlot.iife.min.js");
    for (String file : files) {
      assertThat(status(file)).as(file).isEqualTo(200);
    }
    List<String> modules = List.of("main.js", "overview.js", "target.js", "smoke.js", "trace.js");
    for (String module : modules) {
      for (MatchResult match :
          Pattern.compile("from \"\\./([^\"]+)\"").matcher(get(module)).results().toList()) {
        assertThat(status(match.group(1))).as(match.group(1)).isEqualTo(200);
      }
    }
    // The content policy would refuse them.
    assertThat(index).doesNotContain("<style").doesNotContainPattern("\\s(style|on[a-z]+)=");
  }

  @Test
  void sendsAFileOnlyWhenItIsAnotherOne() throws Exception {
    HttpResponse<String> first =
        client.send(request("page.css").build(), HttpResponse.BodyHandlers.ofString());
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again =
        client.send(
            request("page.css").header("If-None-Match", tag).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void hasThePlotterAsItWasPublished() throws Exception {
    byte[] script = get("uplot/uPlot.iife.min.js").getBytes(StandardCharsets.UTF_8);
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(script);
    assertThat(HexFormat.of().formatHex(sum))
        .isEqualTo("19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(web.uri() + path));
  }

  private String get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private int status(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private int post(String path, boolean isOurs) throws Exception {
    HttpRequest.Builder post = request(path).POST(HttpRequest.BodyPublishers.noBody());
    if (isOurs) {
      post.header("X-Ringtap", "trace");
    }
    return client.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
