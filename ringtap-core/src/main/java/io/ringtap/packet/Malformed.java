package io.ringtap.packet;

/// Why a header cannot be read. A value rather than an exception, because captured bytes are often
/// malformed.
///
/// @param layer the header, as in `IPv4 header`
/// @param problem what is wrong with it
/// @param needed the least that would be valid: a number of bytes, or the value of the field that
///   `problem` names
/// @param had what was found instead
/// @param offset where the header begins in its frame, in bytes
public record Malformed(String layer, String problem, long needed, long had, long offset) {

  /// A header that does not fit into `[offset, end)`.
  static Malformed cutShort(String layer, long needed, long offset, long end) {
    return new Malformed(layer, "cut short", needed, end - offset, offset);
  }

  /// The whole description in one line: `IPv4 header at byte 14: cut short: needed 20, had 12`.
  public String message() {
    return layer + " at byte " + offset + ": " + problem + ": needed " + needed + ", had " + had;
  }

  @Override
  public String toString() {
    return message();
  }
}
