package io.ringtap.print;

/// The text of one flat JSON object (RFC 8259), appended field by field. Not thread-safe; nothing
/// is allocated for a field.
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private StringBuilder to = new StringBuilder();
  private boolean isFirst;

  /// Begins an object.
  void begin(StringBuilder target) {
    to = target.append('{');
    isFirst = true;
  }

  /// Continues an object to which the caller has appended a field.
  void resume(StringBuilder target) {
    to = target;
    isFirst = target.charAt(target.length() - 1) == '{';
  }

  /// Ends the object.
  void end() {
    to.append('}');
  }

  void field(String name, long number) {
    name(name);
    to.append(number);
  }

  void field(String name, boolean value) {
    name(name);
    to.append(value);
  }

  void field(String name, CharSequence text) {
    name(name);
    quoted(text);
  }

  private void quoted(CharSequence text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    to.append('"');
  }

  /// Begins an array.
  void beginArray(String name) {
    name(name);
    to.append('[');
    isFirst = true;
  }

  void element(long number) {
    separate();
    to.append(number);
  }

  void element(CharSequence text) {
    separate();
    quoted(text);
  }

  void endArray() {
    to.append(']');
    isFirst = false;
  }

  private void name(String name) {
    separate();
    to.append('"').append(name).append("\":");
  }

  private void separate() {
    if (!isFirst) {
      to.append(',');
    }
    isFirst = false;
  }

  private void character(char c) {
    if (c == '"' || c == '\\') {
      to.append('\\').append(c);
    } else if (c < ' ' || (c >= '\u007F' && c < '\u00A0')) { // terminals obey the upper ones too
      to.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
    } else {
      to.append(c);
    }
  }
}
