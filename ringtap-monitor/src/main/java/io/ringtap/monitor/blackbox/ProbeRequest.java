package io.ringtap.monitor.blackbox;

import io.ringtap.monitor.config.WebConfig;
import io.ringtap.monitor.config.WebConfig.ProbeModule;
import io.ringtap.monitor.web.WebException;
import io.ringtap.monitor.web.WebExchange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request asks for.
///
/// @param target a name or an address
/// @param module how it is pinged
/// @param timeout how long the answer may take
record ProbeRequest(String target, ProbeModule module, Duration timeout) {
  private static final String DEFAULT_MODULE = "icmp";
  private static final int MAX_TARGET = 255;
  private static final String TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

  /// How much earlier than the scraper's patience ends an answer is sent.
  private static final double MARGIN_SECONDS = 0.5;

  private static final double NANOS_PER_SECOND = 1e9;

  /// Reads the query and the header in which Prometheus says how long it waits.
  ///
  /// @throws WebException if the request is not as it must be: status 400
  static ProbeRequest of(WebExchange exchange, WebConfig config) throws WebException {
    String target = exchange.query("target");
    if (target == null || target.isEmpty()) {
      throw WebException.badRequest("Target parameter is missing");
    }
    if (target.length() > MAX_TARGET || !target.matches("[\\p{L}\\p{N}._:%-]+")) {
      throw WebException.badRequest("The target is neither a name nor an address");
    }
    String name = exchange.query("module");
    ProbeModule module = config.modules().get(name == null ? DEFAULT_MODULE : name);
    if (module == null) {
      throw WebException.badRequest(
          "Unknown module; there are: " + String.join(", ", config.modules().keySet()));
    }
    return new ProbeRequest(target, module, timeout(exchange.header(TIMEOUT_HEADER), module));
  }

  private static Duration timeout(@Nullable String header, ProbeModule module) throws WebException {
    if (header == null) {
      return module.timeout();
    }
    double seconds;
    try {
      seconds = Double.parseDouble(header);
    } catch (NumberFormatException e) {
      throw WebException.badRequest("Failed to parse timeout from Prometheus header");
    }
    if (!(seconds > 0)) {
      return module.timeout();
    }
    double left = seconds > MARGIN_SECONDS ? seconds - MARGIN_SECONDS : seconds / 2;
    Duration scraper = Duration.ofNanos((long) (left * NANOS_PER_SECOND));
    return scraper.compareTo(module.timeout()) < 0 ? scraper : module.timeout();
  }
}
