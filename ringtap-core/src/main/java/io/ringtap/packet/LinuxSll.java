package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The pseudo-header of a Linux cooked capture where it lies ([LinkType#LINUX_SLL];
/// <https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Packet Type          |          ARPHRD Type          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        Address Length         |                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  Address, 8 bytes             +
/// |                                                               |
/// +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                               |         Protocol Type         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class LinuxSll {
  /// The pseudo-header: the packet that [#protocol] names begins after it.
  public static final int BYTES = 16;

  /// Offset of the packet type.
  public static final int PACKET_TYPE = 0;

  /// Offset of the hardware type.
  public static final int HARDWARE_TYPE = 2;

  /// Offset of the address length.
  public static final int ADDRESS_LENGTH = 4;

  /// Offset of the address, 8 bytes.
  public static final int ADDRESS = 6;

  /// Offset of the protocol.
  public static final int PROTOCOL = 14;

  /// Packet type: to this host.
  public static final int HOST = 0;

  /// Packet type: to all on the link.
  public static final int BROADCAST = 1;

  /// Packet type: to a multicast group.
  public static final int MULTICAST = 2;

  /// Packet type: to another host, seen in promiscuous mode.
  public static final int OTHERHOST = 3;

  /// Packet type: sent by this host.
  public static final int OUTGOING = 4;

  private LinuxSll() {}

  /// Whether `[offset, end)` holds the header.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end)
        ? null
        : Malformed.cutShort("Linux cooked header", BYTES, offset, end);
  }

  /// [#HOST] to [#OUTGOING].
  public static int packetType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + PACKET_TYPE);
  }

  /// The kind of the interface, such as `ARPHRD_ETHER` (`linux/if_arp.h`).
  public static int hardwareType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE);
  }

  /// The length of the sender's address in bytes. It may be more than the eight bytes of the field.
  public static int addressLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ADDRESS_LENGTH);
  }

  /// The sender's address with its padding, first byte highest.
  public static long address(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + ADDRESS);
  }

  /// One of [EtherType], or a number below [EtherType#MIN] of Linux's own (`linux/if_ether.h`).
  public static int protocol(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + PROTOCOL);
  }

  /// Writes a header.
  ///
  /// @param address first byte highest, zeros after its `addressLength` bytes
  public static void write(
      MemorySegment frame,
      long offset,
      int packetType,
      int hardwareType,
      int addressLength,
      long address,
      int protocol) {
    NetworkOrder.unsignedShort(frame, offset + PACKET_TYPE, packetType);
    NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE, hardwareType);
    NetworkOrder.unsignedShort(frame, offset + ADDRESS_LENGTH, addressLength);
    NetworkOrder.doubleWord(frame, offset + ADDRESS, address);
    NetworkOrder.unsignedShort(frame, offset + PROTOCOL, protocol);
  }
}
