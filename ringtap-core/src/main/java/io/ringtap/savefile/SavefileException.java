package io.ringtap.savefile;

import java.io.IOException;

/// A savefile cannot be written any more. It was cut back to its last whole packet: what is counted
/// here as written stays readable.
public final class SavefileException extends IOException {
  private static final long serialVersionUID = 1;

  /// The name of the file.
  private final String file;

  /// Packets that were written.
  private final long packetsWritten;

  /// Bytes of the file that were written.
  private final long bytesWritten;

  /// Packets that were to be written and were not.
  private final long packetsLost;

  SavefileException(
      String file, IOException cause, long packetsWritten, long bytesWritten, long packetsLost) {
    super(
        "%s: %s; it holds its first %d packets whole (%d bytes), %d could not be written"
            .formatted(file, FileFailure.reason(cause), packetsWritten, bytesWritten, packetsLost),
        cause);
    this.file = file;
    this.packetsWritten = packetsWritten;
    this.bytesWritten = bytesWritten;
    this.packetsLost = packetsLost;
  }

  /// The file's name.
  public String file() {
    return file;
  }

  /// Packets that the file holds whole.
  public long packetsWritten() {
    return packetsWritten;
  }

  /// Bytes that the file holds, before compression.
  public long bytesWritten() {
    return bytesWritten;
  }

  /// Packets of the failed call that are not in the file. Those that the caller still holds are
  /// over and above.
  public long packetsLost() {
    return packetsLost;
  }
}
