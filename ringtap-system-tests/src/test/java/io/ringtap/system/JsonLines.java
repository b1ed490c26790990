package io.ringtap.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads NDJSON strictly: an object on each line, and nothing else.
public final class JsonLines {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLines() {}

  public static List<Map<String, Object>> parse(List<String> lines) {
    return lines.stream().map(JsonLines::parse).toList();
  }

  /// Reads a text that is one array.
  public static List<Object> parseArray(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new AssertionError("no array: " + text);
      }
      return array(parser);
    }
  }

  private static Map<String, Object> parse(String line) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new AssertionError("no object: " + line);
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        throw new AssertionError("more than an object: " + line);
      }
      return object;
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser, name);
      if (object.put(name, value) != null) {
        throw new AssertionError("twice in an object: " + name);
      }
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, "element " + array.size()));
    }
    return array;
  }

  private static Object value(JsonParser parser, String name) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> "null";
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      default -> throw new AssertionError("unexpected at " + name);
    };
  }
}
