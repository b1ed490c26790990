package io.ringtap.savefile;

import java.nio.channels.SeekableByteChannel;

/// A file that is written the fastest in whole blocks, from memory that begins with one.
public interface AlignedChannel extends SeekableByteChannel {
  /// Bytes of a block, a power of two.
  int alignment();
}
