package io.ringtap.record;

/// Counters of a recorder since it was opened, 64 bits each, never reset.
///
/// `taken = written + lost + waiting`
///
/// @param taken packets shown to the handlers
/// @param written packets in the files
/// @param bytes bytes in the files, before compression, including headers and trailers
/// @param files files begun
/// @param lost packets that could not be written, or arrived after the end
/// @param waits how often a capture thread found all its buffers full and waited for the disk;
///   meanwhile the kernel's buffer fills, and the kernel counts what it drops
public record RecorderCounters(
    long taken, long written, long bytes, int files, long lost, long waits) {
  /// Packets not yet written.
  public long waiting() {
    return taken - written - lost;
  }
}
