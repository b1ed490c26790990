package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What may be said of targets in labels, so that Prometheus and Alertmanager take them as they
/// are.
public final class Labels {
  /// Names that metrics and alerts have labels of their own by.
  public static final Set<String> RESERVED =
      Set.of(
          "group",
          "host",
          "target",
          "name",
          "address",
          "family",
          "ip",
          "ip_version",
          "le",
          "quantile",
          "job",
          "instance",
          "alertname",
          "kind");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
  private static final int LONGEST_VALUE = 1024;

  private Labels() {}

  /// Checks a name.
  ///
  /// @throws IllegalArgumentException saying why it is refused, and the right form
  public static void checkName(String name) {
    String why = null;
    if (!NAME.matcher(name).matches()) {
      why = "may only have letters, digits and '_', and no digit first";
    } else if (name.startsWith("__")) {
      why = "begins with '__', which Prometheus keeps for itself";
    } else if (RESERVED.contains(name)) {
      why = "is set by the monitor or by Prometheus";
    }
    if (why != null) {
      throw new IllegalArgumentException("the label name " + Mistake.quoted(name) + " " + why);
    }
  }

  /// Checks a value.
  ///
  /// @return the value
  /// @throws IllegalArgumentException saying why it is refused
  public static String checkedValue(String value) {
    if (value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          Mistake.quoted(value) + " is no label value; write one line of at most 1024 characters");
    }
    return value;
  }

  /// Takes the key `labels` of a section, without what the section inherits.
  static Map<String, String> read(Section section, Mistakes mistakes) {
    Section labels = section.section("labels");
    Map<String, String> read = new TreeMap<>();
    for (YamlNode.Scalar key : labels.keys()) {
      try {
        checkName(key.text());
      } catch (IllegalArgumentException e) {
        mistakes.add(key, String.valueOf(e.getMessage()), "");
        continue;
      }
      YamlNode node = labels.take(key.text());
      if (node == null) {
        mistakes.add(key, "the label " + key.text() + " has no value", "");
        continue;
      }
      String value = Section.value(node, key.text(), Labels::checkedValue, mistakes);
      if (value != null) {
        read.put(key.text(), value);
      }
    }
    return Collections.unmodifiableMap(read);
  }

  /// Labels and those that are set over them, sorted by name.
  public static Map<String, String> over(Map<String, String> base, Map<String, String> own) {
    SortedMap<String, String> all = new TreeMap<>(base);
    all.putAll(own);
    return Collections.unmodifiableSortedMap(all);
  }
}
