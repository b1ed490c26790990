package io.ringtap.print.link;

import io.ringtap.packet.ArpPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// ARP and its relatives about Ethernet and IPv4 addresses.
public final class ArpPrinter implements Protocol {
  private static final int REVERSE_REQUEST = 3;
  private static final int REVERSE_REPLY = 4;
  private static final int INVERSE_REQUEST = 8;
  private static final int INVERSE_REPLY = 9;

  private final Line line;

  public ArpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("arp");
    if (!ArpPacket.isWhole(line.frame(), at, line.end())) {
      line.cut();
      return;
    }
    if (!line.hasLinkHeader()) {
      line.text("ARP, ");
    }
    boolean isUsual = ArpPacket.isEthernetIpv4(line.frame(), at);
    if (!isUsual || line.isVerbose()) {
      kinds(at);
    }
    if (isUsual) {
      operation(at);
    } else {
      line.text("operation ").number(ArpPacket.operation(line.frame(), at));
    }
    line.text(", length ").number(length);
    if (!isUsual) {
      line.unknown(at);
    }
  }

  private void kinds(long at) {
    int hardware = ArpPacket.hardwareType(line.frame(), at);
    if (hardware == ArpPacket.ETHERNET) {
      line.text("Ethernet");
    } else {
      line.text("Unknown Hardware (").number(hardware).text(")");
    }
    line.text(" (len ").number(ArpPacket.hardwareLength(line.frame(), at)).text("), ");
    int protocol = ArpPacket.protocolType(line.frame(), at);
    if (protocol == EtherType.IPV4) {
      line.text("IPv4");
    } else {
      line.text("Unknown Protocol (").hex(protocol, 4).text(")");
    }
    line.text(" (len ").number(ArpPacket.protocolLength(line.frame(), at)).text("), ");
  }

  private void operation(long at) {
    long senderHardware = at + 8;
    long sender = at + 14;
    long targetHardware = at + 18;
    long target = at + 24;
    int operation = ArpPacket.operation(line.frame(), at);
    switch (operation) {
      case ArpPacket.REQUEST -> {
        line.text("Request who-has ").ipv4(target);
        if (ArpPacket.targetHardware(line.frame(), at) != 0) {
          line.text(" (").hardware(targetHardware, 6).text(")");
        }
        line.text(" tell ").ipv4(sender);
      }
      case ArpPacket.REPLY ->
          line.text("Reply ").ipv4(sender).text(" is-at ").hardware(senderHardware, 6);
      case REVERSE_REQUEST, INVERSE_REQUEST ->
          line.text(operation == REVERSE_REQUEST ? "Reverse" : "Inverse")
              .text(" Request who-is ")
              .hardware(targetHardware, 6)
              .text(" tell ")
              .hardware(senderHardware, 6);
      case REVERSE_REPLY ->
          line.text("Reverse Reply ").hardware(targetHardware, 6).text(" at ").ipv4(target);
      case INVERSE_REPLY ->
          line.text("Inverse Reply ").hardware(senderHardware, 6).text(" at ").ipv4(sender);
      default -> line.text("operation ").number(operation);
    }
  }
}
