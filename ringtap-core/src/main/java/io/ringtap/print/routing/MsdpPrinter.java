package io.ringtap.print.routing;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// MSDP: sources of multicast in other domains (RFC 3618), over TCP.
public final class MsdpPrinter implements Protocol {
  private static final int HEAD = 3; // bytes: type and length
  private static final int SOURCES = 8; // bytes before the sources
  private static final int SOURCE = 12; // bytes

  private final Line line;
  private final Protocols protocols;

  public MsdpPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long first, long length) {
    line.enter("msdp");
    line.text(": msdp");
    int firstType = line.u8(first);
    int firstBytes = line.u16(first + 1);
    if (firstBytes > 1500 || firstBytes < HEAD || firstType == 0 || firstType > 7) {
      line.cut();
      return;
    }
    long at = first;
    long rest = length;
    while (rest != 0) {
      if (rest < HEAD || !line.needs(at, HEAD)) {
        line.cut();
        return;
      }
      int bytes = line.u16(at + 1);
      if (bytes > 1400 || line.isVerbose()) {
        line.print(" [len %u]", bytes);
      }
      if (bytes < HEAD || rest < bytes) {
        line.cut();
        return;
      }
      message(line.u8(at), at, bytes);
      at += bytes;
      rest -= bytes;
    }
  }

  private void message(int type, long at, int length) {
    switch (type) {
      case 1, 3 -> {
        line.text(type == 1 ? " SA" : " SA-Response");
        sources(at, length);
      }
      case 2 -> {
        line.text(" SA-Request");
        if (line.needs(at, SOURCES)) {
          line.text(" for ").ipv4(at + 4);
        }
      }
      case 4 -> {
        line.text(" Keepalive");
        if (length != HEAD) {
          line.print("[len=%u] ", length);
        }
      }
      case 5 -> line.text(" Notification");
      default -> line.print(" [type=%u len=%u]", type, length);
    }
  }

  private void sources(long at, int length) {
    int count = line.u8(at + HEAD);
    int data = SOURCES + count * SOURCE;
    line.print(" %u entries", count);
    if (data < length) {
      line.text(" [w/data]");
      if (line.verbosity() > 1) {
        line.text(" ");
        protocols.print(NumberSpace.ETHER_TYPE, EtherType.IPV4, at + data, length - data);
      }
    }
  }
}
