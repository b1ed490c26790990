package io.ringtap.packet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ringtap.testing.Property;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Checks what every header class of this package guarantees, whatever its fields.
record HeaderClaims(String layer, WholeTest isWhole, Checker check) {

  interface WholeTest {
    boolean test(MemorySegment frame, long offset, long end);
  }

  interface Checker {
    @Nullable Malformed check(MemorySegment frame, long offset, long end);
  }

  /// Writes a whole header at an offset.
  interface Writer {
    void write(SplittableRandom random, MemorySegment frame, long offset);
  }

  /// Calls the accessors and ignores their results.
  interface Reader {
    void read(MemorySegment frame, long offset);
  }

  /// A header of `length` bytes is whole, a shorter one is not, and the report gives the offset and
  /// the missing bytes.
  void refusesEveryTruncation(int length, Writer writer) {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      MemorySegment frame = Frames.random(random, offset + length);
      writer.write(random, frame, offset);

      assertThat(isWhole.test(frame, offset, offset + length)).isTrue();
      assertThat(check.check(frame, offset, offset + length)).isNull();
      for (int end = offset; end < offset + length; end++) {
        MemorySegment cut = frame.asSlice(0, end);
        assertThat(isWhole.test(cut, offset, end)).isFalse();
        Malformed malformed = requireNonNull(check.check(cut, offset, end));
        assertThat(malformed.layer()).isEqualTo(layer);
        assertThat(malformed.problem()).endsWith("cut short");
        assertThat(malformed.needed()).isBetween(malformed.had() + 1, (long) length);
        assertThat(malformed.had()).isEqualTo(end - offset);
        assertThat(malformed.offset()).isEqualTo(offset);
      }
    });
  }

  /// Random bytes are either refused with an explanation, or can be read by every accessor.
  void readsWhateverIsWhole(int maxLength, Writer makeLikely, Reader everyAccessor) {
    Property.forAll(random -> {
      int offset = random.nextInt(8);
      MemorySegment frame = Frames.random(random, offset + random.nextInt(maxLength + 1));
      if (frame.byteSize() > offset) {
        makeLikely.write(random, frame, offset);
      }

      boolean whole = isWhole.test(frame, offset, frame.byteSize());

      assertThat(check.check(frame, offset, frame.byteSize()) == null).isEqualTo(whole);
      if (whole) {
        assertThatCode(() -> everyAccessor.read(frame, offset)).doesNotThrowAnyException();
      }
    });
  }
}
