package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ProbeCookieTest {
  private static final long KEY0 = 0x0706050403020100L;
  private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

  @Test
  void isSipHashOfTheVectorThatItsAuthorsPublished() {
    assertThat(new ProbeCookie(KEY0, KEY1).of(KEY0, KEY1)).isEqualTo(0x3f2acc7f57c29bdbL);
  }

  @Test
  @Randomized
  void isWhatASecondImplementationComputes() {
    Property.forAll(random -> {
      long key0 = random.nextLong();
      long key1 = random.nextLong();
      long probe = random.nextLong();
      long sent = random.nextLong();
      byte[] message =
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(probe)
              .putLong(sent)
              .array();

      long cookie = new ProbeCookie(key0, key1).of(probe, sent);

      assertThat(cookie).isEqualTo(sipHash(key0, key1, message));
    });
  }

  @Test
  void theSecondImplementationKnowsThePublishedVectorOfFifteenBytes() {
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }

    assertThat(sipHash(KEY0, KEY1, message)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void differsFromOnePingerToTheNext() {
    assertThat(ProbeCookie.random().of(1, 2)).isNotEqualTo(ProbeCookie.random().of(1, 2));
  }

  /// SipHash-2-4 of any message, a byte after the other, as the paper's section 2 tells it.
  private static long sipHash(long key0, long key1, byte[] message) {
    long[] v = {
      key0 ^ 0x736f6d6570736575L,
      key1 ^ 0x646f72616e646f6dL,
      key0 ^ 0x6c7967656e657261L,
      key1 ^ 0x7465646279746573L
    };
    byte[] padded = new byte[message.length / 8 * 8 + 8];
    System.arraycopy(message, 0, padded, 0, message.length);
    padded[padded.length - 1] = (byte) message.length;
    ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      long word = words.getLong();
      v[3] ^= word;
      rounds(v, 2);
      v[0] ^= word;
    }
    v[2] ^= 0xff;
    rounds(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void rounds(long[] v, int count) {
    for (int i = 0; i < count; i++) {
      half(v, 0, 1, 2, 3, 13, 16);
      half(v, 2, 1, 0, 3, 17, 21);
    }
  }

  private static void half(long[] v, int a, int b, int c, int d, int left, int right) {
    v[a] += v[b];
    v[b] = Long.rotateLeft(v[b], left) ^ v[a];
    v[a] = Long.rotateLeft(v[a], 32);
    v[c] += v[d];
    v[d] = Long.rotateLeft(v[d], right) ^ v[c];
  }
}
