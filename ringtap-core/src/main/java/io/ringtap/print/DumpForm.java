package io.ringtap.print;

/// What of a packet's bytes follows its line.
public enum DumpForm {
  /// None, but those of packets of which nothing is known.
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
