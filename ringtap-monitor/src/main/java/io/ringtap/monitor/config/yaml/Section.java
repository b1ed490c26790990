package io.ringtap.monitor.config.yaml;

import io.ringtap.monitor.config.yaml.YamlNode.Entry;
import io.ringtap.monitor.config.yaml.YamlNode.Mapping;
import io.ringtap.monitor.config.yaml.YamlNode.Scalar;
import io.ringtap.monitor.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping that is being read: each key is taken once, and [#end] reports those that nobody took.
/// A key without a value is as good as absent. Values of the wrong kind or form are reported and
/// then taken as absent too, so that one reading finds all mistakes.
public final class Section {
  private static final String MERGE = "<<";

  private final Mistakes mistakes;
  private final YamlNode where;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  private Section(YamlNode where, Mistakes mistakes) {
    this.where = where;
    this.mistakes = mistakes;
  }

  /// A section without keys, for what is absent.
  public static Section empty(YamlNode where, Mistakes mistakes) {
    return new Section(where, mistakes);
  }

  /// The section that a node is; an empty one, with a mistake, if it is none.
  ///
  /// @param rightForm how it should be written
  public static Section of(YamlNode node, String rightForm, Mistakes mistakes) {
    Section section = new Section(node, mistakes);
    if (node instanceof Mapping mapping) {
      section.add(mapping);
    } else {
      mistakes.add(node, node.kind() + " where keys with values belong", rightForm);
    }
    return section;
  }

  /// Adds the entries of a mapping, and of those that it merges in with `<<`, which count less.
  private void add(Mapping mapping) {
    for (Entry entry : mapping.entries()) {
      if (!entry.key().text().equals(MERGE)) {
        entries.putIfAbsent(entry.key().text(), entry);
      }
    }
    for (Entry entry : mapping.entries()) {
      if (entry.key().text().equals(MERGE)) {
        switch (entry.value()) {
          case Mapping merged -> add(merged);
          case Sequence list when list.items().stream().allMatch(Mapping.class::isInstance) ->
              list.items().forEach(item -> add((Mapping) item));
          default -> mistakes.add(entry.value(), "<< needs an alias of keys with values", "");
        }
      }
    }
  }

  /// Where the section begins.
  public YamlNode where() {
    return where;
  }

  /// All of its keys, each [taken][#take] from now on.
  public List<Scalar> keys() {
    taken.addAll(entries.keySet());
    return entries.values().stream().map(Entry::key).toList();
  }

  /// Passes over all keys that begin so.
  public void passOver(String prefix) {
    entries.keySet().removeIf(key -> key.startsWith(prefix));
  }

  /// Takes a key's value, of any kind; null if it is absent.
  public @Nullable YamlNode take(String key) {
    taken.add(key);
    Entry entry = entries.get(key);
    return entry == null || entry.value().isNothing() ? null : entry.value();
  }

  /// Takes a section within this one; an empty one if it is absent.
  public Section section(String key) {
    YamlNode node = take(key);
    return node == null
        ? empty(where, mistakes)
        : of(node, "write " + key + ": with keys below it", mistakes);
  }

  /// Takes a list; empty if it is absent.
  public List<YamlNode> list(String key) {
    YamlNode node = take(key);
    if (node == null || node instanceof Sequence) {
      return node == null ? List.of() : ((Sequence) node).items();
    }
    mistakes.add(node, key + " is " + node.kind(), "write a list, as in " + key + ": [..., ...]");
    return List.of();
  }

  /// Takes a list of values that have a form each; those that do not are left out.
  public <T> List<T> list(String key, Form<T> form) {
    List<T> values = new ArrayList<>();
    for (YamlNode item : list(key)) {
      T value = value(item, key, form, mistakes);
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  /// Takes a value; `otherwise` if it is absent.
  public <T> T value(String key, T otherwise, Form<T> form) {
    T value = value(key, form);
    return value == null ? otherwise : value;
  }

  /// Takes a value; null if it is absent.
  public <T> @Nullable T value(String key, Form<T> form) {
    YamlNode node = take(key);
    return node == null ? null : value(node, key, form, mistakes);
  }

  /// The same, where there may be no value otherwise either.
  public <T> @Nullable T valueOr(String key, @Nullable T otherwise, Form<T> form) {
    T value = value(key, form);
    return value == null ? otherwise : value;
  }

  /// Takes a value that must be there; null, with a mistake, if it is absent.
  public <T> @Nullable T required(String key, Form<T> form) {
    if (take(key) == null) {
      mistakes.add(where, "there is no " + key, "write " + key + ": with its value");
      return null;
    }
    return value(key, form);
  }

  /// Takes a whole number.
  public int whole(String key, int otherwise, int min, int max) {
    return value(key, otherwise, text -> Values.whole(text, min, max));
  }

  /// The value of a node; null, with a mistake, if it is none.
  ///
  /// @param name of what it is, for the message
  public static <T> @Nullable T value(YamlNode node, String name, Form<T> form, Mistakes mistakes) {
    if (!(node instanceof Scalar(String text, _, _, _)) || node.isNothing()) {
      mistakes.add(node, name + ": " + node.kind() + " where one value belongs", "");
      return null;
    }
    try {
      return form.read(text);
    } catch (IllegalArgumentException e) {
      mistakes.add(node, name + ": " + e.getMessage(), "");
      return null;
    }
  }

  /// Reports the keys that nobody took, each with the known key that is nearest.
  public void end() {
    for (Entry entry : entries.values()) {
      String key = entry.key().text();
      if (!taken.contains(key)) {
        String nearest = Spelling.nearest(key, taken);
        mistakes.add(
            entry.key(),
            "unknown key " + Mistake.quoted(key),
            nearest == null
                ? "there are: " + String.join(", ", taken)
                : "did you mean '" + nearest + "'?");
      }
    }
  }
}
