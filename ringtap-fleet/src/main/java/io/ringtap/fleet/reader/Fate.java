package io.ringtap.fleet.reader;

/// What has become of a record that was read.
enum Fate {
  /// A window that is in the history.
  STORED("stored"),
  /// An event, which is kept and shown.
  EVENT("event"),
  /// It had been read before.
  REPEATED("repeated"),
  /// It is no record of a fleet, or not a possible one.
  INVALID("invalid"),
  /// It is of a schema that this version does not know.
  NEWER("newer"),
  /// It says that an agent had no room for others.
  GAP("gap"),
  /// A single probe, which is not kept.
  PROBE("probe");

  private final String word;

  Fate(String word) {
    this.word = word;
  }

  /// As it stands in metrics and JSON.
  String word() {
    return word;
  }
}
