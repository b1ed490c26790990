package io.ringtap.lab.report;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;

/// Lays `data.json` out for readers and for `diff`: a line for each property of the report, and for
/// each element of its lists.
final class DataLayout implements PrettyPrinter {
  private static final int DEEPEST_WITH_LINES = 2;

  @Override
  public void writeRootValueSeparator(JsonGenerator json) {
    json.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator json) {
    json.writeRaw('{');
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) {
    end(json, entries, '}');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator json) {
    line(json, depth(json));
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) {
    separate(json);
  }

  @Override
  public void writeObjectNameValueSeparator(JsonGenerator json) {
    json.writeRaw(": ");
  }

  @Override
  public void writeStartArray(JsonGenerator json) {
    json.writeRaw('[');
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) {
    end(json, values, ']');
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) {
    line(json, depth(json));
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) {
    separate(json);
  }

  private static int depth(JsonGenerator json) {
    return json.streamWriteContext().getNestingDepth();
  }

  private static void separate(JsonGenerator json) {
    json.writeRaw(',');
    if (depth(json) > DEEPEST_WITH_LINES) {
      json.writeRaw(' ');
    }
    line(json, depth(json));
  }

  /// The context is still that of what ends here.
  private static void end(JsonGenerator json, int entries, char bracket) {
    if (entries > 0 && depth(json) <= DEEPEST_WITH_LINES) {
      json.writeRaw('\n');
      json.writeRaw("  ".repeat(depth(json) - 1));
    }
    json.writeRaw(bracket);
  }

  private static void line(JsonGenerator json, int depth) {
    if (depth <= DEEPEST_WITH_LINES) {
      json.writeRaw('\n');
      json.writeRaw("  ".repeat(depth));
    }
  }
}
