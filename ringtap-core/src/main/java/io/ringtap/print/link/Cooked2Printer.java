package io.ringtap.print.link;

import io.ringtap.packet.LinuxSll2;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Linux cooked capture, version 2: a pseudo-header of 20 bytes, which names the interface.
public final class Cooked2Printer implements Protocol {
  private final Line line;
  private final CookedPayload payload;
  private final IntFunction<@Nullable String> interfaceNames;

  /// @param interfaceNames returns the name of an interface by its index, or null
  public Cooked2Printer(
      Line line, EtherPayload payload, IntFunction<@Nullable String> interfaceNames) {
    this.line = line;
    this.payload = new CookedPayload(line, payload);
    this.interfaceNames = interfaceNames;
  }

  @Override
  public void print(long at, long length) {
    line.enter("sll2");
    if (!line.needs(at, LinuxSll2.BYTES)) {
      return;
    }
    String known = interfaceNames.apply(LinuxSll2.interfaceIndex(line.frame(), at));
    String name = known == null ? "?" : known;
    line.text(name);
    line.out().repeat(' ', Math.max(0, 5 - name.length()) + 1);
    String direction = CookedPayload.direction(LinuxSll2.packetType(line.frame(), at));
    line.text(direction);
    line.out().repeat(' ', 4 - direction.length());
    if (line.hasLinkHeader()) {
      header(at, length);
    }
    int type = LinuxSll2.protocol(line.frame(), at);
    if (!payload.print(line.u16(at + 8), type, at + LinuxSll2.BYTES, length - LinuxSll2.BYTES)) {
      if (!line.hasLinkHeader()) {
        header(at, length);
      }
      line.unknown(line.payload());
    }
  }

  private void header(long at, long length) {
    line.print("ifindex %u ", line.u32(at + 4));
    payload.header(
        at + 12,
        LinuxSll2.addressLength(line.frame(), at),
        LinuxSll2.protocol(line.frame(), at),
        length);
  }
}
