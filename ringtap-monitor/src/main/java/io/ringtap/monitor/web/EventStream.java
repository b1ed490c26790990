package io.ringtap.monitor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A response that goes on: server-sent events (HTML standard §9.2). The handler's thread owns it,
/// and closes it.
///
/// A client that has gone is noticed when something is sent to it, so send something, if only a
/// [beat][#beat], about every 15 seconds.
public final class EventStream implements AutoCloseable {
  private final OutputStream out;
  private final Runnable onClose;

  EventStream(OutputStream out, Runnable onClose) {
    this.out = out;
    this.onClose = onClose;
  }

  /// Sends an event.
  ///
  /// @param event its name, one word
  /// @param data its text, of one or more lines
  /// @throws IOException if the client has gone, or does not read
  public void send(String event, String data) throws IOException {
    StringBuilder text = new StringBuilder(data.length() + event.length() + 32);
    text.append("event: ").append(event).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    write(text.append('\n').toString());
  }

  /// Sends a comment, which no script sees.
  ///
  /// @throws IOException if the client has gone, or does not read
  public void beat() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      onClose.run();
    }
  }
}
