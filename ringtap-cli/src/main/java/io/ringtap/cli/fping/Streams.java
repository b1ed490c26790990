package io.ringtap.cli.fping;

import io.ringtap.cli.terminal.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Standard output and standard error, of which both may lead to the same pipe: what is written to
/// one is out before anything is written to the other. Whoever writes sees to it that one thread
/// does so at a time.
final class Streams implements AutoCloseable {
  private static final int ENOUGH = 1 << 15; // characters

  private final OutputStream outSink;
  private final OutputStream errSink;
  private final Consumer<IOException> onFailure;
  private final StringBuilder gathered = new StringBuilder();
  private @Nullable Output out;
  private @Nullable Output err;
  private boolean isOutLast;

  /// @param onFailure hears of a sink that fails, as a pipe does whose reader has gone
  Streams(OutputStream outSink, OutputStream errSink, Consumer<IOException> onFailure) {
    this.outSink = outSink;
    this.errSink = errSink;
    this.onFailure = onFailure;
  }

  /// Writes to standard output.
  void out(CharSequence text) {
    gather(true, text);
    flush();
  }

  /// Writes to standard error.
  void err(CharSequence text) {
    gather(false, text);
    flush();
  }

  /// Writes to one of the two, some time: many lines go out together.
  ///
  /// @param isOut whether to standard output
  void gather(boolean isOut, CharSequence text) {
    if (isOut != isOutLast) {
      drain();
      isOutLast = isOut;
    }
    gathered.append(text);
    if (gathered.length() >= ENOUGH) {
      flush();
    }
  }

  /// Hands over what has been gathered.
  private void flush() {
    if (!gathered.isEmpty()) {
      current().text(gathered);
      gathered.setLength(0);
    }
  }

  private Output current() {
    Output current = isOutLast ? out : err;
    if (current == null) {
      current = new Output(isOutLast ? outSink : errSink, onFailure);
      if (isOutLast) {
        out = current;
      } else {
        err = current;
      }
    }
    return current;
  }

  /// Waits until all has been written.
  void drain() {
    flush();
    Output last = isOutLast ? out : err;
    if (last != null) {
      last.drain(Long.MAX_VALUE);
    }
  }

  /// Writes what is left.
  @Override
  public void close() {
    drain();
    if (out != null) {
      out.close();
    }
    if (err != null) {
      err.close();
    }
  }
}
