package io.ringtap.monitor.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends responses to clients that do not read them. A thread that writes is interrupted when one
/// piece takes too long, or a whole response does; that closes the connection.
final class SlowClients {
  /// What is written at once; a client has to take so much within [#PIECE_LIMIT].
  private static final int PIECE = 16_384;

  private static final Duration PIECE_LIMIT = Duration.ofSeconds(10);
  private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(5);

  private final Set<GuardedStream> streams = ConcurrentHashMap.newKeySet();

  SlowClients() {}

  /// Watches over what the calling thread writes to a stream, until it is closed.
  ///
  /// @param isEndless whether it may go on for more than five minutes
  OutputStream guard(OutputStream out, boolean isEndless) {
    GuardedStream guarded = new GuardedStream(out, isEndless);
    streams.add(guarded);
    return guarded;
  }

  /// Ends what has taken too long by now. To be called about once a second.
  void check() {
    long now = System.nanoTime();
    streams.forEach(stream -> stream.check(now));
  }

  private final class GuardedStream extends FilterOutputStream {
    private final Thread writer = Thread.currentThread();
    private final long begun = System.nanoTime();
    private final boolean isEndless;

    // Guarded by this: so the writer is interrupted while it writes, and never after.
    private boolean isWriting;
    private long pieceBegun;

    GuardedStream(OutputStream out, boolean isEndless) {
      super(out);
      this.isEndless = isEndless;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += PIECE) {
        begin();
        try {
          out.write(bytes, offset + done, Math.min(PIECE, length - done));
        } finally {
          end();
        }
      }
    }

    @Override
    public void flush() throws IOException {
      begin();
      try {
        out.flush();
      } finally {
        end();
      }
    }

    @Override
    public void close() throws IOException {
      begin();
      try {
        out.close();
      } finally {
        end();
        streams.remove(this);
      }
    }

    private synchronized void begin() {
      isWriting = true;
      pieceBegun = System.nanoTime();
    }

    private synchronized void end() {
      isWriting = false;
    }

    private synchronized void check(long now) {
      boolean isLate =
          now - pieceBegun > PIECE_LIMIT.toNanos()
              || (!isEndless && now - begun > RESPONSE_LIMIT.toNanos());
      if (isWriting && isLate) {
        writer.interrupt();
      }
    }
  }
}
