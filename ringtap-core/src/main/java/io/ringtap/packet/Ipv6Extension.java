package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An IPv6 extension header where it lies (RFC 8200 §4, RFC 4302 §2). The header before it says of
/// which kind it is. Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Next Header  |    Length     |         by its kind           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The length field counts units of eight bytes, without the first unit. In an authentication
/// header it counts units of four bytes, without the first two. A fragment header has no length
/// field and is eight bytes long.
public final class Ipv6Extension {
  /// The shortest extension header.
  public static final int MIN_BYTES = 8;

  /// Offset of the next header.
  public static final int NEXT_HEADER = 0;

  /// Offset of the length, whose unit depends on the header.
  public static final int LENGTH = 1;

  /// Offset of the fragment offset and flags of a fragment header.
  public static final int FRAGMENT = 2;

  /// Offset of the identification of a fragment header.
  public static final int IDENTIFICATION = 4;

  private Ipv6Extension() {}

  /// Whether the next-header value `kind` stands for an extension header. ESP does not count,
  /// because what follows it is encrypted.
  public static boolean isOne(int kind) {
    return switch (kind) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.ROUTING,
          IpProtocol.FRAGMENT,
          IpProtocol.AH,
          IpProtocol.DESTINATION_OPTIONS ->
          true;
      default -> false;
    };
  }

  /// Whether `[offset, end)` holds all of the header.
  public static boolean isWhole(MemorySegment frame, long offset, long end, int kind) {
    return end - offset >= MIN_BYTES && end - offset >= length(frame, offset, kind);
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end, int kind) {
    if (end - offset < MIN_BYTES) {
      return Malformed.cutShort("IPv6 extension header", MIN_BYTES, offset, end);
    }
    return isWhole(frame, offset, end, kind)
        ? null
        : Malformed.cutShort("IPv6 extension header", length(frame, offset, kind), offset, end);
  }

  /// What follows: one of [IpProtocol], which may be another extension header.
  public static int nextHeader(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + NEXT_HEADER);
  }

  /// Bytes of the header, at least 8, so that a loop over headers ends.
  public static int length(MemorySegment frame, long offset, int kind) {
    int counted = NetworkOrder.unsignedByte(frame, offset + LENGTH);
    return switch (kind) {
      case IpProtocol.FRAGMENT -> MIN_BYTES;
      case IpProtocol.AH -> Math.max(MIN_BYTES, (counted + 2) * 4);
      default -> (counted + 1) * 8;
    };
  }

  /// Of a fragment header: the position of the payload in the original packet, in bytes; 0 for the
  /// first fragment.
  public static int fragmentOffset(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + FRAGMENT) & ~7;
  }

  /// Of a fragment header: whether more fragments follow.
  public static boolean moreFragments(MemorySegment frame, long offset) {
    return (NetworkOrder.unsignedByte(frame, offset + FRAGMENT + 1) & 1) != 0;
  }

  /// Of a fragment header: the identification, which all fragments of a packet share; read the
  /// `int` as unsigned.
  public static int identification(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + IDENTIFICATION);
  }
}
