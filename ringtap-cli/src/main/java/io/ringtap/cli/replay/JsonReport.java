package io.ringtap.cli.replay;

import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.error.Errno;
import io.ringtap.send.Refusal;
import io.ringtap.send.SendCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// The account as an object.
final class JsonReport implements ReplayReport {
  private final JsonGenerator json;

  JsonReport(Output out) {
    json = JsonLines.generator(out);
  }

  @Override
  public void summary(Account account) {
    SendCounters counters = account.counters();
    Instant now = Instant.now();
    json.writeStartObject();
    json.writeStringProperty("type", "summary");
    json.writeNumberProperty("ts_ns", now.getEpochSecond() * 1_000_000_000 + now.getNano());
    json.writeStringProperty("file", account.plan().file());
    json.writeStringProperty("interface", account.plan().sender().interfaceName());
    json.writeNumberProperty("packets_sent", counters.sent());
    json.writeNumberProperty("bytes_sent", counters.sentBytes());
    json.writeObjectPropertyStart("packets_refused");
    for (Refusal reason : Refusal.values()) {
      json.writeNumberProperty(reason.name().toLowerCase(Locale.ROOT), counters.refused(reason));
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("packets_refused_by_kernel");
    byName(counters.kernelRefusals()).forEach(json::writeNumberProperty);
    json.writeEndObject();
    if (account.filtered() != null) {
      json.writeNumberProperty("packets_filtered", account.filtered());
    }
    json.writeNumberProperty("retries", counters.retries());
    json.writeNumberProperty("elapsed_ns", account.elapsed().toNanos());
    Duration ideal = account.ideal();
    if (ideal != null) {
      json.writeNumberProperty("ideal_ns", ideal.toNanos());
    }
    json.writeNumberProperty("packets_per_second", account.packetsPerSecond());
    json.writeNumberProperty("bits_per_second", account.bitsPerSecond());
    JsonLines.end(json);
  }

  private static Map<String, Long> byName(Map<Errno, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((errno, count) -> named.put(errno.name(), count));
    return named;
  }
}
