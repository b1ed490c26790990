package io.ringtap.send;

/// Why a frame was not passed to the kernel.
public enum Refusal {
  /// Its link type differs from that of the interface; it may, for example, begin with a cooked
  /// header.
  LINK_TYPE("of another link type than the interface"),

  /// Its end was cut off when it was captured: `caplen` is less than `origlen`.
  CUT("cut off by the snaplen"),

  /// It is shorter than the interface's link header, or empty.
  TOO_SHORT("shorter than a link header"),

  /// It is longer than the interface's MTU and its link header.
  TOO_LONG("longer than the interface's MTU");

  private final String description;

  Refusal(String description) {
    this.description = description;
  }

  /// The reason, in words that complete the phrase "a frame that is".
  public String description() {
    return description;
  }
}
