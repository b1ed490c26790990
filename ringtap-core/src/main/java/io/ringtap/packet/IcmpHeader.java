package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The first eight bytes of an ICMP (RFC 792) or ICMPv6 (RFC 4443) message where it lies. Check
/// [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Type     |      Code     |           Checksum            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           Identifier          |           Sequence            |   of an echo
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   unused, MTU, pointer or gateway, by type; then the quoted   |   of an error
/// |             packet's IP header and at least 8 bytes           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The checksum covers the message, and in ICMPv6 the pseudo-header too (RFC 4443 §2.3).
public final class IcmpHeader {
  /// The header, up to the data of an echo or the packet that an error quotes.
  public static final int BYTES = 8;

  /// Offset of the type.
  public static final int TYPE = 0;

  /// Offset of the code.
  public static final int CODE = 1;

  /// Offset of the checksum.
  public static final int CHECKSUM = 2;

  /// Offset of the identifier of an echo, and of an error's MTU, pointer or gateway.
  public static final int IDENTIFIER = 4;

  /// Offset of the sequence number of an echo.
  public static final int SEQUENCE = 6;

  private IcmpHeader() {}

  /// Whether `[offset, end)` holds the header.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end)
        ? null
        : Malformed.cutShort("ICMP header", BYTES, offset, end);
  }

  /// One of [IcmpType] or [Icmpv6Type].
  public static int type(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + TYPE);
  }

  /// The code, 0 to 255, whose meaning depends on the type.
  public static int code(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + CODE);
  }

  /// The checksum, 0 to 65 535.
  public static int checksum(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + CHECKSUM);
  }

  /// Of an echo request or reply.
  public static int identifier(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + IDENTIFIER);
  }

  /// Of an echo request or reply.
  public static int sequence(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + SEQUENCE);
  }

  /// Of an ICMP "fragmentation needed": the largest packet that the next link takes, in bytes, or 0
  /// from a router older than RFC 1191.
  public static int nextHopMtu(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + SEQUENCE);
  }

  /// Of an ICMPv6 "packet too big": the largest packet that the next link takes, in bytes.
  public static long mtu(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedWord(frame, offset + IDENTIFIER);
  }

  /// Writes the header of an echo request or reply with code 0. Its checksum is zero until
  /// [#checksum(MemorySegment, long, int)].
  public static void writeEcho(
      MemorySegment frame, long offset, int type, int identifier, int sequence) {
    writeError(frame, offset, type, 0, identifier << 16 | (sequence & 0xFFFF));
  }

  /// Writes the header of an error, to be followed by the quoted packet. Its checksum is zero until
  /// [#checksum(MemorySegment, long, int)].
  ///
  /// @param parameter the second word: MTU, pointer or gateway, depending on the type
  public static void writeError(
      MemorySegment frame, long offset, int type, int code, int parameter) {
    NetworkOrder.unsignedByte(frame, offset + TYPE, type);
    NetworkOrder.unsignedByte(frame, offset + CODE, code);
    checksum(frame, offset, 0);
    NetworkOrder.word(frame, offset + IDENTIFIER, parameter);
  }

  /// Sets the checksum to one from [Checksum#fold].
  public static void checksum(MemorySegment frame, long offset, int checksum) {
    NetworkOrder.unsignedShort(frame, offset + CHECKSUM, checksum);
  }
}
