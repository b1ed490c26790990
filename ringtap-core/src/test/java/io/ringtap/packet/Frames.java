package io.ringtap.packet;

import io.ringtap.testing.PacketBytes;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/// Frames for tests: exactly as long as their bytes, so that a read past the end throws.
public final class Frames {
  /// `ping -s 8 127.0.0.1` as Linux sent it: identifier 0x1ba2, sequence 1, behind an Ethernet
  /// header.
  public static final String ECHO_REQUEST =
      """
      000000000000 000000000000 0800
      4500 0024 17d6 4000 4001 2501 7f000001 7f000001
      0800 d04c 1ba2 0001 0001020304050607\
      """;

  /// `ping -s 8 ::1` as Linux sent it: identifier 0x1ba3, sequence 1, behind an Ethernet header.
  public static final String ECHO_REQUEST_IPV6 =
      """
      000000000000 000000000000 86dd
      6009e254 0010 3a40
      00000000000000000000000000000001 00000000000000000000000000000001
      8000 57ff 1ba3 0001 0001020304050607\
      """;

  private Frames() {}

  /// The bytes of `text` in hexadecimal; white space is ignored.
  public static MemorySegment hex(String text) {
    return MemorySegment.ofArray(PacketBytes.fromHex(text));
  }

  /// Random bytes.
  public static MemorySegment random(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }
}
