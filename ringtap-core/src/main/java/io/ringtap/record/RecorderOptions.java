package io.ringtap.record;

/// How packets go from capture threads into a file.
///
/// @param threads capture threads, each of which has a handler of the recorder
/// @param isPacketBuffered whether packets are handed to the file as soon as the kernel has no more
///   ready, instead of every tenth of a second
/// @param isOrdered whether packets are written in the order of their stamps, whatever thread and
///   interface they came by. It costs a copy, and a delay of a tenth of a second. When the disk is
///   too slow for the buffers, order yields
/// @param bufferBytes memory of each thread in which packets wait for the disk
public record RecorderOptions(
    int threads, boolean isPacketBuffered, boolean isOrdered, long bufferBytes) {
  /// Little enough to stay in the caches. What a slow disk does not take waits in the kernel's
  /// buffer.
  public static final long DEFAULT_BUFFER_BYTES = 4L << 20;

  /// Checks that the numbers make sense.
  ///
  /// @throws IllegalArgumentException if they do not, with a line that says why
  public RecorderOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("a recorder has at least one thread, not " + threads);
    }
    if (bufferBytes < 2L * RecordQueue.BUFFER_BYTES || bufferBytes > 1L << 40) {
      throw new IllegalArgumentException(
          "a recorder's buffer has 1 MiB to 1 TiB, not " + bufferBytes + " bytes");
    }
  }

  /// For so many capture threads: written every tenth of a second, unordered.
  public static RecorderOptions of(int threads) {
    return new RecorderOptions(threads, false, false, DEFAULT_BUFFER_BYTES);
  }

  /// These, packet-buffered or not.
  public RecorderOptions withPacketBuffered(boolean isWanted) {
    return new RecorderOptions(threads, isWanted, isOrdered, bufferBytes);
  }

  /// These, ordered or not.
  public RecorderOptions withOrdered(boolean isWanted) {
    return new RecorderOptions(threads, isPacketBuffered, isWanted, bufferBytes);
  }

  /// These, with that much memory for each thread.
  public RecorderOptions withBuffer(long bytes) {
    return new RecorderOptions(threads, isPacketBuffered, isOrdered, bytes);
  }
}
