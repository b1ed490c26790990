package io.ringtap.savefile;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/// Compresses a savefile while it is written. The stream's `flush` must write everything that was
/// put in, so that the file can be decompressed at any time.
@FunctionalInterface
public interface SavefileCompression {
  /// No compression.
  SavefileCompression NONE = to -> to;

  /// gzip (RFC 1952), which every tool reads.
  SavefileCompression GZIP = to -> new GZIPOutputStream(to, 1 << 16, true);

  /// Returns a stream that writes compressed data to `to` and closes it when it is closed.
  ///
  /// @throws IOException if the beginning of the stream cannot be written
  OutputStream pack(OutputStream to) throws IOException;
}
