package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The pseudo-header of a Linux cooked capture, version 2, where it lies ([LinkType#LINUX_SLL2];
/// <https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html>). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Protocol Type         |           Reserved            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        Interface Index                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          ARPHRD Type          |  Packet Type  | Addr. Length  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                                                               |
/// +                       Address, 8 bytes                        +
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class LinuxSll2 {
  /// The pseudo-header: the packet that [#protocol] names begins after it.
  public static final int BYTES = 20;

  /// Offset of the protocol.
  public static final int PROTOCOL = 0;

  /// Offset of two bytes that must be zero.
  public static final int RESERVED = 2;

  /// Offset of the interface index.
  public static final int INTERFACE_INDEX = 4;

  /// Offset of the hardware type.
  public static final int HARDWARE_TYPE = 8;

  /// Offset of the packet type, one byte.
  public static final int PACKET_TYPE = 10;

  /// Offset of the address length, one byte.
  public static final int ADDRESS_LENGTH = 11;

  /// Offset of the address, 8 bytes.
  public static final int ADDRESS = 12;

  private LinuxSll2() {}

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

  /// One of [EtherType], or a number below [EtherType#MIN] of Linux's own (`linux/if_ether.h`).
  public static int protocol(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + PROTOCOL);
  }

  /// The index of the interface, in the network namespace of the capture.
  public static int interfaceIndex(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + INTERFACE_INDEX);
  }

  /// The kind of the interface, such as `ARPHRD_ETHER` (`linux/if_arp.h`).
  public static int hardwareType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE);
  }

  /// [LinuxSll#HOST] to [LinuxSll#OUTGOING].
  public static int packetType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + PACKET_TYPE);
  }

  /// The length of the sender's address in bytes. It may be more than the eight bytes of the field.
  public static int addressLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + ADDRESS_LENGTH);
  }

  /// The sender's address with its padding, first byte highest.
  public static long address(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + ADDRESS);
  }

  /// Writes a header.
  ///
  /// @param address first byte highest, zeros after its `addressLength` bytes
  public static void write(
      MemorySegment frame,
      long offset,
      int protocol,
      int interfaceIndex,
      int hardwareType,
      int packetType,
      int addressLength,
      long address) {
    NetworkOrder.unsignedShort(frame, offset + PROTOCOL, protocol);
    NetworkOrder.unsignedShort(frame, offset + RESERVED, 0);
    NetworkOrder.word(frame, offset + INTERFACE_INDEX, interfaceIndex);
    NetworkOrder.unsignedShort(frame, offset + HARDWARE_TYPE, hardwareType);
    NetworkOrder.unsignedByte(frame, offset + PACKET_TYPE, packetType);
    NetworkOrder.unsignedByte(frame, offset + ADDRESS_LENGTH, addressLength);
    NetworkOrder.doubleWord(frame, offset + ADDRESS, address);
  }
}
