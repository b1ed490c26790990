package io.ringtap.print.link;

import io.ringtap.packet.ArpPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// ARP (RFC 826) and its relatives.
public final class ArpPrinter implements Protocol {
  private static final int REVERSE_REQUEST = 3;
  private static final int REVERSE_REPLY = 4;
  private static final int INVERSE_REQUEST = 8;
  private static final int INVERSE_REPLY = 9;
  private static final int TRAILERS = 0x1000; // IPv4 too (RFC 893)

  private static final Names HARDWARE =
      Names.of(
          """
          1 Ethernet
          6 TokenRing
          7 ArcNet
          15 FrameRelay
          23 Strip
          24 IEEE 1394
          32 InfiniBand\
          """);

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
    boolean isUsual = hasIpv4(at) && ArpPacket.hardwareLength(line.frame(), at) > 0;
    if (!isUsual || line.isVerbose()) {
      kinds(at);
    }
    if (isUsual || line.isVerbose()) {
      line.text(isUsual && !line.isVerbose() ? "" : ", ");
      operation(at);
    }
    line.text(", length ").number(length);
  }

  private boolean hasIpv4(long at) {
    return isIpv4(ArpPacket.protocolType(line.frame(), at))
        && ArpPacket.protocolLength(line.frame(), at) == 4;
  }

  private static boolean isIpv4(int protocol) {
    return protocol == EtherType.IPV4 || protocol == TRAILERS;
  }

  private void kinds(long at) {
    int hardware = ArpPacket.hardwareType(line.frame(), at);
    line.name(HARDWARE.find(hardware), "Unknown Hardware (%u)", hardware);
    line.print(" (len %u), ", ArpPacket.hardwareLength(line.frame(), at));
    int protocol = ArpPacket.protocolType(line.frame(), at);
    String word = EtherType.word(protocol);
    if (word.equals("Unknown")) {
      line.print("Unknown Protocol (0x%04x)", protocol);
    } else {
      line.text(word);
    }
    line.print(" (len %u)", ArpPacket.protocolLength(line.frame(), at));
  }

  private void operation(long at) {
    int hardwareLength = ArpPacket.hardwareLength(line.frame(), at);
    long senderHardware = at + ArpPacket.SENDER_HARDWARE;
    long sender = senderHardware + hardwareLength;
    long targetHardware = sender + ArpPacket.protocolLength(line.frame(), at);
    long target = targetHardware + hardwareLength;
    int operation = ArpPacket.operation(line.frame(), at);
    switch (operation) {
      case ArpPacket.REQUEST -> {
        line.text("Request who-has ");
        protocol(at, target);
        if (!isZero(targetHardware, hardwareLength)) {
          line.text(" (").hardware(targetHardware, hardwareLength).text(")");
        }
        line.text(" tell ");
        protocol(at, sender);
      }
      case ArpPacket.REPLY -> {
        line.text("Reply ");
        protocol(at, sender);
        line.text(" is-at ");
        hardware(senderHardware, hardwareLength);
      }
      case REVERSE_REQUEST, INVERSE_REQUEST -> {
        line.text(operation == REVERSE_REQUEST ? "Reverse" : "Inverse").text(" Request who-is ");
        hardware(targetHardware, hardwareLength);
        line.text(" tell ");
        hardware(senderHardware, hardwareLength);
      }
      case REVERSE_REPLY -> {
        line.text("Reverse Reply ");
        hardware(targetHardware, hardwareLength);
        line.text(" at ");
        protocol(at, target);
      }
      case INVERSE_REPLY -> {
        line.text("Inverse Reply ");
        hardware(senderHardware, hardwareLength);
        line.text(" at ");
        protocol(at, sender);
      }
      default -> line.text("operation ").number(operation);
    }
  }

  private void hardware(long at, int length) {
    if (length == 0) {
      line.text("<empty>");
    } else {
      line.hardware(at, length);
    }
  }

  private void protocol(long at, long address) {
    if (hasIpv4(at)) {
      line.ipv4(address);
    } else if (isIpv4(ArpPacket.protocolType(line.frame(), at))) {
      line.text("<wrong len>");
    } else {
      line.text("<wrong proto type>");
    }
  }

  private boolean isZero(long at, int length) {
    for (int i = 0; i < length; i++) {
      if (line.u8(at + i) != 0) {
        return false;
      }
    }
    return true;
  }
}
