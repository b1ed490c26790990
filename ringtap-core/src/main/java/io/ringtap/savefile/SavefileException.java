package io.ringtap.savefile;

import io.ringtap.savefile.file.FileFailure;
import java.io.IOException;

/// A savefile can no longer be written. It was truncated to its last complete packet: the packets
/// counted here as written are readable.
public final class SavefileException extends IOException {
  private static final long serialVersionUID = 1;

  /// The name of the file.
  private final String file;

  /// Packets that were written.
  private final long packetsWritten;

  /// Bytes of the file that were written.
  private final long bytesWritten;

  /// Packets that could not be written.
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

  /// Complete packets in the file.
  public long packetsWritten() {
    return packetsWritten;
  }

  /// Bytes that the file holds, before compression.
  public long bytesWritten() {
    return bytesWritten;
  }

  /// Packets of the failed call that are not in the file. Packets that the caller still buffers are
  /// not included.
  public long packetsLost() {
    return packetsLost;
  }
}
