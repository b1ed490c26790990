package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An IPv4 header where it lies (RFC 791). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version|  IHL  |Type of Service|          Total Length         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Identification        |0|D|M|     Fragment Offset     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Time to Live |    Protocol   |        Header Checksum        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Source Address                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Destination Address                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    Options, to 4 x IHL bytes                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Addresses are the four bytes as a big-endian number.
public final class Ipv4Header {
  /// A header without options.
  public static final int MIN_BYTES = 20;

  /// Offset of the type of service.
  public static final int TYPE_OF_SERVICE = 1;

  /// Offset of the total length.
  public static final int TOTAL_LENGTH = 2;

  /// Offset of the identification.
  public static final int IDENTIFICATION = 4;

  /// Offset of the flags and the fragment offset.
  public static final int FRAGMENT = 6;

  /// Offset of the time to live.
  public static final int TIME_TO_LIVE = 8;

  /// Offset of the protocol.
  public static final int PROTOCOL = 9;

  /// Offset of the header checksum.
  public static final int CHECKSUM = 10;

  /// Offset of the source address.
  public static final int SOURCE = 12;

  /// Offset of the destination address.
  public static final int DESTINATION = 16;

  private static final int VERSION = 4;

  /// The flag that forbids fragments, in the word at [#FRAGMENT].
  public static final int DONT_FRAGMENT = 0x4000;

  /// The flag that more fragments follow, in the word at [#FRAGMENT].
  public static final int MORE_FRAGMENTS = 0x2000;

  /// The fragment offset, in units of eight bytes, in the word at [#FRAGMENT].
  public static final int FRAGMENT_OFFSET = 0x1FFF;

  private enum Fault {
    NONE,
    CUT_SHORT,
    WRONG_VERSION,
    HEADER_LENGTH_TOO_SMALL,
    OPTIONS_CUT_SHORT,
    TOTAL_LENGTH_TOO_SMALL
  }

  private Ipv4Header() {}

