package io.ringtap.lab.report;

import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;

/// A report as JSON, whole: what [DataReader] makes the same report of.
final class DataWriter {
  /// Whole numbers up to it have no fraction in a double, and are written without one.
  private static final double LARGEST_WHOLE = 1L << 53;

  private static final class Laid extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DataLayout();
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }

  private final JsonGenerator json;

  private DataWriter(JsonGenerator json) {
    this.json = json;
  }

  static String text(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(new Laid(), text)) {
      new DataWriter(json).report(report);
    }
    return text.append('\n').toString();
  }

  private void report(Report report) {
    json.writeStartObject();
    json.writeStringProperty("schema", DataFile.SCHEMA);
    json.writeNumberProperty("schema_version", DataFile.VERSION);
    json.writeStringProperty("experiment", report.experiment());
    json.writeStringProperty("title", report.title());
    json.writeStringProperty("question", report.question());
    json.writeStringProperty("begun", report.begun().toString());
    json.writeNumberProperty("took_ns", report.took().toNanos());
    json.writeName("machine");
    machine(report.machine());
    json.writeStringProperty("command", report.command());
    json.writeObjectPropertyStart("flags");
    report.flags().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeArrayPropertyStart("peers");
    report.peers().forEach(this::peer);
    json.writeEndArray();
    json.writeArrayPropertyStart("metrics");
    report.metrics().forEach(this::metric);
    json.writeEndArray();
    json.writeArrayPropertyStart("samples");
    List<String> metrics = report.metrics().stream().map(Report.Metric::name).toList();
    report.samples().forEach(sample -> sample(sample, metrics));
    json.writeEndArray();
    json.writeArrayPropertyStart("charts");
    report.charts().forEach(this::chart);
    json.writeEndArray();
    json.writeArrayPropertyStart("notes");
    report.notes().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void machine(Machine machine) {
    json.writeStartObject();
    json.writeStringProperty("processor", machine.processor());
    json.writeNumberProperty("processors", machine.processors());
    json.writeNumberProperty("memory_bytes", machine.memoryBytes());
    json.writeStringProperty("kernel", machine.kernel());
    json.writeStringProperty("system", machine.system());
    json.writeStringProperty("java", machine.java());
    json.writeStringProperty("ringtap", machine.ringtap());
    json.writeEndObject();
  }

  private void peer(Report.Peer peer) {
    json.writeStartObject();
    json.writeStringProperty("name", peer.name());
    json.writeStringProperty("version", peer.version());
    json.writeStringProperty("command", peer.command());
    json.writeEndObject();
  }

  private void metric(Report.Metric metric) {
    json.writeStartObject();
    json.writeStringProperty("name", metric.name());
    json.writeStringProperty("label", metric.label());
    json.writeStringProperty("unit", metric.unit());
    json.writeNumberProperty("decimals", metric.decimals());
    json.writeStringProperty("better", word(metric.better()));
    json.writeEndObject();
  }

  /// The values lie in the order of the metrics, and what is no metric follows by name.
  private void sample(Sample sample, List<String> metrics) {
    json.writeStartObject();
    json.writeStringProperty("peer", sample.peer());
    json.writeStringProperty("setting", sample.setting());
    json.writeNumberProperty("run", sample.run());
    json.writeBooleanProperty("warm_up", sample.isWarmUp());
    json.writeStringProperty("failure", sample.failure());
    json.writeObjectPropertyStart("values");
    sample.values().entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Double> value) -> place(value, metrics))
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(value -> {
          json.writeName(value.getKey());
          number(value.getValue());
        });
    json.writeEndObject();
    json.writeArrayPropertyStart("series");
    for (Sample.Series series : sample.series()) {
      json.writeStartObject();
      json.writeStringProperty("name", series.name());
      numbers("x", series.x());
      numbers("y", series.y());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static int place(Map.Entry<String, Double> value, List<String> metrics) {
    int place = metrics.indexOf(value.getKey());
    return place < 0 ? metrics.size() : place;
  }

  private void chart(Chart chart) {
    json.writeStartObject();
    json.writeStringProperty("kind", word(chart.kind()));
    json.writeStringProperty("title", chart.title());
    json.writeStringProperty("name", chart.name());
    json.writeArrayPropertyStart("settings");
    chart.settings().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("x_label", chart.xLabel());
    json.writeStringProperty("y_label", chart.yLabel());
    json.writeBooleanProperty("logarithmic", chart.isLogarithmic());
    json.writeEndObject();
  }

  private void numbers(String name, List<Double> numbers) {
    json.writeArrayPropertyStart(name);
    numbers.forEach(this::number);
    json.writeEndArray();
  }

  private void number(double number) {
    boolean isNegativeZero = number == 0 && 1 / number < 0;
    if (number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE && !isNegativeZero) {
      json.writeNumber((long) number);
    } else {
      json.writeNumber(number);
    }
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
