package io.ringtap.ping;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Checksum;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What an echo carries after its header: the cookie, where there is room for it, and then bytes
/// that count up with their offset, as ping's do.
final class EchoPayload {
  private final MemorySegment pattern;
  private int summedBytes = -1;
  private long summed;

  EchoPayload(Arena arena) {
    pattern = arena.allocate(PingOptions.MAX_PAYLOAD_BYTES);
    for (int i = 0; i < PingOptions.MAX_PAYLOAD_BYTES; i++) {
      pattern.set(JAVA_BYTE, i, (byte) i);
    }
  }

  /// The largest payload, whose beginnings are all others; without cookies.
  MemorySegment pattern() {
    return pattern;
  }

  static boolean hasCookie(int payloadBytes) {
    return payloadBytes >= ProbeCookie.BYTES;
  }

  /// The checksum's sum over a payload of this size, without its cookie. One thread asks; the sum
  /// for the latest size is kept.
  long sum(int payloadBytes) {
    if (payloadBytes != summedBytes) {
      int from = hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
      summed = Checksum.sum(pattern, from, payloadBytes - from);
      summedBytes = payloadBytes;
    }
    return summed;
  }

  /// Whether `frame` from `offset` on holds a payload of `payloadBytes`, leaving aside its cookie.
  boolean isIntact(MemorySegment frame, long offset, int payloadBytes) {
    int from = hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
    return MemorySegment.mismatch(
            frame, offset + from, offset + payloadBytes, pattern, from, payloadBytes)
        < 0;
  }
}
