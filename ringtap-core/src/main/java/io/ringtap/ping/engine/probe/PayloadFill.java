package io.ringtap.ping.engine.probe;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the bytes of a payload are, where they are neither cookie nor tag.
public final class PayloadFill {
  /// Each byte is the low byte of its offset, as in ping's payloads.
  public static final PayloadFill COUNTING = new PayloadFill(countingUp());

  /// Bytes that nobody can compress, other ones in each probe; they follow from its cookie.
  public static final PayloadFill RANDOM = new PayloadFill(new byte[0]);

  private final byte[] pattern; // of no bytes for random ones
  private final MemorySegment bytes;

  private PayloadFill(byte[] pattern) {
    this.pattern = pattern;
    bytes = pattern.length == 0 ? MemorySegment.NULL : repeated(pattern);
  }

  /// A pattern of at least one byte, repeated from the beginning of the payload on.
  public static PayloadFill repeating(byte[] pattern) {
    return new PayloadFill(pattern.clone());
  }

  private static byte[] countingUp() {
    byte[] period = new byte[256];
    for (int i = 0; i < period.length; i++) {
      period[i] = (byte) i;
    }
    return period;
  }

  private static MemorySegment repeated(byte[] pattern) {
    int periods = (ProbeForm.MAX_PAYLOAD_BYTES + pattern.length - 1) / pattern.length;
    MemorySegment repeated = Arena.ofAuto().allocate((long) periods * pattern.length);
    for (int i = 0; i < periods; i++) {
      MemorySegment.copy(
          pattern, 0, repeated, JAVA_BYTE, (long) i * pattern.length, pattern.length);
    }
    return repeated.asReadOnly();
  }

  public boolean isRandom() {
    return pattern.length == 0;
  }

  /// The repeated pattern.
  public byte[] pattern() {
    return pattern.clone();
  }

  /// The pattern, repeated for as many bytes as the largest payload has. They live as long as this.
  public MemorySegment bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PayloadFill fill && Arrays.equals(pattern, fill.pattern);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pattern);
  }

  @Override
  public String toString() {
    return equals(COUNTING) ? "counting" : isRandom() ? "random" : Arrays.toString(pattern);
  }
}
