package io.ringtap.lab.report;

import io.ringtap.lab.report.DataValue.Unfit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Makes a report of the JSON that [DataWriter] writes, and refuses anything else.
final class DataReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DataFile.MAX_DEPTH)
                  .maxTokenCount(DataFile.MAX_TOKENS)
                  .maxDocumentLength(DataFile.MAX_BYTES)
                  .build())
          .build();

  private DataReader() {}

  /// @throws Unfit if it is no report, with the place
  static Report read(byte[] data) throws Unfit {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), data)) {
      if (json.nextToken() == null) {
        throw new Unfit("is empty");
      }
      DataValue root = DataValue.of(json);
      if (json.nextToken() != null) {
        throw new Unfit("goes on behind the report");
      }
      return report(root);
    } catch (JacksonException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("is no JSON");
      throw new Unfit(
          e.getLocation() == null
              ? reason
              : "line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ": "
                  + reason);
    }
  }

  private static Report report(DataValue root) throws Unfit {
    checkSchema(root);
    Map<String, DataValue> report =
        root.object(
            "the report",
            Set.of(
                "schema",
                "schema_version",
                "experiment",
                "title",
                "question",
                "begun",
                "took_ns",
                "machine",
                "command",
                "flags",
                "peers",
                "metrics",
                "samples",
                "charts",
                "notes"));
    return new Report(
        text(report, "experiment"),
        text(report, "title"),
        text(report, "question"),
        at(report, "begun").parsed("begun", Instant::parse, "instant such as 2026-01-31T12:00:00Z"),
        Duration.ofNanos(at(report, "took_ns").whole("took_ns", 0, Long.MAX_VALUE)),
        machine(at(report, "machine")),
        text(report, "command"),
        flags(at(report, "flags")),
        at(report, "peers").list("peers", DataReader::peer),
        at(report, "metrics").list("metrics", DataReader::metric),
        at(report, "samples").list("samples", DataReader::sample),
        at(report, "charts").list("charts", DataReader::chart),
        at(report, "notes").list("notes", DataValue::text));
  }

  /// Before all else: a file of another schema is not told which of its properties are wrong.
  private static void checkSchema(DataValue root) throws Unfit {
    Map<String, DataValue> report = root.object("the file");
    DataValue schema = report.get("schema");
    if (schema == null || !DataFile.SCHEMA.equals(schema.value())) {
      throw root.unfit("the file", "does not say \"schema\": \"" + DataFile.SCHEMA + "\"");
    }
    DataValue version = report.get("schema_version");
    if (version == null) {
      throw root.unfit("the file", "has no \"schema_version\"");
    }
    if (version.whole("schema_version", 1, Integer.MAX_VALUE) != DataFile.VERSION) {
      throw version.unfit(
          "schema_version", "is not " + DataFile.VERSION + ", the one that this Ringtap reads");
    }
  }

  private static Machine machine(DataValue value) throws Unfit {
    Map<String, DataValue> machine =
        value.object(
            "machine",
            Set.of(
                "processor", "processors", "memory_bytes", "kernel", "system", "java", "ringtap"));
    return new Machine(
        at(machine, "processor").text("machine.processor"),
        (int) at(machine, "processors").whole("machine.processors", 0, Integer.MAX_VALUE),
        at(machine, "memory_bytes").whole("machine.memory_bytes", 0, Long.MAX_VALUE),
        at(machine, "kernel").text("machine.kernel"),
        at(machine, "system").text("machine.system"),
        at(machine, "java").text("machine.java"),
        at(machine, "ringtap").text("machine.ringtap"));
  }

  private static Map<String, String> flags(DataValue value) throws Unfit {
    Map<String, String> flags = new LinkedHashMap<>();
    for (Map.Entry<String, DataValue> flag : value.object("flags").entrySet()) {
      flags.put(flag.getKey(), flag.getValue().text("flags." + DataValue.shown(flag.getKey())));
    }
    return flags;
  }

  private static Report.Peer peer(DataValue value, String path) throws Unfit {
    Map<String, DataValue> peer = value.object(path, Set.of("name", "version", "command"));
    return new Report.Peer(
        at(peer, "name").text(path + ".name"),
        at(peer, "version").text(path + ".version"),
        at(peer, "command").text(path + ".command"));
  }

  private static Report.Metric metric(DataValue value, String path) throws Unfit {
    Map<String, DataValue> metric =
        value.object(path, Set.of("name", "label", "unit", "decimals", "better"));
    return new Report.Metric(
        at(metric, "name").text(path + ".name"),
        at(metric, "label").text(path + ".label"),
        at(metric, "unit").text(path + ".unit"),
        (int) at(metric, "decimals").whole(path + ".decimals", 0, NumberText.MAX_DECIMALS),
        at(metric, "better").word(path + ".better", Report.Better.class));
  }

  private static Sample sample(DataValue value, String path) throws Unfit {
    Map<String, DataValue> sample =
        value.object(
            path, Set.of("peer", "setting", "run", "warm_up", "failure", "values", "series"));
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, DataValue> figure :
        at(sample, "values").object(path + ".values").entrySet()) {
      values.put(
          figure.getKey(),
          figure.getValue().number(path + ".values." + DataValue.shown(figure.getKey())));
    }
    return new Sample(
        at(sample, "peer").text(path + ".peer"),
        at(sample, "setting").text(path + ".setting"),
        (int) at(sample, "run").whole(path + ".run", 1, Integer.MAX_VALUE),
        at(sample, "warm_up").truth(path + ".warm_up"),
        values,
        at(sample, "series").list(path + ".series", DataReader::series),
        at(sample, "failure").textOrNull(path + ".failure"));
  }

  private static Sample.Series series(DataValue value, String path) throws Unfit {
    Map<String, DataValue> series = value.object(path, Set.of("name", "x", "y"));
    List<Double> x = at(series, "x").list(path + ".x", DataValue::number);
    List<Double> y = at(series, "y").list(path + ".y", DataValue::number);
    if (x.size() != y.size()) {
      throw value.unfit(path, "has " + x.size() + " places and " + y.size() + " values");
    }
    return new Sample.Series(at(series, "name").text(path + ".name"), x, y);
  }

  private static Chart chart(DataValue value, String path) throws Unfit {
    Map<String, DataValue> chart =
        value.object(
            path, Set.of("kind", "title", "name", "settings", "x_label", "y_label", "logarithmic"));
    return new Chart(
        at(chart, "kind").word(path + ".kind", Chart.Kind.class),
        at(chart, "title").text(path + ".title"),
        at(chart, "name").text(path + ".name"),
        at(chart, "settings").list(path + ".settings", DataValue::text),
        at(chart, "x_label").text(path + ".x_label"),
        at(chart, "y_label").text(path + ".y_label"),
        at(chart, "logarithmic").truth(path + ".logarithmic"));
  }

  private static String text(Map<String, DataValue> report, String name) throws Unfit {
    return at(report, name).text(name);
  }

  /// A property that [DataValue#object] has found to be there.
  private static DataValue at(Map<String, DataValue> object, String name) {
    DataValue value = object.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nobody asked for " + name);
    }
    return value;
  }
}
