package io.ringtap.print.line;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a [Line] reads: the frame, where its captured part and the innermost packet end, and
/// whether a read went beyond that.
abstract sealed class PacketCursor permits Line {
  private static final long NOWHERE = Long.MIN_VALUE / 2; // before every offset

  private MemorySegment frame = MemorySegment.NULL;
  private long captured;
  private long end;
  private String protocol = "";
  private @Nullable String cutProtocol;
  private int cutLength;
  private int held = -1;

  /// Begins a packet.
  final void read(MemorySegment memory, long endOfCapture) {
    frame = memory;
    captured = endOfCapture;
    end = endOfCapture;
    protocol = "";
    cutProtocol = null;
    held = -1;
  }

  /// Ends the packet. All captured bytes are readable again.
  ///
  /// @return the protocol in which the line was cut; null if it was not
  final @Nullable String readAll() {
    String cutIn = cutProtocol;
    cutProtocol = null;
    end = captured;
    return cutIn;
  }

  /// How much of the text was printed when the line was cut.
  final int cutLength() {
    return cutLength;
  }

  /// The length of the text so far.
  abstract int printed();

  /// Begins a protocol: the name that a mark will have if the line is cut from here on.
  public final void enter(String name) {
    protocol = name;
  }

  /// The memory, for the static accessors of header classes; read only what [#has] has confirmed.
  public final MemorySegment frame() {
    return frame;
  }

  /// The offset after the last byte of the innermost packet that was captured.
  public final long end() {
    return end;
  }

  /// Ends the innermost packet at `newEnd`, if that is earlier.
  ///
  /// @return the end before, for [#widen]
  public final long narrow(long newEnd) {
    long outer = end;
    end = Math.min(end, newEnd);
    return outer;
  }

  /// Returns to an outer packet: undoes [#narrow].
  public final void widen(long outer) {
    if (!isCut()) {
      end = outer;
    }
  }

  /// Whether `length` bytes at `at` were captured.
  public final boolean has(long at, long length) {
    return end - at >= length;
  }

  /// Whether `length` bytes at `at` were captured; if not, the line is cut.
  public final boolean needs(long at, long length) {
    boolean isThere = end - at >= length;
    if (!isThere) {
      cut();
    }
    return isThere;
  }

  /// Cuts the line here: nothing printed from here on is kept.
  public final void cut() {
    if (cutProtocol == null) {
      cutProtocol = protocol;
      cutLength = held < 0 ? printed() : held;
      end = NOWHERE;
    }
  }

  /// Begins a text that is kept only as a whole: if the line is cut before [#release], it ends
  /// here.
  public final void hold() {
    held = printed();
  }

  /// Ends a text that is kept only as a whole.
  public final void release() {
    held = -1;
  }

  /// Whether the line has been cut.
  public final boolean isCut() {
    return cutProtocol != null;
  }

  /// One byte.
  public final int u8(long at) {
    return needs(at, 1) ? Byte.toUnsignedInt(frame.get(JAVA_BYTE, at)) : 0;
  }

  /// Two bytes in network order.
  public final int u16(long at) {
    return needs(at, 2) ? NetworkOrder.unsignedShort(frame, at) : 0;
  }

  /// Three bytes in network order.
  public final int u24(long at) {
    return needs(at, 3) ? u8(at) << 16 | u16(at + 1) : 0;
  }

  /// Two bytes in little-endian order.
  public final int littleU16(long at) {
    return Integer.reverseBytes(u16(at)) >>> 16;
  }

  /// Four bytes in little-endian order.
  public final long littleU32(long at) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(at)));
  }

  /// Four bytes in network order.
  public final long u32(long at) {
    return needs(at, 4) ? NetworkOrder.unsignedWord(frame, at) : 0;
  }

  /// Six bytes in network order.
  public final long u48(long at) {
    return needs(at, 6) ? NetworkOrder.ethernetAddress(frame, at) : 0;
  }

  /// Eight bytes in network order.
  public final long u64(long at) {
    return needs(at, 8) ? NetworkOrder.doubleWord(frame, at) : 0;
  }

  /// The first `length` of eight bytes in network order, and zeros for the others: for addresses of
  /// which a packet has only the bytes of a prefix.
  public final long leading(long at, long length) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (i < length ? u8(at + i) : 0);
    }
    return value;
  }
}
