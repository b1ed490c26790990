package io.ringtap.savefile.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A stream as a channel. Each read is one read of the stream, so bytes before a failure are
/// delivered, and bytes in a pipe are delivered at once.
public final class StreamChannel implements ReadableByteChannel {
  private final byte[] chunk = new byte[1 << 16];
  private final InputStream stream;
  private boolean open = true;

  /// A channel of a stream, which it closes.
  public StreamChannel(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int read = stream.read(chunk, 0, Math.min(chunk.length, to.remaining()));
    if (read > 0) {
      to.put(chunk, 0, read);
    }
    return read;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    stream.close();
  }
}
