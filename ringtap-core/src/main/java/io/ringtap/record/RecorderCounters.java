package io.ringtap.record;

/// What a recorder has done since it was opened. 64 bits wide, never set back.
///
/// `taken = written + lost + waiting`
///
/// @param taken packets that handlers were shown
/// @param written packets in the files
/// @param bytes bytes in the files, before compression, with what is no packet
/// @param files files begun
/// @param lost packets that could not be written, or came after the end
/// @param waits how often a capture thread found all its buffers full and waited for the disk;
///   meanwhile the kernel's buffer fills, and it counts what finds no room there
public record RecorderCounters(
    long taken, long written, long bytes, int files, long lost, long waits) {
  /// Packets on their way to a file.
  public long waiting() {
    return taken - written - lost;
  }
}
