package io.ringtap.monitor.store;

/// Whose history a store is. One kind does not go on with the store of the other.
enum StoreKind {
  /// Of a monitor that probes by itself.
  MONITOR(1, "the history of a monitor that probes by itself"),
  /// Of what the sites of a fleet have probed.
  FLEET(2, "the history of a fleet (ringtap monitor --from kafka)");

  private final int version;
  private final String words;

  StoreKind(int version, String words) {
    this.version = version;
    this.words = words;
  }

  /// The version of its ledger's format.
  int version() {
    return version;
  }

  /// What such a store is.
  String words() {
    return words;
  }
}
