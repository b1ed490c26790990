package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

/// ARP of other hardware and of other protocols than IPv4 in Ethernet.
class ArpTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int hardware : new int[] {0, 1, 2, 6, 7, 17, 23, 24, 32, 0x5801}) {
      samples.add(arp("%04x 0800".formatted(hardware), 6, 4, 1));
    }
    for (int operation : new int[] {1, 2, 3, 4, 8, 9}) {
      samples.add(arp("0020 0800", 20, 4, operation));
      samples.add(arp("0001 1000", 6, 4, operation));
      samples.add(arp("0001 0806", 6, 4, operation));
      samples.add(arp("0001 1234", 6, 4, operation));
      samples.add(arp("0001 0800", 6, 5, operation));
      samples.add(arp("0001 0800", 0, 4, operation));
      samples.add(arp("0018 0800", 16, 0, operation));
    }
    return samples;
  }

  private static Sample arp(String kinds, int hardwareLength, int protocolLength, int operation) {
    PacketBytes bytes = start().hex(kinds).u8(hardwareLength).u8(protocolLength).u16(operation);
    bytes.hex("02".repeat(hardwareLength)).hex("0a".repeat(protocolLength));
    bytes.hex("00".repeat(hardwareLength)).hex("0b".repeat(protocolLength));
    String name = "%s, %d, %d, %d".formatted(kinds, hardwareLength, protocolLength, operation);
    return ethernet(name, PacketBytes.ethernet(0x0806, bytes.toBytes()));
  }
}
