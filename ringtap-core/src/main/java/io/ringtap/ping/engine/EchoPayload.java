package io.ringtap.ping.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Checksum;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What an echo carries after its header: the cookie, where there is room for it, and then bytes
/// that count up with their offset, as ping's do.
public final class EchoPayload {
  private static final int PERIOD = 256;
  private static final MemorySegment PATTERN = countingUp();

  private int summedBytes = -1;
  private long summed;

  /// Sums of which none is known yet.
  public EchoPayload() {}

  private static MemorySegment countingUp() {
    byte[] period = new byte[PERIOD];
    for (int i = 0; i < PERIOD; i++) {
      period[i] = (byte) i;
    }
    int periods = (ProbeForm.MAX_PAYLOAD_BYTES + PERIOD - 1) / PERIOD;
    MemorySegment pattern = Arena.global().allocate((long) periods * PERIOD);
    for (int i = 0; i < periods; i++) {
      MemorySegment.copy(period, 0, pattern, JAVA_BYTE, (long) i * PERIOD, PERIOD);
    }
    return pattern.asReadOnly();
  }

  /// The largest payload, whose beginnings are all others; without cookies.
  public static MemorySegment pattern() {
    return PATTERN;
  }

  static boolean hasCookie(int payloadBytes) {
    return payloadBytes >= ProbeCookie.BYTES;
  }

  /// The checksum's sum over a payload of this size, without its cookie. One thread asks; the sum
  /// for the latest size is kept.
  public long sum(int payloadBytes) {
    if (payloadBytes != summedBytes) {
      int from = hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
      summed = Checksum.sum(PATTERN, from, payloadBytes - from);
      summedBytes = payloadBytes;
    }
    return summed;
  }

  /// Whether `frame` from `offset` on holds a payload of `payloadBytes`, leaving aside its cookie.
  static boolean isIntact(MemorySegment frame, long offset, int payloadBytes) {
    int from = hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
    return MemorySegment.mismatch(
            frame, offset + from, offset + payloadBytes, PATTERN, from, payloadBytes)
        < 0;
  }
}
