package io.ringtap.ping.engine;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.ping.engine.Answer.Verdict;

/// Says whether an echo message carries what a probe was sent with.
final class EchoCheck {

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
  /// @param fromTarget whether it comes from the address that was asked
  Verdict reply(int probe, long sentNanos, int bytes, EchoMessage reply, boolean fromTarget) {
    long data = reply.icmp + IcmpHeader.BYTES;
    long had = reply.end - data;
    if (!reply.isChecked && !hasRightChecksum(reply)) {
      return fromTarget ? Verdict.BAD_CHECKSUM : Verdict.FOREIGN;
    }
    if (EchoPayload.hasCookie(bytes) && had >= ProbeCookie.BYTES) {
      long wrong = NetworkOrder.doubleWord(reply.memory, data) ^ cookies.of(probe, sentNanos);
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
    boolean isIntact = had == bytes && EchoPayload.isIntact(reply.memory, data, bytes);
    return isIntact ? Verdict.INTACT : Verdict.BAD_PAYLOAD;
  }

  private static boolean hasRightChecksum(EchoMessage reply) {
    long sum = Checksum.sum(reply.memory, reply.icmp, reply.end - reply.icmp);
    return Checksum.isValid(sum + reply.pseudoSum);
  }

  /// Whether a departing request is the probe, as far as a cookie can show.
  boolean isOurs(int probe, long sentNanos, int bytes, EchoMessage request) {
    long data = request.icmp + IcmpHeader.BYTES;
    return !EchoPayload.hasCookie(bytes)
        || request.end - data < ProbeCookie.BYTES
        || NetworkOrder.doubleWord(request.memory, data) == cookies.of(probe, sentNanos);
  }
}
