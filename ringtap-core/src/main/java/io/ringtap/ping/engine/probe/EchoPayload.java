package io.ringtap.ping.engine.probe;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// What an echo carries after its header: the cookie, where there is room for it; the pinger's tag,
/// where there is room for both; and then the bytes of its form's [PayloadFill]. One thread uses
/// it.
public final class EchoPayload {
  /// From this size on, a payload has a tag after its cookie.
  public static final int TAGGED_BYTES = ProbeCookie.BYTES + Integer.BYTES;

  /// The step of SplitMix64 (Steele, Lea and Flood, 2014), which makes random fills.
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final long MILLIS_PER_DAY = 24 * 60 * 60 * 1000;

  private final int tag;
  private int summedBytes = -1;
  private PayloadFill summedFill = PayloadFill.COUNTING;
  private long summed;

  /// Payloads with a pinger's tag.
  public EchoPayload(int tag) {
    this.tag = tag;
  }

  /// Writes a form's payload, or its beginning, without its cookie and without what follows from
  /// that.
  ///
  /// @param room how much of it is written at most
  public void write(MemorySegment memory, long offset, ProbeForm form, int room) {
    if (!form.fill().isRandom()) {
      int bytes = Math.min(form.payloadBytes(), room);
      MemorySegment.copy(form.fill().bytes(), 0, memory, offset, bytes);
    }
    if (form.payloadBytes() >= TAGGED_BYTES) {
      NetworkOrder.word(memory, offset + ProbeCookie.BYTES, tag);
    }
  }

  public static boolean hasCookie(int payloadBytes) {
    return payloadBytes >= ProbeCookie.BYTES;
  }

  /// Completes a payload that has been written whole: its cookie, and what follows from that; or
  /// the time.
  public static void seal(MemorySegment memory, long offset, ProbeForm form, long cookie) {
    int bytes = form.payloadBytes();
    if (form.kind() == ProbeForm.Kind.TIMESTAMP) {
      int now = (int) (System.currentTimeMillis() % MILLIS_PER_DAY);
      NetworkOrder.word(memory, offset, now);
      NetworkOrder.doubleWord(memory, offset + Integer.BYTES, 0); // for the receiver to fill in
      return;
    }
    if (hasCookie(bytes)) {
      NetworkOrder.doubleWord(memory, offset, cookie);
    }
    if (form.fill().isRandom()) {
      int from = filled(bytes);
      random(memory, offset + from, bytes - from, cookie);
    }
  }

  /// The checksum's sum over a payload without its cookie, whose fill is not random. The latest sum
  /// is kept.
  @SuppressWarnings("ReferenceEquality") // an equal one is only summed again
  public long sum(ProbeForm form) {
    int payloadBytes = form.payloadBytes();
    if (payloadBytes != summedBytes || form.fill() != summedFill) {
      int from = filled(payloadBytes);
      summed = Checksum.sum(form.fill().bytes(), from, payloadBytes - from);
      summed += from == TAGGED_BYTES ? Integer.toUnsignedLong(tag) : 0;
      summedBytes = payloadBytes;
      summedFill = form.fill();
    }
    return summed;
  }

  /// Whether `frame` from `offset` on holds a form's payload, leaving aside its cookie.
  ///
  /// @param cookie from which a random fill follows
  boolean isIntact(MemorySegment frame, long offset, ProbeForm form, long cookie) {
    int payloadBytes = form.payloadBytes();
    int from = filled(payloadBytes);
    if (from == TAGGED_BYTES && NetworkOrder.word(frame, offset + ProbeCookie.BYTES) != tag) {
      return false;
    }
    if (form.fill().isRandom()) {
      return isRandom(frame, offset + from, payloadBytes - from, cookie);
    }
    MemorySegment fill = form.fill().bytes();
    return MemorySegment.mismatch(
            frame, offset + from, offset + payloadBytes, fill, from, payloadBytes)
        < 0;
  }

  /// Where the fill begins.
  private static int filled(int payloadBytes) {
    return payloadBytes >= TAGGED_BYTES
        ? TAGGED_BYTES
        : hasCookie(payloadBytes) ? ProbeCookie.BYTES : 0;
  }

  private static void random(MemorySegment memory, long offset, int length, long cookie) {
    int words = length / Long.BYTES;
    long state = cookie;
    for (int i = 0; i < words; i++) {
      state += STEP;
      NetworkOrder.doubleWord(memory, offset + (long) i * Long.BYTES, mix(state));
    }
    long last = mix(state + STEP);
    for (int i = words * Long.BYTES; i < length; i++) {
      NetworkOrder.unsignedByte(memory, offset + i, (int) (last >>> 56));
      last <<= 8;
    }
  }

  private static boolean isRandom(MemorySegment memory, long offset, int length, long cookie) {
    int words = length / Long.BYTES;
    long state = cookie;
    for (int i = 0; i < words; i++) {
      state += STEP;
      if (NetworkOrder.doubleWord(memory, offset + (long) i * Long.BYTES) != mix(state)) {
        return false;
      }
    }
    long last = mix(state + STEP);
    for (int i = words * Long.BYTES; i < length; i++) {
      if (NetworkOrder.unsignedByte(memory, offset + i) != (int) (last >>> 56)) {
        return false;
      }
      last <<= 8;
    }
    return true;
  }

  private static long mix(long state) {
    long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
