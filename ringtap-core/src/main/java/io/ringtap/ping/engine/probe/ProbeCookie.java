package io.ringtap.ping.engine.probe;

import io.ringtap.linux.KernelRandom;

/// The eight bytes by which a reply proves that it answers a probe of ours: SipHash-2-4 (Aumasson
/// and Bernstein, 2012) of the probe's index and its send time under a key of this pinger only. Who
/// has not seen the request cannot make them up, and the answer to an index's former probe does not
/// fit its next.
public final class ProbeCookie {
  /// A cookie's length on the wire.
  public static final int BYTES = Long.BYTES;

  /// SipHash's closing word: the message's length, 16 bytes, in the top byte.
  private static final long LENGTH_WORD = 16L << 56;

  private final long key0;
  private final long key1;

  /// Cookies under a certain key.
  public ProbeCookie(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /// Cookies under a key drawn now.
  public static ProbeCookie random() {
    KernelRandom random = new KernelRandom();
    return new ProbeCookie(random.nextLong(), random.nextLong());
  }

  /// What all requests of this pinger carry beside their cookies, by which its own tap knows them:
  /// no probe has this index.
  public int tag() {
    return (int) of(-1, 0);
  }

  /// The cookie of the probe at an index that was sent at a time.
  public long of(long probe, long sentNanos) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    for (int step = 0; step < 4; step++) {
      boolean last = step == 3;
      long word = step == 0 ? probe : step == 1 ? sentNanos : LENGTH_WORD;
      if (last) {
        v2 ^= 0xff;
      } else {
        v3 ^= word;
      }
      for (int round = last ? 4 : 2; round > 0; round--) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      if (!last) {
        v0 ^= word;
      }
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
