package io.ringtap.monitor.config;

/// What can happen.
public enum EventKind {
  /// So many probes in a row brought no reply.
  DOWN("down"),
  /// More loss than allowed.
  LOSS("loss"),
  /// A higher latency than allowed.
  LATENCY("latency"),
  /// A higher latency than this target usually has at this hour.
  BASELINE("baseline"),
  /// The TTL of replies keeps changing, as it does when routes flap.
  ROUTE("route"),
  /// Probes are answered more than once.
  DUPLICATES("duplicates"),
  /// A name has got another address. Has no end.
  ADDRESS("address"),
  /// A name cannot be resolved.
  NAME("name");

  private final String word;

  EventKind(String word) {
    this.word = word;
  }

  /// As it stands in configurations, metrics and output.
  public String word() {
    return word;
  }
}
