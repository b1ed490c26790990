package io.ringtap.ping.engine.probe;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.ping.engine.probe.Answer.Verdict;

/// Says whether an echo message carries what a probe was sent with.
final class EchoCheck {

  /// Bits in which a cookie may differ and still be ours, damaged: a foreign one differs in 32 of
  /// 64.
  private static final int DAMAGED_COOKIE_BITS = 8;

  private final ProbeCookie cookies;
  private final EchoPayload payload;

  EchoCheck(ProbeCookie cookies) {
    this.cookies = cookies;
    payload = new EchoPayload(cookies.tag());
  }

  /// Judges a reply that bears a probe's identifier and sequence.
  ///
  /// @param form what the probe was like
  /// @param fromTarget whether it comes from the address that was asked
  Verdict reply(int probe, long sentNanos, ProbeForm form, EchoMessage reply, boolean fromTarget) {
    int bytes = form.payloadBytes();
    long cookie = cookies.of(probe, sentNanos);
    int type = IcmpHeader.type(reply.memory, reply.icmp);
    long data = reply.icmp + IcmpHeader.BYTES;
    long had = reply.end - data;
    if ((type == IcmpType.TIMESTAMP_REPLY) != (form.kind() == ProbeForm.Kind.TIMESTAMP)) {
      return Verdict.FOREIGN;
    }
    if (!isSound(reply)) {
      return fromTarget ? Verdict.BAD_CHECKSUM : Verdict.FOREIGN;
    }
    if (form.hasCookie() && had >= ProbeCookie.BYTES) {
      long wrong = NetworkOrder.doubleWord(reply.memory, data) ^ cookie;
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
    if (form.kind() == ProbeForm.Kind.TIMESTAMP) {
      return had == bytes ? Verdict.INTACT : Verdict.BAD_PAYLOAD; // the target has written into it
    }
    boolean isIntact = had == bytes && payload.isIntact(reply.memory, data, form, cookie);
    return isIntact ? Verdict.INTACT : Verdict.BAD_PAYLOAD;
  }

  /// Whether a message's checksum is right.
  static boolean isSound(EchoMessage message) {
    if (message.isChecked) {
      return true;
    }
    long sum = Checksum.sum(message.memory, message.icmp, message.end - message.icmp);
    return Checksum.isValid(sum + message.pseudoSum);
  }

  /// Whether a departing request proves by its cookie that it is the probe.
  boolean isProved(int probe, long sentNanos, EchoMessage request) {
    return NetworkOrder.doubleWord(request.memory, request.icmp + IcmpHeader.BYTES)
        == cookies.of(probe, sentNanos);
  }

  /// Whether there is a cookie in a departing request of this form.
  static boolean hasProof(ProbeForm form, EchoMessage request) {
    return form.hasCookie() && request.end - request.icmp >= IcmpHeader.BYTES + ProbeCookie.BYTES;
  }
}
