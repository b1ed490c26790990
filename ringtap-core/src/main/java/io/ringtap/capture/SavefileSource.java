package io.ringtap.capture;

import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.util.List;

/// Shows the packets of a savefile as a capture would. One thread reads; any may stop it.
public final class SavefileSource implements AutoCloseable {
  private static final int TELL_PACKETS = 1024;

  private final SavefileReader reader;
  private volatile boolean isStopped;

  /// Shows the packets of `reader`, which it closes with itself.
  public SavefileSource(SavefileReader reader) {
    this.reader = reader;
  }

  /// The interfaces that the file has told of so far, as [io.ringtap.packet.Frame#interfaceId]
  /// counts them.
  public List<SavefileInterface> interfaces() {
    return reader.interfaces();
  }

  /// Shows all packets from here to the end of the file, or until [#stop].
  ///
  /// @return packets shown
  /// @throws IOException (a MalformedSavefile) where the file is damaged or ends too early, after
  ///   all whole packets have been shown
  public long run(PacketHandler handler) throws IOException {
    long shown = 0;
    try {
      while (!isStopped && reader.next()) {
        handler.onPacket(reader);
        if (++shown % TELL_PACKETS == 0) {
          handler.onDrained(Long.MIN_VALUE); // a file need not be in order
        }
      }
    } finally {
      handler.onDrained(Long.MAX_VALUE);
    }
    return shown;
  }

  /// Lets [#run] return after the packet that it is showing. Any thread; also a handler.
  public void stop() {
    isStopped = true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
