package io.ringtap.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// A value of `data.json` and where it stands, so that what is wrong with it can be told with the
/// place.
///
/// @param value a String, Number, Boolean, List or Map of further ones; null for JSON's null
/// @param line from 1
/// @param column from 1
record DataValue(@Nullable Object value, int line, int column) {
  /// What a value is not; the message has the place.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  /// How a value is read once it is found.
  interface Reading<T> {
    T of(DataValue value, String path) throws Unfit;
  }

  /// Reads what the parser's current token begins.
  static DataValue of(JsonParser json) {
    TokenStreamLocation at = json.currentTokenLocation();
    Object value =
        switch (json.currentToken()) {
          case START_OBJECT -> {
            Map<String, DataValue> object = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
              String name = json.currentName();
              json.nextToken();
              object.put(name, of(json));
            }
            yield object;
          }
          case START_ARRAY -> {
            List<DataValue> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
              array.add(of(json));
            }
            yield array;
          }
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          case VALUE_NULL -> null;
          default -> json.getString();
        };
    return new DataValue(value, at.getLineNr(), at.getColumnNr());
  }

  /// Says that this is not what it has to be.
  Unfit unfit(String path, String isNot) {
    return new Unfit("line " + line + ", column " + column + ": " + path + " " + isNot);
  }

  /// An object's properties, which have to be exactly these.
  Map<String, DataValue> object(String path, Set<String> names) throws Unfit {
    Map<String, DataValue> object = object(path);
    for (String name : names) {
      if (!object.containsKey(name)) {
        throw unfit(path, "has no \"" + name + "\"");
      }
    }
    for (Map.Entry<String, DataValue> property : object.entrySet()) {
      if (!names.contains(property.getKey())) {
        throw property
            .getValue()
            .unfit(path, "has a \"" + shown(property.getKey()) + "\", unknown here");
      }
    }
    return object;
  }

  /// An object's properties under names that are free.
  @SuppressWarnings("unchecked")
  Map<String, DataValue> object(String path) throws Unfit {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, DataValue>) object;
    }
    throw unfit(path, "is no object");
  }

  <T> List<T> list(String path, Reading<T> reading) throws Unfit {
    if (!(value instanceof List<?> elements)) {
      throw unfit(path, "is no array");
    }
    List<T> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      list.add(reading.of((DataValue) element, path + "[" + list.size() + "]"));
    }
    return list;
  }

  String text(String path) throws Unfit {
    if (value instanceof String text) {
      return text;
    }
    throw unfit(path, "is no string");
  }

  @Nullable String textOrNull(String path) throws Unfit {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw unfit(path, "is neither a string nor null");
  }

  boolean truth(String path) throws Unfit {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw unfit(path, "is neither true nor false");
  }

  double number(String path) throws Unfit {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw unfit(path, "is no number that a double holds");
  }

  long whole(String path, long smallest, long largest) throws Unfit {
    if ((value instanceof Integer || value instanceof Long)
        && value instanceof Number number
        && number.longValue() >= smallest
        && number.longValue() <= largest) {
      return number.longValue();
    }
    throw unfit(path, "is no whole number from " + smallest + " to " + largest);
  }

  <E extends Enum<E>> E word(String path, Class<E> words) throws Unfit {
    for (E word : words.getEnumConstants()) {
      if (DataWriter.word(word).equals(value)) {
        return word;
      }
    }
    throw unfit(
        path,
        Stream.of(words.getEnumConstants())
            .map(DataWriter::word)
            .collect(Collectors.joining(", ", "is none of ", "")));
  }

  /// What `read` makes of the text, such as an instant.
  <T> T parsed(String path, Function<String, T> read, String what) throws Unfit {
    String text = text(path);
    try {
      return read.apply(text);
    } catch (RuntimeException e) {
      throw unfit(path, "is no " + what);
    }
  }

  /// A foreign name as part of one line.
  static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 40 ? line : String.format(Locale.ROOT, "%.40s…", line);
  }
}
