package io.ringtap.cli.capture;

import io.ringtap.cli.source.ChangedFrame;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;

/// `-s` for packets of a file: cuts those that are longer.
final class Shortening implements PacketHandler {
  private final ChangedFrame cut;
  private final PacketHandler inner;

  /// @param snaplen the most bytes of a packet
  Shortening(int snaplen, PacketHandler inner) {
    this.cut = new ChangedFrame(0, snaplen);
    this.inner = inner;
  }

  @Override
  public void onPacket(Frame packet) {
    inner.onPacket(cut.changes(packet) ? cut.of(packet) : packet);
  }

  @Override
  public void onDrained(long completeUntil) {
    inner.onDrained(completeUntil);
  }
}
