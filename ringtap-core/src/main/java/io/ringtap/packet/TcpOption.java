package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// One of the options after a TCP header (RFC 9293 §3.2; IANA registry), where it lies.
///
/// ```
/// +--------+   +--------+--------+------ - -
/// |  Kind  | , |  Kind  | Length | data
/// +--------+   +--------+--------+------ - -
/// ```
///
/// To see all of them, begin at `offset + TcpHeader.MIN_BYTES` and go on by [#length] until `offset
/// + headerLength`, a length of 0, or [#END].
public final class TcpOption {
  /// End of the options, one byte: what follows is padding.
  public static final int END = 0;

  /// Padding of one byte between options.
  public static final int NO_OPERATION = 1;

  /// The largest payload that the sender accepts in one segment, in bytes (RFC 9293 §3.7.1).
  public static final int MAXIMUM_SEGMENT_SIZE = 2;

  /// By how many bits the sender's windows are to be shifted left (RFC 7323 §2.2).
  public static final int WINDOW_SCALE = 3;

  /// The sender understands [#SACK] (RFC 2018 §2).
  public static final int SACK_PERMITTED = 4;

  /// Selective acknowledgment: the blocks that came out of order (RFC 2018 §3).
  public static final int SACK = 5;

  /// The sender's timestamp, and an echo of the peer's (RFC 7323 §3.2).
  public static final int TIMESTAMPS = 8;

  /// A signature with a shared key, as between BGP routers (RFC 2385); [#AUTHENTICATION] replaces
  /// it.
  public static final int MD5_SIGNATURE = 19;

  /// The TCP Authentication Option, TCP-AO (RFC 5925 §2.2).
  public static final int AUTHENTICATION = 29;

  /// Multipath TCP (RFC 8684 §3).
  public static final int MULTIPATH = 30;

  /// A TCP Fast Open cookie, or a request for one (RFC 7413 §4.1.1).
  public static final int FAST_OPEN = 34;

  private TcpOption() {}

  /// The kind of the option at `option`: [#END] to [#FAST_OPEN], or another.
  public static int kind(MemorySegment frame, long option) {
    return NetworkOrder.unsignedByte(frame, option);
  }

  /// The length of the option at `option` in bytes, its kind included; at least 1, so that a loop
  /// over options ends.
  ///
  /// @param end of the options
  /// @return 0 if the length is missing, less than 2, or passes `end`
  public static int length(MemorySegment frame, long option, long end) {
    if (option >= end) {
      return 0;
    }
    int kind = kind(frame, option);
    if (kind == END || kind == NO_OPERATION) {
      return 1;
    }
    if (end - option < 2) {
      return 0;
    }
    int length = NetworkOrder.unsignedByte(frame, option + 1);
    return length >= 2 && length <= end - option ? length : 0;
  }
}
