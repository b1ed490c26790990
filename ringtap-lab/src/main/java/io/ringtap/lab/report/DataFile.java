package io.ringtap.lab.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.type.LogicalType;

/// `data.json`: a report whole, as JSON. It is read as strictly as it is written, so that a file of
/// another version, or one that was changed by hand and no longer means what it did, is refused.
///
/// @param tookNs how long the experiment ran, in nanoseconds; the other components are the report's
record DataFile(
    String schema,
    int schemaVersion,
    String experiment,
    String title,
    String question,
    Instant begun,
    long tookNs,
    Machine machine,
    String command,
    Map<String, String> flags,
    List<Report.Peer> peers,
    List<Report.Metric> metrics,
    List<Sample> samples,
    List<Chart> charts,
    List<Profile> profiles,
    List<String> notes) {
  static final String NAME = "data.json";

  /// More than any experiment writes. A longer file is refused before it fills the memory.
  static final long MAX_BYTES = 256L << 20;

  private static final String SCHEMA = "ringtap-lab-report";
  private static final int VERSION = 2;
  private static final long MAX_TOKENS = 10_000_000;
  private static final int MAX_DEPTH = 16;
  private static final int LONGEST_NAME = 40;

  /// What a file that is not a report is refused with: one line, with the place.
  static final class NotAReport extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReport(String message) {
      super(message);
    }
  }

  /// What tells whether the rest can be read: of another file nothing else is complained about.
  private record Head(
      @JsonSetter(nulls = Nulls.SET) @Nullable String schema,
      @JsonSetter(nulls = Nulls.SET) @Nullable Integer schemaVersion) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.LOWER_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new NumberWriter())
                  .addDeserializer(Double.class, new NumberReader()))
          .defaultPrettyPrinter(new DataLayout())
          .build();

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxTokenCount(MAX_TOKENS)
                .maxDocumentLength(MAX_BYTES)
                .build())
        .build();
  }

  DataFile {
    if (tookNs < 0) {
      throw new IllegalArgumentException("took_ns is negative");
    }
  }

  /// The text that [#read] makes the same report of.
  static String text(Report report) {
    List<String> metrics = report.metrics().stream().map(Report.Metric::name).toList();
    DataFile file =
        new DataFile(
            SCHEMA,
            VERSION,
            report.experiment(),
            report.title(),
            report.question(),
            report.begun(),
            report.took().toNanos(),
            report.machine(),
            report.command(),
            report.flags(),
            report.peers(),
            report.metrics(),
            report.samples().stream().map(sample -> inOrder(sample, metrics)).toList(),
            report.charts(),
            report.profiles(),
            report.notes());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n";
  }

  /// The values in the order of the metrics; what is not a metric follows by name.
  private static Sample inOrder(Sample sample, List<String> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    sample.values().entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Double> value) ->
                    metrics.contains(value.getKey())
                        ? metrics.indexOf(value.getKey())
                        : metrics.size())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(value -> values.put(value.getKey(), value.getValue()));
    return sample.with(values);
  }

  /// Reads what [#text] has written.
  ///
  /// @throws NotAReport if it is anything else
  static Report read(byte[] data) throws NotAReport {
    try {
      checkHead(data);
      return MAPPER.readValue(data, DataFile.class).report();
    } catch (JacksonException e) {
      throw new NotAReport(place(e) + problem(e));
    }
  }

  private static void checkHead(byte[] data) throws NotAReport {
    if (data.length == 0) {
      throw new NotAReport("is empty");
    }
    Head head =
        MAPPER
            .readerFor(Head.class)
            .without(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .readValue(data);
    if (!SCHEMA.equals(head.schema())) {
      throw new NotAReport("is not a report: \"schema\" is not \"" + SCHEMA + "\"");
    }
    if (!Integer.valueOf(VERSION).equals(head.schemaVersion())) {
      throw new NotAReport(
          "has schema_version %d, and this Ringtap reads %d"
              .formatted(head.schemaVersion(), VERSION));
    }
  }

  private Report report() {
    return new Report(
        experiment,
        title,
        question,
        begun,
        Duration.ofNanos(tookNs),
        machine,
        command,
        flags,
        peers,
        metrics,
        samples,
        charts,
        profiles,
        notes);
  }

  private static String place(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String lineAndColumn =
        at == null || at.getLineNr() < 1
            ? ""
            : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(shown(step.getPropertyName()));
      }
    }
    return lineAndColumn + (path.isEmpty() ? "" : path + ": ");
  }

  /// In words for whoever looks at the file, who does not know our classes.
  private static String problem(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException _ -> "unknown property";
      case ValueInstantiationException made when made.getCause() != null ->
          oneLine(made.getCause().getMessage());
      case MismatchedInputException _ when e.getOriginalMessage().startsWith("Missing ") ->
          "missing";
      case MismatchedInputException _ when e.getOriginalMessage().startsWith("Trailing ") ->
          "goes on after the report";
      case MismatchedInputException _ -> "not a valid value";
      default -> oneLine(e.getOriginalMessage());
    };
  }

  private static String oneLine(@Nullable String message) {
    return Optional.ofNullable(message).flatMap(m -> m.lines().findFirst()).orElse("not JSON");
  }

  /// A foreign name as part of one line.
  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
  }

  /// Whole numbers stand without a fraction.
  private static final class NumberWriter extends StdScalarSerializer<Double> {
    /// Up to it a double has no fraction.
    private static final double LARGEST_WHOLE = 1L << 53;

    NumberWriter() {
      super(Double.class);
    }

    @Override
    public void serialize(Double number, JsonGenerator json, SerializationContext context) {
      boolean isNegativeZero = number == 0 && 1 / number < 0;
      if (number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE && !isNegativeZero) {
        json.writeNumber(number.longValue());
      } else {
        json.writeNumber(number);
      }
    }
  }

  /// Neither text nor a number that a double does not hold, which JSON can write.
  private static final class NumberReader extends StdScalarDeserializer<Double> {
    NumberReader() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) {
      if (!json.currentToken().isNumeric() || !Double.isFinite(json.getDoubleValue())) {
        return context.reportInputMismatch(this, "no number that a double holds");
      }
      return json.getDoubleValue();
    }
  }
}
