package io.ringtap.cli.argument;

import picocli.CommandLine.ITypeConverter;

/// Reads whole numbers within a range, in the forms of [Numbers]. An option has a subclass of its
/// own, without arguments, as picocli needs it.
public abstract class NumberConverter implements ITypeConverter<Integer> {
  private final long min;
  private final long max;

  /// @param max at most 32 bits without sign, of which the converted number has the bits
  protected NumberConverter(long min, long max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public final Integer convert(String text) {
    return (int) Numbers.whole(text, min, max);
  }
}
