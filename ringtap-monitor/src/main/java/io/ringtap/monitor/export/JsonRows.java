package io.ringtap.monitor.export;

import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// NDJSON: an object a line. Fields that have no value are left out.
final class JsonRows implements Rows {
  /// Lines end with a line feed, so nothing stands between the objects.
  private static final class Lines extends ObjectWriteContext.Base {
    @Override
    public @Nullable SerializableString getRootValueSeparator(SerializableString byDefault) {
      return null;
    }
  }

  private final JsonGenerator json;

  JsonRows(OutputStream out) {
    json =
        JsonFactory.builder()
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build()
            .createGenerator(new Lines(), out);
  }

  @Override
  public void begin() {
    json.writeStartObject();
  }

  @Override
  public void text(String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  @Override
  public void number(String name, long value) {
    json.writeNumberProperty(name, value);
  }

  @Override
  public void none(String name) {}

  @Override
  public void ratio(String name, double value) {
    json.writeNumberProperty(name, value);
  }

  @Override
  public void labels(String name, Map<String, String> labels) {
    json.writeObjectPropertyStart(name);
    labels.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  @Override
  public void pairs(String name, Pairs pairs) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < pairs.count(); i++) {
      json.writeStartArray();
      json.writeNumber(pairs.first(i));
      json.writeNumber(pairs.second(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  @Override
  public void end() {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
