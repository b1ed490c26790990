package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketHandler;

/// `-s` for packets of a file: cuts those that are longer.
///
/// @param snaplen the most bytes of a packet
record Shortening(int snaplen, PacketHandler inner) implements PacketHandler {
  @Override
  public void onPacket(Frame packet) {
    inner.onPacket(packet.caplen() <= snaplen ? packet : cut(packet));
  }

  private Frame cut(Frame packet) {
    return new MemoryFrame(
        packet.linkType(),
        packet.memory(),
        packet.offset(),
        snaplen,
        packet.origlen(),
        packet.epochNanos(),
        packet.interfaceId());
  }

  @Override
  public void onDrained(long completeUntil) {
    inner.onDrained(completeUntil);
  }
}
