package io.ringtap.record;

/// How packets go from capture threads into a file.
///
/// @param threads the number of capture threads, each with its own handler
/// @param isPacketBuffered whether packets are written as soon as the kernel has no more ready,
///   instead of every tenth of a second
/// @param isOrdered whether packets of all threads and interfaces are written in the order of their
///   stamps. This costs a copy and a delay of a tenth of a second. If the disk is too slow and the
///   buffers are full, the order is not kept
/// @param bufferBytes memory of each thread for packets that wait for the disk
public record RecorderOptions(
    int threads, boolean isPacketBuffered, boolean isOrdered, long bufferBytes) {
  /// Small enough to stay in the CPU's caches. If the disk is slow, packets wait in the kernel's
  /// buffer.
  public static final long DEFAULT_BUFFER_BYTES = 4L << 20;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of range; the message says which
  public RecorderOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("a recorder has at least one thread, not " + threads);
    }
    if (bufferBytes < 2L * RecordQueue.BUFFER_BYTES || bufferBytes > 1L << 40) {
      throw new IllegalArgumentException(
          "a recorder's buffer has 1 MiB to 1 TiB, not " + bufferBytes + " bytes");
    }
  }

  /// Options for a number of capture threads: packets are written every tenth of a second,
  /// unordered.
  public static RecorderOptions of(int threads) {
    return new RecorderOptions(threads, false, false, DEFAULT_BUFFER_BYTES);
  }

  /// The same options, packet-buffered or not.
  public RecorderOptions withPacketBuffered(boolean isWanted) {
    return new RecorderOptions(threads, isWanted, isOrdered, bufferBytes);
  }

  /// The same options, ordered or not.
  public RecorderOptions withOrdered(boolean isWanted) {
    return new RecorderOptions(threads, isPacketBuffered, isWanted, bufferBytes);
  }

  /// The same options with another amount of memory for each thread.
  public RecorderOptions withBuffer(long bytes) {
    return new RecorderOptions(threads, isPacketBuffered, isOrdered, bytes);
  }
}
