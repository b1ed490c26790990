package io.ringtap.ping;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfLong;

/// Says whether an echo message carries what a probe was sent with.
final class EchoCheck {
  /// What a reply is worth.
  enum Verdict {
    FOREIGN,
    INTACT,
    BAD_CHECKSUM,
    BAD_PAYLOAD,
    CUT_SHORT
  }

  private static final OfLong COOKIE = JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

  /// Bits in which a cookie may differ and still be ours, damaged: a foreign one differs in 32 of
  /// 64.
  private static final int DAMAGED_COOKIE_BITS = 8;

  private final ProbeCookie cookies;

  EchoCheck(ProbeCookie cookies) {
    this.cookies = cookies;
  }

  /// Judges a reply that bears a probe's identifier and sequence.
  ///
  /// @param bytes payload bytes that the probe was sent with
  /// @param icmp where the reply's ICMP header begins; it is whole
  /// @param end where the reply ends
  /// @param fromTarget whether it comes from the address that was asked
  /// @param summed whether its checksum is known to be right
  /// @param pseudoSum sum of the pseudo-header that its checksum covers
  Verdict reply(
      int probe,
      long sentNanos,
      int bytes,
      MemorySegment frame,
      long icmp,
      long end,
      boolean fromTarget,
      boolean summed,
      long pseudoSum) {
    long data = icmp + IcmpHeader.BYTES;
    long had = end - data;
    if (!summed && !Checksum.isValid(Checksum.sum(frame, icmp, end - icmp) + pseudoSum)) {
      return fromTarget ? Verdict.BAD_CHECKSUM : Verdict.FOREIGN;
    }
    if (EchoPayload.hasCookie(bytes) && had >= ProbeCookie.BYTES) {
      long wrong = frame.get(COOKIE, data) ^ cookies.of(probe, sentNanos);
      if (wrong != 0) {
        boolean isDamaged = fromTarget && Long.bitCount(wrong) <= DAMAGED_COOKIE_BITS;
        return isDamaged ? Verdict.BAD_PAYLOAD : Verdict.FOREIGN;
      }
    } else if (!fromTarget) {
      return Verdict.FOREIGN; // nothing proves that it answers our probe
    }
    if (had < bytes) {
      return Verdict.CUT_SHORT;
    }
    boolean isIntact = had == bytes && EchoPayload.isIntact(frame, data, bytes);
    return isIntact ? Verdict.INTACT : Verdict.BAD_PAYLOAD;
  }

  /// Whether a departing request is the probe, as far as a cookie can tell.
  boolean isOurs(int probe, long sentNanos, int bytes, MemorySegment frame, long icmp, long end) {
    long data = icmp + IcmpHeader.BYTES;
    return !EchoPayload.hasCookie(bytes)
        || end - data < ProbeCookie.BYTES
        || frame.get(COOKIE, data) == cookies.of(probe, sentNanos);
  }
}
