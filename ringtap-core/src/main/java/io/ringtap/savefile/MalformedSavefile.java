package io.ringtap.savefile;

import java.io.IOException;

/// A savefile is not what it should be. The message is one line: the file, the offset in bytes,
/// what was found there and what would be right.
public final class MalformedSavefile extends IOException {
  private static final long serialVersionUID = 1;

  /// The name of the file.
  private final String file;

  /// Where in the file the damage is, in bytes.
  private final long offset;

  private MalformedSavefile(String file, long offset, String message) {
    super(message);
    this.file = file;
    this.offset = offset;
  }

  /// Something wrong at `offset`.
  static MalformedSavefile at(String file, long offset, String found, String right) {
    return new MalformedSavefile(
        file, offset, "%s: at offset %d: %s; %s".formatted(file, offset, found, right));
  }

  /// The file ends inside what begins at `offset`.
  static MalformedSavefile truncated(String file, long offset, long needed, long had) {
    return new MalformedSavefile(
        file,
        offset,
        "%s: truncated at offset %d: needed %d bytes, had %d".formatted(file, offset, needed, had));
  }

  /// The file's name.
  public String file() {
    return file;
  }

  /// Bytes before what is wrong; of a compressed file, bytes of its content.
  public long offset() {
    return offset;
  }
}
