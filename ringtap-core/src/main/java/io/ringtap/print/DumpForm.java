package io.ringtap.print;

/// The dump of a packet's bytes after its line.
public enum DumpForm {
  /// No dump, except of packets that are not decoded.
  NONE(false, false, false),

  /// `-x`.
  HEX(true, false, false),

  /// `-xx`.
  HEX_WITH_LINK_HEADER(true, false, true),

  /// `-X`.
  HEX_AND_TEXT(true, true, false),

  /// `-XX`.
  HEX_AND_TEXT_WITH_LINK_HEADER(true, true, true),

  /// `-A`.
  TEXT(false, true, false),

  /// `-AA`.
  TEXT_WITH_LINK_HEADER(false, true, true);

  final boolean isHex;
  final boolean isText;
  final boolean hasLinkHeader;

  DumpForm(boolean isHex, boolean isText, boolean hasLinkHeader) {
    this.isHex = isHex;
    this.isText = isText;
    this.hasLinkHeader = hasLinkHeader;
  }
}
