package io.ringtap.lab.peer;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A tool that the user adds: `NAME=COMMAND`, with places in braces that the experiment fills in,
/// such as `{target}`, `{count}`, `{interval_ms}` or `{interface}`.
///
/// @param name that reports call it by
/// @param command its words, separated by blanks
public record PeerTemplate(String name, String command) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  /// Reads `NAME=COMMAND`.
  ///
  /// @throws IllegalArgumentException if it is not that, with a line that says what would be
  public static PeerTemplate parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.substring(equals + 1).isBlank()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a peer: it is NAME=COMMAND, such as 'mine=myping -c {count} {target}'");
    }
    return new PeerTemplate(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /// The command's words with the places filled in.
  ///
  /// @param values by the names of the places
  /// @throws IllegalArgumentException if the command has a place without a value, with a line that
  ///   says which there are
  public List<String> fill(Map<String, String> values) {
    Matcher places = PLACE.matcher(command);
    String filled =
        places.replaceAll(place -> {
          String value = values.get(place.group(1));
          if (value == null) {
            throw new IllegalArgumentException(
                "peer '%s': there is no {%s} here, but %s"
                    .formatted(name, place.group(1), new TreeSet<>(values.keySet())));
          }
          return Matcher.quoteReplacement(value);
        });
    return List.of(filled.split("\\s+"));
  }
}
