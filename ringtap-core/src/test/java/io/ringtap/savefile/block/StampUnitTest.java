package io.ringtap.savefile.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class StampUnitTest {
  @Test
  @Randomized
  void tellsNanosecondsOfAnyUnitOrTheNearestThatALongHolds() {
    Property.forAll(random -> {
      int resolution = random.nextInt(256);
      long units = random.nextLong() >>> random.nextInt(64);
      long offset = random.nextBoolean() ? 0 : random.nextLong() >> random.nextInt(64);

      long nanos = new StampUnit(resolution, offset).epochNanos(units);

      assertThat(nanos)
          .as("resolution %d units %d offset %d", resolution, units, offset)
          .isEqualTo(exact(resolution, units, offset));
    });
  }

  /// The offset itself saturates first, because no real file has one beyond 292 years.
  private static long exact(int resolution, long units, long offset) {
    BigInteger perSecond =
        (resolution & 0x80) != 0
            ? BigInteger.TWO.pow(resolution & 0x7F)
            : BigInteger.TEN.pow(resolution);
    BigInteger giga = BigInteger.valueOf(1_000_000_000L);
    BigInteger nanos =
        new BigInteger(Long.toUnsignedString(units)).multiply(giga).divide(perSecond);
    BigInteger shift = BigInteger.valueOf(clamp(BigInteger.valueOf(offset).multiply(giga)));
    return clamp(BigInteger.valueOf(clamp(nanos)).add(shift));
  }

  private static long clamp(BigInteger nanos) {
    return nanos
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }
}
