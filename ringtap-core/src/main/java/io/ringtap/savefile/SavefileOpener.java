package io.ringtap.savefile;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// Opens the files of a [SavefileOutput]; the default is `FileChannel.open`. One thread writes the
/// channel from its beginning on, and truncates it with [SeekableByteChannel#truncate] if a write
/// fails halfway.
@FunctionalInterface
public interface SavefileOpener {
  /// Opens one file.
  ///
  /// @param options of [java.nio.file.StandardOpenOption], all of which must be honoured
  /// @throws IOException as `FileChannel.open` does
  SeekableByteChannel open(Path path, OpenOption... options) throws IOException;
}
