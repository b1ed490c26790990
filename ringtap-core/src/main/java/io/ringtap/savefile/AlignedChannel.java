package io.ringtap.savefile;

import java.nio.channels.SeekableByteChannel;

/// A file that is written fastest in whole blocks, from memory aligned like the blocks.
public interface AlignedChannel extends SeekableByteChannel {
  /// The block size in bytes, a power of two.
  int alignment();
}
