package io.ringtap.monitor.store.series;

import java.io.Closeable;
import java.io.IOException;

/// One file of a [Volume] that is open.
public interface SeriesFile extends Closeable {
  /// How long it is, in bytes.
  long size() throws IOException;

  /// Writes the first bytes of an array at a place.
  void write(long position, byte[] bytes, int length) throws IOException;

  /// Reads bytes from a place.
  ///
  /// @return how many; fewer than asked for at the end of the file only
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /// Cuts it off.
  void truncate(long size) throws IOException;

  /// Waits until all that was written is on the disk.
  void sync() throws IOException;

  @Override
  void close();
}
