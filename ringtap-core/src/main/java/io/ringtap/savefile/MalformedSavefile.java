package io.ringtap.savefile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A savefile is damaged, or is not a savefile. The message is one line: the file, the offset in
/// bytes, what was found there and what was expected.
public final class MalformedSavefile extends IOException {
  private static final long serialVersionUID = 1;

  /// The name of the file.
  private final String file;

  /// The offset of the damage in the file, in bytes.
  private final long offset;

  private MalformedSavefile(String file, long offset, String message) {
    super(message);
    this.file = file;
    this.offset = offset;
  }

  /// Reports a wrong value at `offset`.
  static MalformedSavefile at(String file, long offset, @Nullable String found, String right) {
    return new MalformedSavefile(
        file, offset, "%s: at offset %d: %s; %s".formatted(file, offset, found, right));
  }

  /// Reports that the file ends inside the record or block at `offset`.
  static MalformedSavefile truncated(String file, long offset, long needed, long had) {
    return new MalformedSavefile(
        file,
        offset,
        "%s: truncated at offset %d: needed %d bytes, had %d".formatted(file, offset, needed, had));
  }

  /// Reports that compressed data are cut off.
  static MalformedSavefile cut(String file, long offset, @Nullable String reason) {
    return new MalformedSavefile(
        file, offset, "%s: truncated at offset %d: %s".formatted(file, offset, reason));
  }

  /// Reports a compression that is not read here.
  static MalformedSavefile compressed(String file, String tool) {
    return new MalformedSavefile(
        file,
        0,
        "%s: compressed by %s, which is not read here: decompress it first (%s -dc FILE | …)"
            .formatted(file, tool, tool));
  }

  /// The file's name.
  public String file() {
    return file;
  }

  /// The offset of the damage in bytes; in a compressed file, in its uncompressed content.
  public long offset() {
    return offset;
  }
}
