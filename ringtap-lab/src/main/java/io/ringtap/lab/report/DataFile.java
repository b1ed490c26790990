package io.ringtap.lab.report;

/// What `data.json` says of itself, and how much of it is read.
final class DataFile {
  static final String NAME = "data.json";
  static final String SCHEMA = "ringtap-lab-report";
  static final int VERSION = 1;

  /// More than any experiment writes. A file beyond them is refused before it fills the memory.
  static final long MAX_BYTES = 256L << 20;

  static final long MAX_TOKENS = 10_000_000;
  static final int MAX_DEPTH = 16;

  private DataFile() {}
}
