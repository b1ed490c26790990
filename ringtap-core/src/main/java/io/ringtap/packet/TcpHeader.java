package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A TCP header where it lies (RFC 9293 §3.1). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Source Port          |       Destination Port        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        Sequence Number                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    Acknowledgment Number                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Data  |       |C|E|U|A|P|R|S|F|                               |
/// | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
/// |       |       |R|E|G|K|H|T|N|N|                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           Checksum            |         Urgent Pointer        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            Options ([TcpOption]), to 4 x Data Offset          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class TcpHeader {
  /// A header without options.
  public static final int MIN_BYTES = 20;

  /// Offset of the source port.
  public static final int SOURCE_PORT = 0;

  /// Offset of the destination port.
  public static final int DESTINATION_PORT = 2;

  /// Offset of the sequence number.
  public static final int SEQUENCE = 4;

  /// Offset of the acknowledgment number.
  public static final int ACKNOWLEDGMENT = 8;

  /// Offset of the byte with the data offset, in words of four bytes, in its upper half.
  public static final int DATA_OFFSET = 12;

  /// Offset of the flags, one byte.
  public static final int FLAGS = 13;

  /// Offset of the window.
  public static final int WINDOW = 14;

  /// Offset of the checksum.
  public static final int CHECKSUM = 16;

  /// Offset of the urgent pointer.
  public static final int URGENT_POINTER = 18;

  /// Flag: the sender has no more data.
  public static final int FIN = 0x01;

  /// Flag: the sequence number is the sender's first; opens a connection.
  public static final int SYN = 0x02;

  /// Flag: the connection is reset or refused.
  public static final int RST = 0x04;

  /// Flag: the receiver should pass the data to its application at once.
  public static final int PSH = 0x08;

  /// Flag: the acknowledgment number is valid.
  public static final int ACK = 0x10;

  /// Flag: the urgent pointer is valid.
  public static final int URG = 0x20;

  /// Flag: the sender received a packet marked with congestion (RFC 3168 §6.1).
  public static final int ECE = 0x40;

  /// Flag: the sender has reduced its congestion window in answer to [#ECE] (RFC 3168 §6.1).
  public static final int CWR = 0x80;

  private enum Fault {
    NONE,
    CUT_SHORT,
    HEADER_LENGTH_TOO_SMALL,
    OPTIONS_CUT_SHORT
  }

  private TcpHeader() {}

  /// Whether `[offset, end)` holds the header with its options, and the data offset covers it.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return fault(frame, offset, end) == Fault.NONE;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return switch (fault(frame, offset, end)) {
      case NONE -> null;
      case CUT_SHORT -> Malformed.cutShort("TCP header", MIN_BYTES, offset, end);
      case HEADER_LENGTH_TOO_SMALL ->
          new Malformed(
              "TCP header",
              "header length too small",
              MIN_BYTES,
              headerLength(frame, offset),
              offset);
      case OPTIONS_CUT_SHORT ->
          new Malformed(
              "TCP header", "options cut short", headerLength(frame, offset), end - offset, offset);
    };
  }

  private static Fault fault(MemorySegment frame, long offset, long end) {
    long had = end - offset;
    if (had < MIN_BYTES) {
      return Fault.CUT_SHORT;
    }
    int headerLength = headerLength(frame, offset);
    if (headerLength < MIN_BYTES) {
      return Fault.HEADER_LENGTH_TOO_SMALL;
    }
    return headerLength > had ? Fault.OPTIONS_CUT_SHORT : Fault.NONE;
  }

  /// The source port, 0 to 65 535.
  public static int sourcePort(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + SOURCE_PORT);
  }

  /// The destination port, 0 to 65 535.
  public static int destinationPort(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + DESTINATION_PORT);
  }

  /// The sequence number; read the `int` as unsigned.
  public static int sequence(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + SEQUENCE);
  }

  /// The acknowledgment number, valid only with [#ACK]; read the `int` as unsigned.
  public static int acknowledgment(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset + ACKNOWLEDGMENT);
  }

  /// Bytes of the header with its options, 0 to 60: the payload begins there.
  public static int headerLength(MemorySegment frame, long offset) {
    return (NetworkOrder.unsignedByte(frame, offset + DATA_OFFSET) >>> 4) * 4;
  }

  /// The bits [#FIN] to [#CWR].
  public static int flags(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + FLAGS);
  }

  /// The receive window as in the header, 0 to 65 535: not scaled (RFC 7323 §2.2).
  public static int window(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + WINDOW);
  }

  /// The checksum of pseudo-header, header and payload, 0 to 65 535.
  public static int checksum(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + CHECKSUM);
  }

  /// The end of urgent data, in bytes from the sequence number; valid only with [#URG].
  public static int urgentPointer(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + URGENT_POINTER);
  }

  /// Writes a header without urgent pointer. Its checksum is zero until [#checksum(MemorySegment,
  /// long, int)], and the bytes of its options are left unchanged.
  ///
  /// @param headerLength bytes with options, a multiple of four
  public static void write(
      MemorySegment frame,
      long offset,
      int sourcePort,
      int destinationPort,
      int sequence,
      int acknowledgment,
      int headerLength,
      int flags,
      int window) {
    NetworkOrder.unsignedShort(frame, offset + SOURCE_PORT, sourcePort);
    NetworkOrder.unsignedShort(frame, offset + DESTINATION_PORT, destinationPort);
    NetworkOrder.word(frame, offset + SEQUENCE, sequence);
    NetworkOrder.word(frame, offset + ACKNOWLEDGMENT, acknowledgment);
    NetworkOrder.unsignedByte(frame, offset + DATA_OFFSET, (headerLength / 4) << 4);
    NetworkOrder.unsignedByte(frame, offset + FLAGS, flags);
    NetworkOrder.unsignedShort(frame, offset + WINDOW, window);
    NetworkOrder.word(frame, offset + CHECKSUM, 0);
  }

  /// Sets the checksum to one from [Checksum#fold].
  public static void checksum(MemorySegment frame, long offset, int checksum) {
    NetworkOrder.unsignedShort(frame, offset + CHECKSUM, checksum);
  }
}
