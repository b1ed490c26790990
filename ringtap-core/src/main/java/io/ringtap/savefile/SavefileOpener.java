package io.ringtap.savefile;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// How the files of a [SavefileOutput] are opened: `FileChannel.open` unless something writes
/// better. The channel is written from its beginning on by one thread, and cut back with
/// [SeekableByteChannel#truncate] where a write fails halfway.
@FunctionalInterface
public interface SavefileOpener {
  /// Opens one file.
  ///
  /// @param options of [java.nio.file.StandardOpenOption], to be followed to the letter
  /// @throws IOException as `FileChannel.open` does
  SeekableByteChannel open(Path path, OpenOption... options) throws IOException;
}