  /// Whether `[offset, end)` holds the header with its options, and the header is valid: version 4,
  /// an IHL of five or more, a total length that covers it. The data after it may be cut (by a
  /// snaplen) or followed by padding; compare [#totalLength].
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return fault(frame, offset, end) == Fault.NONE;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return switch (fault(frame, offset, end)) {
      case NONE -> null;
      case CUT_SHORT -> Malformed.cutShort("IPv4 header", MIN_BYTES, offset, end);
      case WRONG_VERSION -> malformed("wrong version", VERSION, version(frame, offset), offset);
      case HEADER_LENGTH_TOO_SMALL ->
          malformed("header length too small", MIN_BYTES, headerLength(frame, offset), offset);
      case OPTIONS_CUT_SHORT ->
          malformed("options cut short", headerLength(frame, offset), end - offset, offset);
      case TOTAL_LENGTH_TOO_SMALL ->
          malformed(
              "total length smaller than the header",
              headerLength(frame, offset),
              totalLength(frame, offset),
              offset);
    };
  }

  /// Whether a packet quoted by a router holds the header with its options. Some routers change the
  /// total length of what they quote, so it is not checked.
  public static boolean isWholeQuoted(MemorySegment frame, long offset, long end) {
    Fault fault = fault(frame, offset, end);
    return fault == Fault.NONE || fault == Fault.TOTAL_LENGTH_TOO_SMALL;
  }

  private static Fault fault(MemorySegment frame, long offset, long end) {
    long had = end - offset;
    if (had < MIN_BYTES) {
      return Fault.CUT_SHORT;
    }
    if (version(frame, offset) != VERSION) {
      return Fault.WRONG_VERSION;
    }
    int headerLength = headerLength(frame, offset);
    if (headerLength < MIN_BYTES) {
      return Fault.HEADER_LENGTH_TOO_SMALL;
    }
    if (headerLength > had) {
      return Fault.OPTIONS_CUT_SHORT;
    }
    return totalLength(frame, offset) < headerLength ? Fault.TOTAL_LENGTH_TOO_SMALL : Fault.NONE;
  }

  private static Malformed malformed(String problem, long needed, long had, long offset) {
    return new Malformed("IPv4 header", problem, needed, had, offset);
  }

  /// The IP version, 4 in a valid header.
  public static int version(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset) >>> 4;
  }

  /// Bytes of the header with its options, 20 to 60: the payload begins there.
  public static int headerLength(MemorySegment frame, long offset) {
    return (NetworkOrder.unsignedByte(frame, offset) & 0xF) * 4;
  }

  /// DSCP and ECN (RFC 2474, RFC 3168).
  public static int typeOfService(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + TYPE_OF_SERVICE);
  }

  /// Bytes of header and payload. The frame may end later, after padding.
  public static int totalLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + TOTAL_LENGTH);
  }

  /// The identification, which all fragments of a datagram share, 0 to 65 535 (RFC 6864).
  public static int identification(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + IDENTIFICATION);
  }

  /// Whether the DF flag is set: routers must drop the packet rather than fragment it.
  public static boolean dontFragment(MemorySegment frame, long offset) {
    return (flagsAndOffset(frame, offset) & DONT_FRAGMENT) != 0;
  }

  /// Whether the MF flag is set: this is a fragment, and not the last one.
  public static boolean moreFragments(MemorySegment frame, long offset) {
    return (flagsAndOffset(frame, offset) & MORE_FRAGMENTS) != 0;
  }

  /// Where this fragment's payload belongs in the datagram, in bytes; 0 for the first or only one.
  public static int fragmentOffset(MemorySegment frame, long offset) {
    return (flagsAndOffset(frame, offset) & FRAGMENT_OFFSET) * 8;
  }

  private static int flagsAndOffset(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + FRAGMENT);
  }

  /// How many more hops the packet may take, 0 to 255.
  public static int timeToLive(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + TIME_TO_LIVE);
  }

  /// One of [IpProtocol].
  public static int protocol(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + PROTOCOL);
  }

  /// The checksum of the header and its options, 0 to 65 535.
  public static int checksum(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + CHECKSUM);
  }

  /// The source address, a big-endian number.
  public static int source(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + SOURCE);
  }

  /// The destination address, a big-endian number.
  public static int destination(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + DESTINATION);
  }

  /// Writes a header without options, checksum included, that routers may fragment.
  ///
  /// @param totalLength header and payload, in bytes
  public static void write(
      MemorySegment frame,
      long offset,
      int typeOfService,
      int totalLength,
      int identification,
      int timeToLive,
      int protocol,
      int source,
      int destination) {
    headerLength(frame, offset, MIN_BYTES);
    NetworkOrder.unsignedByte(frame, offset + TYPE_OF_SERVICE, typeOfService);
    NetworkOrder.unsignedShort(frame, offset + TOTAL_LENGTH, totalLength);
    NetworkOrder.unsignedShort(frame, offset + IDENTIFICATION, identification);
    fragment(frame, offset, false, false, 0);
    NetworkOrder.unsignedByte(frame, offset + TIME_TO_LIVE, timeToLive);
    NetworkOrder.unsignedByte(frame, offset + PROTOCOL, protocol);
    NetworkOrder.word(frame, offset + SOURCE, source);
    NetworkOrder.word(frame, offset + DESTINATION, destination);
    updateChecksum(frame, offset);
  }

  /// Sets version and IHL. The checksum is stale until [#updateChecksum].
  ///
  /// @param headerLength bytes with options, a multiple of four
  public static void headerLength(MemorySegment frame, long offset, int headerLength) {
    NetworkOrder.unsignedByte(frame, offset, VERSION << 4 | headerLength / 4);
  }

  /// Sets header and payload bytes. The checksum is stale until [#updateChecksum].
  public static void totalLength(MemorySegment frame, long offset, int totalLength) {
    NetworkOrder.unsignedShort(frame, offset + TOTAL_LENGTH, totalLength);
  }

  /// Sets the fragmentation fields. The checksum is stale until [#updateChecksum].
  ///
  /// @param fragmentOffset in bytes, a multiple of eight
  public static void fragment(
      MemorySegment frame,
      long offset,
      boolean dontFragment,
      boolean moreFragments,
      int fragmentOffset) {
    NetworkOrder.unsignedShort(
        frame,
        offset + FRAGMENT,
        (dontFragment ? DONT_FRAGMENT : 0)
            | (moreFragments ? MORE_FRAGMENTS : 0)
            | fragmentOffset / 8);
  }

  /// Sets the time to live. The checksum is stale until [#updateChecksum].
  public static void timeToLive(MemorySegment frame, long offset, int timeToLive) {
    NetworkOrder.unsignedByte(frame, offset + TIME_TO_LIVE, timeToLive);
  }

  /// Sets the header checksum to one from [Checksum#fold]; [#updateChecksum] computes it too.
  public static void checksum(MemorySegment frame, long offset, int checksum) {
    NetworkOrder.unsignedShort(frame, offset + CHECKSUM, checksum);
  }

  /// Computes and stores the checksum of the header and its options.
  public static void updateChecksum(MemorySegment frame, long offset) {
    checksum(frame, offset, 0);
    checksum(
        frame, offset, Checksum.fold(Checksum.sum(frame, offset, headerLength(frame, offset))));
  }

  /// Whether the header matches its checksum.
  public static boolean isChecksumValid(MemorySegment frame, long offset) {
    return Checksum.isValid(Checksum.sum(frame, offset, headerLength(frame, offset)));
  }
}
