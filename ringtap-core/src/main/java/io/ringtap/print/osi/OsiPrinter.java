package io.ringtap.print.osi;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// What begins with a network layer protocol identifier (ISO/IEC TR 9577): the routing protocols of
/// OSI, IP and PPP; of others the bytes.
public final class OsiPrinter implements Protocol {
  static final Names PROTOCOLS =
      Names.of(
          """
          0x00 NULL
          0x08 Q.933
          0x09 LMI
          0x80 SNAP
          0x81 CLNP
          0x82 ES-IS
          0x83 IS-IS
          0x84 CONS
          0x85 IDRP
          0x8a X25 ES-IS
          0x8e IPv6
          0xb1 FRF.15
          0xc1 ISIS_SPB
          0xcc IPv4
          0xcf PPP\
          """);

  private static final int MAX_ADDRESS = 20; // bytes

  private final Line line;
  private final Protocols protocols;
  private final Protocol ppp;
  private final EsisPrinter esis;
  private final IsisPrinter isis;

  public OsiPrinter(Line line, Protocols protocols, Protocol ppp) {
    this.line = line;
    this.protocols = protocols;
    this.ppp = ppp;
    this.esis = new EsisPrinter(line);
    this.isis = new IsisPrinter(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("isoclns");
    if (!line.needs(at, 1)) {
      return;
    }
    int protocol = line.u8(at);
    if (line.hasLinkHeader()) {
      line.text("OSI NLPID ").text(PROTOCOLS.find(protocol, "Unknown"));
      line.print(" (0x%02x): ", protocol);
    }
    switch (protocol) {
      case 0x00 -> length(length);
      case 0x82 -> esis.print(at, length);
      case 0x83 -> {
        if (!isis.print(at, length)) {
          line.hexDump("\n\t", at, length, false);
        }
      }
      case 0xCC -> protocols.print(NumberSpace.ETHER_TYPE, EtherType.IPV4, at + 1, length - 1);
      case 0x8E -> protocols.print(NumberSpace.ETHER_TYPE, EtherType.IPV6, at + 1, length - 1);
      case 0xCF -> ppp.print(at + 1, length - 1);
      default -> {
        if (!line.hasLinkHeader()) {
          line.print("OSI NLPID 0x%02x unknown", protocol);
        }
        length(length);
        if (length > 1) {
          line.hexDump("\n\t", at, length, false);
        }
      }
    }
  }

  /// Prints what follows a byte of padding, as OSI's EtherType has it.
  public void afterByte(long at, long length) {
    print(at + 1, length - 1);
  }

  private void length(long length) {
    line.text(line.hasLinkHeader() ? "" : ", ").print("length: %u", length);
  }

  /// Prints an identifier with its number.
  static void protocol(Line line, long at) {
    int protocol = line.u8(at);
    line.text(PROTOCOLS.find(protocol, "unknown")).print(" (0x%02x)", protocol);
  }

  /// Prints the address of a network entity, which must have been captured.
  static void address(Line line, long at, int length) {
    if (length < 1 || length > MAX_ADDRESS) {
      line.text("isonsap_string: illegal length");
      return;
    }
    for (int i = 0; i < length; i++) {
      line.plainHex(line.u8(at + i), 2);
      if (i % 2 == 0 && i + 1 < length) {
        line.text(".");
      }
    }
  }
}
