package io.ringtap.cli.terminal;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Generators of NDJSON: an object on a line of its own, handed over as a whole.
public final class JsonLines {
  /// Lines end with a line feed, so nothing stands between the objects.
  private static final class Lines extends ObjectWriteContext.Base {
    @Override
    public @Nullable SerializableString getRootValueSeparator(SerializableString byDefault) {
      return null;
    }
  }

  private JsonLines() {}

  /// A generator that gathers an object until [#end]. One thread at a time uses it.
  public static JsonGenerator generator(OutputStream out) {
    return JsonFactory.builder()
        .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
        .build()
        .createGenerator(new Lines(), out);
  }

  /// Begins an object, whose first field says what it is about.
  public static void begin(JsonGenerator json, String type) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
  }

  /// Ends the object and hands the line over. It is whole in the output if it is no longer than the
  /// generator's buffer (8000 bytes).
  public static void end(JsonGenerator json) {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
