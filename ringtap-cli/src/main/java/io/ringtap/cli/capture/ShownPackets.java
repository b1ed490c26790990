package io.ringtap.cli.capture;

import io.ringtap.savefile.SavefileReader;

/// Packets of a file that go to standard output.
final class ShownPackets implements FilePackets {
  private final PacketView view;
  private final boolean isEachFlushed;

  ShownPackets(PacketView view, boolean isEachFlushed) {
    this.view = view;
    this.isEachFlushed = isEachFlushed;
  }

  @Override
  public boolean take(SavefileReader reader) {
    view.show(reader, reader.interfaceOf(reader.interfaceId()).name());
    if (isEachFlushed) {
      view.flush();
    }
    return true;
  }

  @Override
  public void flush() {
    view.flush();
  }

  @Override
  public void close() {
    view.flush();
  }
}
