package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.Labels;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Who is to be watched, how, and when something is an event: all that an agent needs to know, in
/// one record, so that shards can be read one by one. Names are looked up by each site.
///
/// @param group its group
/// @param host a name or an address
/// @param name how it is shown
/// @param labels the group's and its own, sorted by name
/// @param sites where it is watched from; empty for all
/// @param settings how it is probed
/// @param rules when something is an event
public record TargetRecord(
    String group,
    String host,
    String name,
    Map<String, String> labels,
    List<String> sites,
    ProbeSettings settings,
    List<RuleConfig> rules) {
  private static final String KIND = "target";
  private static final int MOST_SITES = 1_000;
  private static final int MOST_LABELS = 64;
  private static final long LONGEST_MILLIS = 86_400_000;

  /// The key of its record.
  public byte[] key() {
    return Keys.bytes(group + "/" + host);
  }

  /// Whether it is watched from a site.
  public boolean isFor(String site) {
    return sites.isEmpty() || sites.contains(site);
  }

  /// Its JSON.
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("group", group);
          json.writeStringProperty("host", host);
          json.writeStringProperty("name", name);
          json.writeObjectPropertyStart("labels");
          labels.forEach((label, value) -> {
            if (!value.isEmpty()) { // to Prometheus the same as none
              json.writeStringProperty(label, value);
            }
          });
          json.writeEndObject();
          json.writeArrayPropertyStart("sites");
          sites.forEach(json::writeString);
          json.writeEndArray();
          write(json, settings);
          json.writeArrayPropertyStart("rules");
          rules.forEach(rule -> write(json, rule));
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, ProbeSettings settings) {
    json.writeNumberProperty("interval_ms", settings.interval().toMillis());
    json.writeNumberProperty("timeout_ms", settings.timeout().toMillis());
    json.writeNumberProperty("payload_bytes", settings.payloadBytes());
    json.writeNumberProperty("traffic_class", settings.trafficClass());
    json.writeNumberProperty("hop_limit", settings.hopLimit());
    if (settings.source() != null) {
      json.writeStringProperty("source", settings.source());
    }
    if (settings.interfaceName() != null) {
      json.writeStringProperty("interface", settings.interfaceName());
    }
    json.writeStringProperty("transport", word(settings.transport()));
    json.writeStringProperty("family", settings.family().word());
  }

  private static String word(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonGenerator json, RuleConfig rule) {
    json.writeStartObject();
    json.writeStringProperty("event", rule.kind().word());
    json.writeNumberProperty("limit", rule.limit());
    json.writeNumberProperty("clear", rule.clear());
    json.writeNumberProperty("window_s", rule.window().toSeconds());
    json.writeNumberProperty("hold_ms", rule.hold().toMillis());
    json.writeEndObject();
  }

  /// Reads one.
  ///
  /// @param value null if the record has none, which ends its target
  public static Reading<TargetRecord> read(byte @Nullable [] value) {
    return Fields.read(
        value,
        List.of(KIND),
        fields ->
            new TargetRecord(
                Keys.group(fields),
                Keys.host(fields),
                fields.text("name", Keys.LONGEST_HOST),
                labels(fields.object("labels")),
                fields.nameList("sites", MOST_SITES),
                settings(fields),
                fields.objects("rules", EventKind.values().length, TargetRecord::rule)));
  }

  private static Map<String, String> labels(Fields fields) throws Malformed {
    Map<String, String> labels = new TreeMap<>();
    for (String name : fields.names(MOST_LABELS)) {
      Labels.checkName(name);
      labels.put(name, Labels.checkedValue(fields.text(name, 1_024)));
    }
    return Collections.unmodifiableMap(labels);
  }

  private static ProbeSettings settings(Fields fields) throws Malformed {
    String source = fields.textIfAny("source", 64);
    if (source != null) {
      IpAddress _ = IpAddress.parse(source);
    }
    return new ProbeSettings(
        Duration.ofMillis(fields.number("interval_ms", 1, LONGEST_MILLIS)),
        Duration.ofMillis(fields.number("timeout_ms", 1, LONGEST_MILLIS)),
        (int) fields.number("payload_bytes", 0, PingOptions.MAX_PAYLOAD_BYTES),
        (int) fields.number("traffic_class", 0, 255),
        (int) fields.number("hop_limit", 0, 255),
        source,
        fields.textIfAny("interface", 15),
        fields.word("transport", Transport.values(), TargetRecord::word),
        fields.word("family", AddressFamily.values(), AddressFamily::word));
  }

  private static RuleConfig rule(Fields fields) throws Malformed {
    double limit = fields.figure("limit");
    double clear = fields.figure("clear");
    if (limit == 0 || clear == 0 || clear > limit) {
      throw new Malformed("a rule has limit " + limit + " and clear " + clear);
    }
    long window = fields.number("window_s", 0, 3_600);
    if (window % 10 != 0) {
      throw new Malformed("window_s is " + window + ", no multiple of 10");
    }
    return new RuleConfig(
        fields.word("event", EventKind.values(), EventKind::word),
        limit,
        clear,
        Duration.ofSeconds(window),
        Duration.ofMillis(fields.number("hold_ms", 0, LONGEST_MILLIS)));
  }
}
