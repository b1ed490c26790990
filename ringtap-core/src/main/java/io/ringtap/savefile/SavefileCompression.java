package io.ringtap.savefile;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/// What packs a savefile while it is written. Its stream's `flush` must bring out all that was put
/// in, so that what was written can be unpacked at every moment.
@FunctionalInterface
public interface SavefileCompression {
  /// Writes the file as it is.
  SavefileCompression NONE = to -> to;

  /// gzip (RFC 1952), which every tool reads.
  SavefileCompression GZIP = to -> new GZIPOutputStream(to, 1 << 16, true);

  /// A stream that packs what is written to it into `to`, which it closes with itself.
  OutputStream pack(OutputStream to) throws IOException;
}
