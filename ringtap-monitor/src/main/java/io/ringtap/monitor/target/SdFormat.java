package io.ringtap.monitor.target;

import io.ringtap.monitor.target.SourceReader.SourceProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Lists of targets as Prometheus' `file_sd` and `http_sd` have them: groups of `targets`, each
/// with `labels` for all of them. As there, labels that begin with `__` are for the one who reads
/// them and do not stay; the port of a target is cut off.
final class SdFormat {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> KEYS = Set.of("targets", "labels");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern PARSER_NOTE = Pattern.compile("(?s)( \\([^()]*\\[Source: |\n).*");
  private static final Pattern WITH_PORT = Pattern.compile("([^:\\[\\]]+):[0-9]+");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)](:[0-9]+)?");

  private SdFormat() {}

  /// Reads JSON.
  ///
  /// @param source what messages name as its place
  static List<Listed> readJson(String source, byte[] content) throws SourceProblem {
    return read(source, content, JSON);
  }

  /// Reads YAML.
  ///
  /// @param source what messages name as its place
  static List<Listed> readYaml(String source, byte[] content) throws SourceProblem {
    return read(source, content, YAML);
  }

  private static List<Listed> read(String source, byte[] content, ObjectMapper mapper)
      throws SourceProblem {
    JsonNode root;
    try {
      root = mapper.readTree(content);
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      String line = location == null ? "" : ":" + location.getLineNr();
      throw new SourceProblem(source + line + ": " + shortened(e.getOriginalMessage()));
    }
    if (!root.isArray()) {
      throw new SourceProblem(
          source + ": no list of groups such as [{\"targets\": [\"192.0.2.1\"]}]; none is []");
    }
    List<Listed> listed = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      readGroup(source + ": [" + i + "]", root.get(i), listed);
    }
    return listed;
  }

  private static void readGroup(String place, JsonNode group, List<Listed> listed)
      throws SourceProblem {
    if (!group.isObject()) {
      throw new SourceProblem(place + ": not an object with targets and labels");
    }
    for (String key : group.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new SourceProblem(
            place + "." + printable(key) + ": only targets and labels belong here");
      }
    }
    Map<String, String> labels = labels(place + ".labels", group.path("labels"));
    JsonNode targets = group.path("targets");
    if (!targets.isArray() && !targets.isMissingNode() && !targets.isNull()) {
      throw new SourceProblem(place + ".targets: not a list");
    }
    for (int i = 0; i < targets.size(); i++) {
      JsonNode target = targets.get(i);
      String at = place + ".targets[" + i + "]";
      if (!target.isString()) {
        throw new SourceProblem(at + ": not a text");
      }
      try {
        listed.add(Listed.parse(host(target.stringValue()), null, labels));
      } catch (IllegalArgumentException e) {
        throw new SourceProblem(at + ": " + e.getMessage());
      }
    }
  }

  private static Map<String, String> labels(String place, JsonNode node) throws SourceProblem {
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new SourceProblem(place + ": not an object of names and texts");
    }
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String name = each.getKey();
      if (!LABEL.matcher(name).matches()) {
        throw new SourceProblem(
            place
                + ": '"
                + printable(name)
                + "' is no label: letters, digits and _, no digit first");
      }
      if (!each.getValue().isValueNode() || each.getValue().isNull()) {
        throw new SourceProblem(place + "." + name + ": not a text");
      }
      if (!name.startsWith("__")) {
        labels.put(name, each.getValue().asString());
      }
    }
    return labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(labels);
  }

  /// A target without its port: `host:9100`, `[::1]:9100`.
  private static String host(String target) {
    var brackets = BRACKETS.matcher(target);
    if (brackets.matches()) {
      return brackets.group(1);
    }
    var withPort = WITH_PORT.matcher(target);
    return withPort.matches() ? withPort.group(1) : target;
  }

  /// The message without what the library adds about its input.
  private static String shortened(String message) {
    return printable(PARSER_NOTE.matcher(message).replaceFirst(""));
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
