package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;

/// Shows the packets of one capture thread. When the reader of standard output is slower than the
/// packets, it waits, the kernel's buffer fills, and what finds no room there is counted.
final class ViewHandler implements PacketHandler {
  private final PacketView view;
  private final InterfaceNames names;

  ViewHandler(PacketView view, InterfaceNames names) {
    this.view = view;
    this.names = names;
  }

  @Override
  public void onPacket(Frame packet) {
    view.show(packet, names.apply(packet.interfaceIndex()));
  }

  @Override
  public void onDrained(long completeUntil) {
    view.flush();
  }
}
