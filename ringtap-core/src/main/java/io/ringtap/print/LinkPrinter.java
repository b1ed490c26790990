package io.ringtap.print;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.VlanTag;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The link-level header and its payload.
final class LinkPrinter {
  private static final int MAX_TAGS = 16;
  private static final int FAMILY = 4; // bytes of a BSD loopback header
  private static final int FAMILY_INET = 2;

  private final Line line;
  private final IntFunction<@Nullable String> interfaceNames;
  private final ArpPrinter arp;
  private final IpPrinter ip;

  LinkPrinter(Line line, IntFunction<@Nullable String> interfaceNames) {
    this.line = line;
    this.interfaceNames = interfaceNames;
    this.arp = new ArpPrinter(line);
    this.ip = new IpPrinter(line);
  }

  /// Prints all layers.
  ///
  /// @param length bytes on the wire
  /// @return the offset of the layer after the link-level header
  long print(LinkType linkType, long at, long length) {
    return switch (linkType.number()) {
      case LinkType.LINKTYPE_ETHERNET -> ethernet(at, length);
      case LinkType.LINKTYPE_LINUX_SLL -> cooked(at, length);
      case LinkType.LINKTYPE_LINUX_SLL2 -> cooked2(at, length);
      case LinkType.LINKTYPE_NULL, LinkType.LINKTYPE_LOOP -> loopback(at, length);
      case LinkType.LINKTYPE_RAW, LinkType.LINKTYPE_IPV4, LinkType.LINKTYPE_IPV6 -> raw(at, length);
      default -> {
        line.text("link type ").number(linkType.number()).text(", length ").number(length);
        line.text(": ").unknown(at);
        yield at;
      }
    };
  }

  private long ethernet(long at, long length) {
    if (!EthernetHeader.isWhole(line.frame, at, line.end)) {
      line.cut("ether");
      return at;
    }
    int type = EthernetHeader.etherType(line.frame, at);
    if (line.options.hasLinkHeader()) {
      ethernetHeader(at, type, length);
    }
    return tagged(
        type,
        at + EthernetHeader.BYTES,
        length - EthernetHeader.BYTES,
        carried -> ethernetHeader(at, carried, length));
  }

  private void ethernetHeader(long at, int type, long length) {
    line.hardware(at + 6, 6).text(" > ").hardware(at, 6).text(", ");
    if (EtherType.isVlan(type) && !line.has(at + EthernetHeader.BYTES, VlanTag.BYTES)) {
      return;
    }
    if (type < EtherType.MIN) {
      line.text("802.3, length ").number(type).text(": ");
    } else {
      etherType(type);
      line.text(", length ").number(length).text(": ");
    }
  }

  private void etherType(int type) {
    String word = EtherType.word(type);
    if (line.options.isQuiet()) {
      line.text(word);
      if (word.equals("Unknown")) {
        line.text(" Ethertype (").hex(type, 4).text(")");
      }
    } else {
      line.text("ethertype ").text(word).text(" (").hex(type, 4).text(")");
    }
  }

  /// Prints VLAN tags and what follows.
  ///
  /// @param length bytes on the wire from `first`
  /// @param header prints the link-level header with an EtherType, if the payload is not decoded
  /// @return the offset after the tags
  private long tagged(int firstType, long first, long length, IntConsumer header) {
    int type = firstType;
    long at = first;
    for (int i = 0; i < MAX_TAGS && EtherType.isVlan(type); i++) {
      if (!VlanTag.isWhole(line.frame, at, line.end)) {
        line.cut("vlan");
        return at;
      }
      type = VlanTag.etherType(line.frame, at);
      if (line.options.hasLinkHeader()) {
        tag(at, type);
      }
      at += VlanTag.BYTES;
    }
    network(type, at, length - (at - first), header);
    return at;
  }

  private void tag(long at, int type) {
    line.text("vlan ").number(VlanTag.id(line.frame, at));
    line.text(", p ").number(VlanTag.priority(line.frame, at));
    line.text(VlanTag.isDropEligible(line.frame, at) ? ", DEI, " : ", ");
    etherType(type);
    line.text(", ");
  }

  private void network(int type, long at, long length, IntConsumer header) {
    boolean isNamed = line.options.hasLinkHeader();
    switch (type) {
      case EtherType.IPV4 -> {
        line.text(isNamed ? "" : "IP ");
        ip.ipv4(at, length);
      }
      case EtherType.IPV6 -> {
        if (!isNamed && line.has(at, IpPrinter.IPV6_BYTES)) {
          line.text("IP6 ");
        }
        ip.ipv6(at, length);
      }
      case EtherType.ARP -> {
        if (!isNamed && arp.isWhole(at)) {
          line.text("ARP, ");
        }
        arp.print(at, length);
      }
      default -> {
        if (!isNamed) {
          header.accept(type);
        }
        line.unknown(at);
      }
    }
  }

