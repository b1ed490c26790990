package io.ringtap.cli.capture;

import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;

/// Shows the packets of one thread of the source. When the reader of standard output is slower than
/// the packets, it waits; of interfaces, the kernel's buffer fills then, and what finds no room
/// there is counted.
final class ViewHandler implements PacketHandler {
  private final PacketView view;
  private final PacketInput input;

  ViewHandler(PacketView view, PacketInput input) {
    this.view = view;
    this.input = input;
  }

  @Override
  public void onPacket(Frame packet) {
    view.show(packet, input.nameOf(packet));
  }

  @Override
  public void onDrained(long completeUntil) {
    view.flush();
  }
}
