package io.ringtap.monitor.page;

/// How a target is, by its latest probes.
public enum TargetState {
  /// No probe has ended yet.
  PENDING("pending"),
  /// The latest probe was answered.
  UP("up"),
  /// The latest probe was not answered, nor were others before it, but too few to call it down.
  FAILING("failing"),
  /// As many probes in a row as its group's rule says were not answered.
  DOWN("down"),
  /// Its site has said nothing of it for a while; in a fleet only.
  SILENT("silent"),
  /// Its name has no address.
  UNRESOLVED("unresolved");

  private final String word;

  TargetState(String word) {
    this.word = word;
  }

  /// As it stands in JSON.
  public String word() {
    return word;
  }
}
