package io.ringtap.cli.source;

import io.ringtap.cli.run.BadArgument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is read as a whole because what it should hold is small. It may be a pipe or a
/// device without an end.
final class SmallFile {
  private static final int MAX_BYTES = 16 << 20;

  private SmallFile() {}

  /// Its text.
  ///
  /// @param what it should hold, in words
  /// @throws BadArgument if it is larger than anything of the kind
  /// @throws IOException if it cannot be read, or is not UTF-8
  static String read(String file, String what) throws BadArgument, IOException {
    byte[] bytes;
    try (InputStream input = Files.newInputStream(Path.of(file))) {
      bytes = input.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new BadArgument(
          file + ": more than " + (MAX_BYTES >> 20) + " MiB, which is too much for " + what);
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
