package io.ringtap.fleet.record;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the value of a record: one JSON object on one line, in UTF-8.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// An object that says its schema and its kind first.
  ///
  /// @param fields writes the others
  public static byte[] object(String kind, Consumer<JsonGenerator> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("schema", Fields.SCHEMA);
      json.writeStringProperty("kind", kind);
      fields.accept(json);
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