  private long cooked(long at, long length) {
    if (!LinuxSll.isWhole(line.frame, at, line.end)) {
      line.cut("sll");
      return at;
    }
    if (line.options.hasLinkHeader()) {
      cookedHeader(at, length);
    }
    return tagged(
        LinuxSll.protocol(line.frame, at),
        at + LinuxSll.BYTES,
        length - LinuxSll.BYTES,
        _ -> cookedHeader(at, length));
  }

  private void cookedHeader(long at, long length) {
    String direction = direction(LinuxSll.packetType(line.frame, at));
    line.out.repeat(' ', 3 - direction.length());
    line.text(direction).text(" ");
    sender(at + 6, LinuxSll.addressLength(line.frame, at));
    cookedType(LinuxSll.protocol(line.frame, at), length);
  }

  private long cooked2(long at, long length) {
    if (!LinuxSll2.isWhole(line.frame, at, line.end)) {
      line.cut("sll2");
      return at;
    }
    String known = interfaceNames.apply(LinuxSll2.interfaceIndex(line.frame, at));
    String name = known == null ? "?" : known;
    line.text(name);
    line.out.repeat(' ', Math.max(0, 5 - name.length()) + 1);
    String direction = direction(LinuxSll2.packetType(line.frame, at));
    line.text(direction);
    line.out.repeat(' ', 4 - direction.length());
    if (line.options.hasLinkHeader()) {
      cooked2Header(at, length);
    }
    return tagged(
        LinuxSll2.protocol(line.frame, at),
        at + LinuxSll2.BYTES,
        length - LinuxSll2.BYTES,
        _ -> cooked2Header(at, length));
  }

  private void cooked2Header(long at, long length) {
    line.text("ifindex ");
    line.number(Integer.toUnsignedLong(LinuxSll2.interfaceIndex(line.frame, at))).text(" ");
    sender(at + 12, LinuxSll2.addressLength(line.frame, at));
    cookedType(LinuxSll2.protocol(line.frame, at), length);
  }

  private void sender(long at, int length) {
    if (length == 6) {
      line.hardware(at, length).text(" ");
    }
  }

  private void cookedType(int type, long length) {
    if (line.options.isQuiet()) {
      return;
    }
    if (type < EtherType.MIN) {
      line.text("protocol ").hex(type, 4);
    } else {
      etherType(type);
    }
    line.text(", length ").number(length).text(": ");
  }

  private static String direction(int packetType) {
    return switch (packetType) {
      case LinuxSll.HOST -> "In";
      case LinuxSll.BROADCAST -> "B";
      case LinuxSll.MULTICAST -> "M";
      case LinuxSll.OTHERHOST -> "P";
      case LinuxSll.OUTGOING -> "Out";
      default -> "?";
    };
  }

  /// The family is in the byte order of the capturing machine, and several numbers stand for IPv6;
  /// so the version in the packet decides.
  private long loopback(long at, long length) {
    long packet = at + FAMILY;
    if (!line.has(at, FAMILY)) {
      line.cut("null");
      return at;
    }
    long family =
        line.u32(at) >>> 16 != 0 ? Integer.reverseBytes((int) line.u32(at)) : line.u32(at);
    int version = line.has(packet, 1) ? line.u8(packet) >>> 4 : 0;
    boolean isIp = family == FAMILY_INET ? version == 4 : version == 6;
    if (!isIp || line.options.hasLinkHeader()) {
      String name = isIp ? (version == 4 ? "IPv4" : "IPv6") : "Unknown";
      line.text("AF ").text(name).text(" (").number(family).text("), length ").number(length);
      line.text(": ");
    }
    if (isIp) {
      byVersion(version, packet, length - FAMILY);
    } else {
      line.unknown(packet);
    }
    return packet;
  }

  private long raw(long at, long length) {
    if (line.options.hasLinkHeader()) {
      line.text("ip: ");
    }
    if (!line.has(at, 1)) {
      line.cut("ip");
      return at;
    }
    byVersion(line.u8(at) >>> 4, at, length);
    return at;
  }

  private void byVersion(int version, long at, long length) {
    switch (version) {
      case 4 -> network(EtherType.IPV4, at, length, _ -> {});
      case 6 -> network(EtherType.IPV6, at, length, _ -> {});
      default -> {
        line.text("unknown ip ").number(version);
        line.unknown(at);
      }
    }
  }
}
