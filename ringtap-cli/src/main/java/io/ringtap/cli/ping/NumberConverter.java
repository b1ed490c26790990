package io.ringtap.cli.ping;

import io.ringtap.ping.PingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads whole numbers within a range, in decimal or, after `0x`, hexadecimal.
abstract sealed class NumberConverter implements ITypeConverter<Integer> {
  /// `-c`: a number of probes.
  static final class Count extends NumberConverter {
    Count() {
      super(0, Integer.MAX_VALUE);
    }
  }

  /// `-s`: bytes after the ICMP header.
  static final class PayloadBytes extends NumberConverter {
    PayloadBytes() {
      super(0, PingOptions.MAX_PAYLOAD_BYTES);
    }
  }

  /// `-t`: TTL or hop limit.
  static final class HopLimit extends NumberConverter {
    HopLimit() {
      super(1, 255);
    }
  }

  /// `-Q`: TOS or traffic class.
  static final class TrafficClass extends NumberConverter {
    TrafficClass() {
      super(0, 255);
    }
  }

  /// `--mark`: a firewall mark, 32 bits without sign.
  static final class Mark extends NumberConverter {
    Mark() {
      super(0, 0xFFFF_FFFFL);
    }
  }

  private final long min;
  private final long max;

  private NumberConverter(long min, long max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public Integer convert(String text) {
    boolean isHex = text.startsWith("0x") || text.startsWith("0X");
    try {
      long number = isHex ? Long.parseLong(text, 2, text.length(), 16) : Long.parseLong(text);
      if (number >= min && number <= max) {
        return (int) number;
      }
    } catch (NumberFormatException _) {
      // the message below says what a number looks like
    }
    throw new TypeConversionException(
        "'" + text + "' is not a whole number from " + min + " to " + max);
  }
}
