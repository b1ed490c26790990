package io.ringtap.fleet.reader;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a monitor over HTTP, as its page and Prometheus do.
record Pages(String uri) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  String text(String path) throws IOException, InterruptedException {
    String base = uri.endsWith("/") ? uri : uri + "/";
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  /// What has become of what was read.
  Map<String, Long> accounts() throws IOException, InterruptedException {
    Map<String, Long> all = new HashMap<>();
    json("api/status")
        .get("reading")
        .properties()
        .forEach(each -> all.put(each.getKey(), each.getValue().asLong()));
    return all;
  }

  /// The value of a metric whose line begins so.
  double metric(String begin) throws IOException, InterruptedException {
    return text("metrics")
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /// All probes of a target with an outcome that says something of the network, in a span of time.
  long decided(String target, long from, long to) throws IOException, InterruptedException {
    long sum = 0;
    JsonNode series =
        json("api/series?points=2000&target=" + target + "&from=" + from + "&to=" + to)
            .get("series")
            .get(0);
    for (JsonNode each : series.get("decided")) {
      sum += each.asLong();
    }
    return sum;
  }
}
