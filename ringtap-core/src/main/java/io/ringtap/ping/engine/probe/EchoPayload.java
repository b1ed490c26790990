package io.ringtap.ping.engine.probe;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What an echo carries after its header: the cookie, where there is room for it; the pinger's tag,
/// where there is room for both; and then bytes that count up with their offset, as ping's do.
public final class EchoPayload {
  /// From this size on, a payload has a tag behind its cookie.
  public static final int TAGGED_BYTES = ProbeCookie.BYTES + Integer.BYTES;

  private static final int PERIOD = 256;
  private static final MemorySegment PATTERN = countingUp();

  private final int tag;
  private int summedBytes = -1;
  private long summed;

  /// Payloads with a pinger's tag.
  public EchoPayload(int tag) {
    this.tag = tag;
  }

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

  /// The bytes that count up, as many as the largest payload has.
  public static MemorySegment pattern() {
    return PATTERN;
  }

  /// Writes a payload of this size, or its beginning, without its cookie.
  ///
  /// @param room how much of it is written at most
  public void write(MemorySegment memory, long offset, int payloadBytes, int room) {
    MemorySegment.copy(PATTERN, 0, memory, offset, Math.min(payloadBytes, room));
    if (payloadBytes >= TAGGED_BYTES) {
      NetworkOrder.word(memory, offset + ProbeCookie.BYTES, tag);
    }
  }

  public static boolean hasCookie(int payloadBytes) {
    return payloadBytes >= ProbeCookie.BYTES;
  }

  /// The checksum's sum over a payload of this size, without its cookie. One thread asks; the sum
  /// for the latest size is kept.
  public long sum(int payloadBytes) {
    if (payloadBytes != summedBytes) {
      int from = counting(payloadBytes);
      summed = Checksum.sum(PATTERN, from, payloadBytes - from);
      summed += from == TAGGED_BYTES ? Integer.toUnsignedLong(tag) : 0;
      summedBytes = payloadBytes;
    }
    return summed;
  }

  /// Whether `frame` from `offset` on holds a payload of `payloadBytes`, leaving aside its cookie.
  boolean isIntact(MemorySegment frame, long offset, int payloadBytes) {
    int from = counting(payloadBytes);
    return (from < TAGGED_BYTES || NetworkOrder.word(frame, offset + ProbeCookie.BYTES) == tag)
        && MemorySegment.mismatch(
                frame, offset + from, offset + payloadBytes, PATTERN, from, payloadBytes)
            < 0;
  }

  /// Where the bytes that count up begin.
  private static int counting(int payloadBytes) {
    return payloadBytes >= TAGGED_BYTES
        ? TAGGED_BYTES
        : hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
  }
}
