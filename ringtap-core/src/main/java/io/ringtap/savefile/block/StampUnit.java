package io.ringtap.savefile.block;

import java.math.BigInteger;

/// The unit of an interface's stamps (`if_tsresol`, `if_tsoffset`), and the conversion of stamps to
/// nanoseconds since the epoch. A stamp that a `long` of nanoseconds cannot hold becomes
/// Long.MAX_VALUE or Long.MIN_VALUE.
public final class StampUnit {
  /// Microseconds, the default.
  public static final StampUnit MICROS = new StampUnit(6, 0);

  /// Nanoseconds.
  public static final StampUnit NANOS = new StampUnit(9, 0);

  private static final BigInteger MAX_UNITS = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int BINARY = 0x80;
  private static final int MAX_POWER = 19; // of ten that an unsigned long holds

  private final int exponent;
  private final boolean binary;
  private final long power; // of ten, between the unit and a nanosecond; unsigned
  private final long offsetSeconds;
  private final long offsetNanos;

  /// @param resolution the byte of `if_tsresol`: negative powers of two if its highest bit is set,
  ///   else of ten
  public StampUnit(int resolution, long offsetSeconds) {
    exponent = resolution & ~BINARY;
    binary = (resolution & BINARY) != 0;
    long product = 1;
    for (int i = Math.min(Math.abs(exponent - 9), MAX_POWER); i > 0; i--) {
      product *= 10;
    }
    power = product;
    this.offsetSeconds = offsetSeconds;
    offsetNanos = times(offsetSeconds, NANOS_PER_SECOND);
  }

  public StampUnit withOffset(long seconds) {
    return new StampUnit(resolution(), seconds);
  }

  public StampUnit withResolution(int resolution) {
    return new StampUnit(resolution, offsetSeconds);
  }

  private int resolution() {
    return binary ? exponent | BINARY : exponent;
  }

  /// Converts a stamp of so many `units`, an unsigned number.
  public long epochNanos(long units) {
    long nanos;
    if (binary) {
      nanos = binaryNanos(units);
    } else if (exponent <= 9) {
      nanos = units < 0 ? Long.MAX_VALUE : times(units, power);
    } else {
      nanos = exponent - 9 > MAX_POWER ? 0 : Long.divideUnsigned(units, power);
    }
    return offsetNanos == 0 ? nanos : plus(nanos, offsetNanos);
  }

  /// Converts back to units: the last one that has begun at `epochNanos`, or 0 if the time is
  /// before the first.
  public long units(long epochNanos) {
    BigInteger nanos = BigInteger.valueOf(epochNanos).subtract(BigInteger.valueOf(offsetNanos));
    BigInteger perSecond = binary ? BigInteger.TWO.pow(exponent) : BigInteger.TEN.pow(exponent);
    BigInteger units = nanos.multiply(perSecond).divide(BigInteger.valueOf(NANOS_PER_SECOND));
    return units.signum() < 0 ? 0 : units.min(MAX_UNITS).longValue();
  }

  private long binaryNanos(long units) {
    if (exponent >= 64) {
      return Math.unsignedMultiplyHigh(units, NANOS_PER_SECOND) >>> (exponent - 64);
    }
    if (exponent == 0) {
      return units < 0 ? Long.MAX_VALUE : times(units, NANOS_PER_SECOND);
    }
    long fraction = units & ((1L << exponent) - 1);
    long high = Math.unsignedMultiplyHigh(fraction, NANOS_PER_SECOND);
    long nanos = (high << (64 - exponent)) | ((fraction * NANOS_PER_SECOND) >>> exponent);
    return plus(times(units >>> exponent, NANOS_PER_SECOND), nanos);
  }

  private static long times(long a, long b) {
    long low = a * b;
    if (Math.multiplyHigh(a, b) == low >> 63) {
      return low;
    }
    return a < 0 == b < 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) >= 0) {
      return sum;
    }
    return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
