package io.ringtap.monitor.tui;

/// How a target is, the worst first.
enum Health {
  /// No reply in the last minute, or an event says that it is down.
  DOWN("down"),
  /// Its name has no address.
  UNRESOLVED("no address"),
  /// Some probes of the last minute were not answered.
  LOSSY("loss"),
  /// All probes of the last minute were answered.
  UP("up"),
  /// No probe has ended in the last minute.
  PENDING("waiting");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  /// As it stands on the screen.
  String word() {
    return word;
  }
}
