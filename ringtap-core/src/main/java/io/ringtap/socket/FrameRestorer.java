package io.ringtap.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.linux.abi.packet.IfEther;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Puts before a packet, in its place, what the kernel tells beside it: a VLAN tag that was taken
/// out, and on a cooked socket the pseudo-header of `LINKTYPE_LINUX_SLL2`, as savefiles have them.
///
/// There is room. The kernel leaves 14 bytes between its own headers and an Ethernet frame, and 28
/// before what a cooked socket shows (`tpacket_rcv` in net/packet/af_packet.c).
///
/// ```
/// Ethernet   | MAC addresses 12 | EtherType ...          the addresses move 4 bytes to the left
/// tagged     | MAC addresses 12 | TPID 2 | TCI 2 | EtherType ...
/// cooked v2  | protocol 2 | 0 2 | ifindex 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8 |
/// ```
///
/// Of a cooked packet the kernel reports the type after all VLAN tags, even if it shows the inner
/// ones (`vlan_get_protocol_dgram` in net/packet/af_packet.c, since 6.11). Then that type stands
/// also after an inner tag, which tells that it is there.
public enum FrameRestorer {
  /// Frames are shown as the kernel leaves them.
  NONE,
  /// A VLAN tag is put back between the addresses and the EtherType.
  ETHERNET,
  /// The pseudo-header is put before the packet, and after it the tag.
  COOKED;

  /// Bytes of a VLAN tag.
  static final int TAG_BYTES = 4;

  /// Room that must lie between a packet's headers and its first byte.
  static final int ROOM = LinuxSll2.BYTES + TAG_BYTES;

  private static final int ADDRESSES_BYTES = 12; // the two MAC addresses

  /// What is put back into frames that begin with `linkType`.
  static FrameRestorer of(LinkType linkType) {
    return switch (linkType.number()) {
      case LinkType.LINKTYPE_ETHERNET -> ETHERNET;
      case LinkType.LINKTYPE_LINUX_SLL2 -> COOKED;
      default -> NONE;
    };
  }

  /// Puts back what the packet lost, whose [Tpacket3Hdr] is at `header`.
  ///
  /// @param snaplen the most that is shown of it
  void restore(MemorySegment memory, long header, int snaplen) {
    switch (this) {
      case NONE -> {}
      case ETHERNET -> ethernet(memory, header, snaplen);
      case COOKED -> cooked(memory, header, snaplen);
    }
  }

  /// Restores an Ethernet frame; does nothing if it lost no tag.
  static void ethernet(MemorySegment memory, long header, int snaplen) {
    if ((Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) == 0) {
      return;
    }
    if (Tpacket3Hdr.caplen(memory, header) < ADDRESSES_BYTES) {
      Tpacket3Hdr.lengthen(memory, header, TAG_BYTES);
      return; // the filter cut it off before the tag's place
    }
    long frame = header + Tpacket3Hdr.mac(memory, header);
    long addresses = memory.get(JAVA_LONG_UNALIGNED, frame);
    int rest = memory.get(JAVA_INT_UNALIGNED, frame + 8);
    memory.set(JAVA_LONG_UNALIGNED, frame - TAG_BYTES, addresses);
    memory.set(JAVA_INT_UNALIGNED, frame + 8 - TAG_BYTES, rest);
    tag(memory, header, frame + ADDRESSES_BYTES - TAG_BYTES);
    extend(memory, header, TAG_BYTES, snaplen);
  }

  /// Puts the pseudo-header before what a cooked socket shows, and the tag, if it lost one, between
  /// the two.
  static void cooked(MemorySegment memory, long header, int snaplen) {
    long link = header + Tpacket3Hdr.SOCKADDR_OFFSET;
    long payload = header + Tpacket3Hdr.mac(memory, header);
    int protocol = SockaddrLl.protocol(memory, link);
    int added = LinuxSll2.BYTES;
    if ((Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) != 0) {
      NetworkOrder.unsignedShort(memory, payload - 4, Tpacket3Hdr.vlanTci(memory, header));
      NetworkOrder.unsignedShort(
          memory,
          payload - 2,
          beginsWithTag(memory, payload, Tpacket3Hdr.caplen(memory, header), protocol)
              ? IfEther.ETH_P_8021Q // which of the kinds of tags it is, the kernel does not report
              : protocol);
      protocol = takenTpid(memory, header);
      added += TAG_BYTES;
    }
    long cooked = payload - added;
    LinuxSll2.write(
        memory,
        cooked,
        protocol,
        SockaddrLl.ifindex(memory, link),
        SockaddrLl.hatype(memory, link),
        SockaddrLl.pkttype(memory, link),
        SockaddrLl.halen(memory, link),
        SockaddrLl.address(memory, link));
    extend(memory, header, added, snaplen);
  }

  /// Whether a packet begins with a VLAN tag, or several, before what is of `protocol`.
  private static boolean beginsWithTag(
      MemorySegment memory, long payload, int caplen, int protocol) {
    for (int at = 0; at + TAG_BYTES <= caplen; at += TAG_BYTES) {
      int type = NetworkOrder.unsignedShort(memory, payload + at + 2);
      if (type == protocol) {
        // An IPv4 packet of as many bytes as its EtherType says looks alike.
        return protocol != EtherType.IPV4 || !isIpv4(memory, payload, caplen);
      }
      if (!EtherType.isVlan(type)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isIpv4(MemorySegment memory, long packet, int caplen) {
    return caplen >= Ipv4Header.MIN_BYTES
        && Ipv4Header.version(memory, packet) == 4
        && Ipv4Header.headerLength(memory, packet) >= Ipv4Header.MIN_BYTES
        && Ipv4Header.headerLength(memory, packet) <= caplen
        && Ipv4Header.isChecksumValid(memory, packet);
  }

  private static void tag(MemorySegment memory, long header, long at) {
    NetworkOrder.unsignedShort(memory, at, takenTpid(memory, header));
    NetworkOrder.unsignedShort(memory, at + 2, Tpacket3Hdr.vlanTci(memory, header));
  }

  /// The protocol of the tag that was taken out. A kernel that does not tell it (before 3.14) knows
  /// only IEEE 802.1Q.
  public static int takenTpid(MemorySegment memory, long header) {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_TPID_VALID) != 0
        ? Tpacket3Hdr.vlanTpid(memory, header)
        : IfEther.ETH_P_8021Q;
  }

  private static void extend(MemorySegment memory, long header, int bytes, int snaplen) {
    Tpacket3Hdr.extend(memory, header, bytes);
    if (Tpacket3Hdr.caplen(memory, header) > snaplen) {
      Tpacket3Hdr.truncate(memory, header, snaplen);
    }
  }
}
