package io.ringtap.savefile;

import java.lang.foreign.MemorySegment;

/// How the records of a file are told apart while they are written, and what a file has around
/// them.
interface RecordLayout {
  /// The bytes that a file begins with.
  byte[] header();

  /// The bytes that a file ends with.
  byte[] trailer();

  /// The most bytes of [#trailer].
  int trailerBytes();

  /// The length in bytes of the record at `at`.
  int recordLength(MemorySegment records, long at);

  /// The stamp of the record at `at`, in the precision of the file.
  long recordNanos(MemorySegment records, long at);

  /// Whether files may have filler, which readers skip.
  boolean hasFiller();
}
