package io.ringtap.lab.peer;

/// A tool that the user adds: `NAME=COMMAND`, with places in braces that the experiment fills in,
/// such as `{target}`, `{count}`, `{interval_ms}` or `{interface}`.
///
/// @param name that reports call it by
/// @param command its words, separated by blanks
public record PeerTemplate(String name, String command) {
  /// Reads `NAME=COMMAND`.
  ///
  /// @throws IllegalArgumentException if it is not that, with a line that says what would be
  public static PeerTemplate parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.substring(equals + 1).isBlank()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no peer: it is NAME=COMMAND, such as 'mine=myping -c {count} {target}'");
    }
    return new PeerTemplate(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }
}
