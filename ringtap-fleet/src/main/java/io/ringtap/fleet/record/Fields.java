package io.ringtap.fleet.record;

import io.ringtap.monitor.config.yaml.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a JSON object that anybody may have written. What is missing, of another type or
/// out of its bounds is a [Malformed]. Fields that nobody asks for are passed over: later versions
/// may add some.
public final class Fields {
  /// Says what is wrong with an object. [#read] makes a [Reading.Invalid] of it.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    public Malformed(String why) {
      super(why, null, false, false);
    }
  }

  /// Makes something of the fields.
  ///
  /// @param <T> what
  public interface Form<T> {
    T of(Fields fields) throws Malformed;
  }

  /// Names of sites and agents: they stand in names of groups and in keys.
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /// The schema of what this version writes. Additions leave it as it is.
  static final int SCHEMA = 1;

  private static final int LONGEST_VALUE = 1 << 20;
  private static final int LONGEST_TEXT = 4_096;
  private static final int DEEPEST = 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNameLength(LONGEST_TEXT)
                          .maxNumberLength(40)
                          .build())
                  .build())
          .build();

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /// Reads a record's value.
  ///
  /// @param value null if the record has none
  /// @param kinds what the field `kind` may say
  public static <T> Reading<T> read(byte @Nullable [] value, List<String> kinds, Form<T> form) {
    if (value == null || value.length == 0) {
      return new Reading.Invalid<>("empty");
    }
    if (value.length > LONGEST_VALUE) {
      return new Reading.Invalid<>(value.length + " bytes, more than a record may have");
    }
    try {
      JsonNode node = MAPPER.readTree(value);
      if (!node.isObject()) {
        return new Reading.Invalid<>("not a JSON object");
      }
      Fields fields = new Fields(node);
      int schema = (int) fields.number("schema", 1, Integer.MAX_VALUE);
      if (schema > SCHEMA) {
        return new Reading.Newer<>(schema);
      }
      String kind = fields.text("kind", 32);
      if (!kinds.contains(kind)) {
        return new Reading.Invalid<>("kind is " + Mistake.quoted(kind));
      }
      return new Reading.Valid<>(form.of(fields));
    } catch (JacksonException e) {
      return new Reading.Invalid<>("not JSON: " + firstLine(e.getOriginalMessage()));
    } catch (Malformed e) {
      return new Reading.Invalid<>(firstLine(e.getMessage()));
    } catch (IllegalArgumentException e) {
      // What types refuse of themselves, such as an address
      return new Reading.Invalid<>(firstLine(e.getMessage()));
    }
  }

  private static String firstLine(@Nullable String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /// A text that is there.
  public String text(String name, int longest) throws Malformed {
    JsonNode node = object.get(name);
    if (node == null || !node.isString()) {
      throw new Malformed(name + " is " + (node == null ? "missing" : "no text"));
    }
    String text = node.stringValue();
    if (text.isEmpty() || text.length() > longest) {
      throw new Malformed(name + " has " + text.length() + " characters, not 1 to " + longest);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new Malformed(name + " has a control character");
    }
    return text;
  }

  /// A text; null if it is not there.
  public @Nullable String textIfAny(String name, int longest) throws Malformed {
    return object.has(name) ? text(name, longest) : null;
  }

  /// A name of a site or an agent.
  public String name(String name) throws Malformed {
    String text = text(name, 63);
    if (!NAME.matcher(text).matches()) {
      throw new Malformed(name + " is " + Mistake.quoted(text));
    }
    return text;
  }

  /// A whole number within bounds.
  public long number(String name, long least, long most) throws Malformed {
    return number(object.get(name), name, least, most);
  }

  private static long number(@Nullable JsonNode node, String name, long least, long most)
      throws Malformed {
    if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new Malformed(name + " is " + (node == null ? "missing" : "no whole number"));
    }
    long number = node.longValue();
    if (number < least || number > most) {
      throw new Malformed(name + " is " + number + ", not " + least + " to " + most);
    }
    return number;
  }

  /// A whole number within bounds; another one if it is not there.
  public long number(String name, long least, long most, long byDefault) throws Malformed {
    return object.has(name) ? number(name, least, most) : byDefault;
  }

  /// A number of any kind that is 0 or more.
  public double figure(String name) throws Malformed {
    JsonNode node = object.get(name);
    if (node == null || !node.isNumber()) {
      throw new Malformed(name + " is " + (node == null ? "missing" : "no number"));
    }
    double figure = node.doubleValue();
    if (!(figure >= 0 && figure <= Double.MAX_VALUE)) {
      throw new Malformed(name + " is " + figure);
    }
    return figure;
  }

  public boolean truth(String name) throws Malformed {
    JsonNode node = object.get(name);
    if (node == null || !node.isBoolean()) {
      throw new Malformed(name + " is " + (node == null ? "missing" : "neither true nor false"));
    }
    return node.booleanValue();
  }

  /// One of several words.
  public <T> T word(String name, T[] all, Function<T, String> words) throws Malformed {
    String text = text(name, 32);
    for (T each : all) {
      if (words.apply(each).equals(text)) {
        return each;
      }
    }
    throw new Malformed(name + " is " + Mistake.quoted(text));
  }

  public Fields object(String name) throws Malformed {
    JsonNode node = object.get(name);
    if (node == null || !node.isObject()) {
      throw new Malformed(name + " is " + (node == null ? "missing" : "no object"));
    }
    return new Fields(node);
  }

  /// The names of all fields.
  public List<String> names(int most) throws Malformed {
    if (object.size() > most) {
      throw new Malformed(object.size() + " fields where at most " + most + " may be");
    }
    return List.copyOf(object.propertyNames());
  }

  /// A list of objects.
  public <T> List<T> objects(String name, int most, Form<T> form) throws Malformed {
    List<T> all = new ArrayList<>();
    for (JsonNode node : array(name, most)) {
      if (!node.isObject()) {
        throw new Malformed(name + " has something that is no object");
      }
      all.add(form.of(new Fields(node)));
    }
    return List.copyOf(all);
  }

  /// A list of texts.
  public List<String> texts(String name, int most, int longest) throws Malformed {
    List<String> all = new ArrayList<>();
    for (JsonNode node : array(name, most)) {
      if (!node.isString() || node.stringValue().length() > longest) {
        throw new Malformed(name + " has something that is no text, or too long");
      }
      all.add(node.stringValue());
    }
    return List.copyOf(all);
  }

  /// A list of names of sites.
  public List<String> nameList(String name, int most) throws Malformed {
    List<String> all = new ArrayList<>();
    for (JsonNode node : array(name, most)) {
      if (!node.isString() || !NAME.matcher(node.stringValue()).matches()) {
        throw new Malformed(name + " has something that is no name");
      }
      all.add(node.stringValue());
    }
    return List.copyOf(all);
  }

  /// A list of whole numbers.
  public long[] numbers(String name, int most, long least, long largest) throws Malformed {
    JsonNode array = array(name, most);
    long[] all = new long[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = number(array.get(i), name, least, largest);
    }
    return all;
  }

  private JsonNode array(String name, int most) throws Malformed {
    JsonNode array = object.get(name);
    if (array == null || !array.isArray()) {
      throw new Malformed(name + " is " + (array == null ? "missing" : "no list"));
    }
    if (array.size() > most) {
      throw new Malformed(name + " has " + array.size() + " entries, more than " + most);
    }
    return array;
  }
}
