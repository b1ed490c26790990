package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An ARP packet where it lies (RFC 826). Check [#isWhole] once, then read; the accessors of
/// addresses hold only for [Ethernet and IPv4][#isEthernetIpv4].
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Hardware Type         |         Protocol Type         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Hw. Length   | Proto. Length |           Operation           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   sender hardware, sender protocol, target hardware, target   |
/// |            protocol address, of the lengths above             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class ArpPacket {
  /// The fields before the addresses.
  public static final int MIN_BYTES = 8;

  /// Offset of the hardware type.
  public static final int HARDWARE_TYPE = 0;

  /// Offset of the protocol type.
  public static final int PROTOCOL_TYPE = 2;

  /// Offset of the length of hardware addresses.
  public static final int HARDWARE_LENGTH = 4;

  /// Offset of the length of protocol addresses.
  public static final int PROTOCOL_LENGTH = 5;

  /// Offset of the operation.
  public static final int OPERATION = 6;

  /// Offset of the sender's Ethernet address, if the hardware type is Ethernet.
  public static final int SENDER_HARDWARE = 8;

  /// Offset of the sender's IPv4 address, after an Ethernet address.
  public static final int SENDER_PROTOCOL = 14;

  /// Offset of the target's Ethernet address.
  public static final int TARGET_HARDWARE = 18;

  /// Offset of the target's IPv4 address.
  public static final int TARGET_PROTOCOL = 24;

  /// A packet about Ethernet and IPv4 addresses.
  public static final int ETHERNET_IPV4_BYTES = 28;

  /// The hardware type of Ethernet.
  public static final int ETHERNET = 1;

  /// The operation that asks who has the target's protocol address.
  public static final int REQUEST = 1;

  /// The operation that answers a request with the sender's addresses.
  public static final int REPLY = 2;

  private ArpPacket() {}

  /// Whether `[offset, end)` holds the packet with its addresses, of whatever lengths.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= MIN_BYTES && end - offset >= length(frame, offset);
  }

  /// What is wrong with the packet, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    if (end - offset < MIN_BYTES) {
      return Malformed.cutShort("ARP packet", MIN_BYTES, offset, end);
    }
    return isWhole(frame, offset, end)
        ? null
        : new Malformed(
            "ARP packet", "addresses cut short", length(frame, offset), end - offset, offset);
  }

  /// Bytes with the addresses. The frame may end later, after padding.
  public static int length(MemorySegment frame, long offset) {
    return MIN_BYTES + 2 * (hardwareLength(frame, offset) + protocolLength(frame, offset));
  }

  /// The kind of link, 0 to 65 535: [#ETHERNET], or another number of the IANA registry.
  public static int hardwareType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE);
  }

  /// One of [EtherType].
  public static int protocolType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + PROTOCOL_TYPE);
  }

  /// Bytes of a hardware address.
  public static int hardwareLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + HARDWARE_LENGTH);
  }

  /// Bytes of a protocol address.
  public static int protocolLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + PROTOCOL_LENGTH);
  }

  /// [#REQUEST], [#REPLY], or another.
  public static int operation(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + OPERATION);
  }

  /// Whether the addresses are those of Ethernet and IPv4.
  public static boolean isEthernetIpv4(MemorySegment frame, long offset) {
    return hardwareType(frame, offset) == ETHERNET
        && protocolType(frame, offset) == EtherType.IPV4
        && hardwareLength(frame, offset) == 6
        && protocolLength(frame, offset) == 4;
  }

  /// The sender's Ethernet address, in the low 48 bits as in [EthernetHeader].
  public static long senderHardware(MemorySegment frame, long offset) {
    return NetworkOrder.ethernetAddress(frame, offset + SENDER_HARDWARE);
  }

  /// The sender's IPv4 address, a big-endian number as in [Ipv4Header].
  public static int senderProtocol(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + SENDER_PROTOCOL);
  }

  /// The target's Ethernet address, in the low 48 bits as in [EthernetHeader].
  public static long targetHardware(MemorySegment frame, long offset) {
    return NetworkOrder.ethernetAddress(frame, offset + TARGET_HARDWARE);
  }

  /// The target's IPv4 address, a big-endian number as in [Ipv4Header].
  public static int targetProtocol(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + TARGET_PROTOCOL);
  }

  /// Writes a packet about Ethernet and IPv4 addresses.
  public static void write(
      MemorySegment frame,
      long offset,
      int operation,
      long senderHardware,
      int senderProtocol,
      long targetHardware,
      int targetProtocol) {
    NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE, ETHERNET);
    NetworkOrder.unsignedShort(frame, offset + PROTOCOL_TYPE, EtherType.IPV4);
    NetworkOrder.unsignedByte(frame, offset + HARDWARE_LENGTH, 6);
    NetworkOrder.unsignedByte(frame, offset + PROTOCOL_LENGTH, 4);
    NetworkOrder.unsignedShort(frame, offset + OPERATION, operation);
    NetworkOrder.ethernetAddress(frame, offset + SENDER_HARDWARE, senderHardware);
    NetworkOrder.word(frame, offset + SENDER_PROTOCOL, senderProtocol);
    NetworkOrder.ethernetAddress(frame, offset + TARGET_HARDWARE, targetHardware);
    NetworkOrder.word(frame, offset + TARGET_PROTOCOL, targetProtocol);
  }
}
