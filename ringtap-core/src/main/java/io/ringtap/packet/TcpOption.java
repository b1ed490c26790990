package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// One of the options behind a TCP header (RFC 9293 §3.2; IANA registry), where it lies.
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
  public static final int END = 0;
  public static final int NO_OPERATION = 1;
  public static final int MAXIMUM_SEGMENT_SIZE = 2;
  public static final int WINDOW_SCALE = 3;
  public static final int SACK_PERMITTED = 4;
  public static final int SACK = 5;
  public static final int TIMESTAMPS = 8;
  public static final int MD5_SIGNATURE = 19;
  public static final int AUTHENTICATION = 29;
  public static final int MULTIPATH = 30;
  public static final int FAST_OPEN = 34;

  private TcpOption() {}

  public static int kind(MemorySegment frame, long option) {
    return NetworkOrder.octet(frame, option);
  }

  /// Bytes of the option at `option` with its kind, at least 1, so that a walk ends.
  ///
  /// @param end of the options
  /// @return 0 if it has no length, less than the two bytes before its data, or passes `end`
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
    int length = NetworkOrder.octet(frame, option + 1);
    return length >= 2 && length <= end - option ? length : 0;
  }
}
