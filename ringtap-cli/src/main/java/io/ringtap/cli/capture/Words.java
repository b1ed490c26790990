package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.TimestampSource;
import io.ringtap.capture.Traffic;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The words of options that have few.
final class Words {
  /// `-Q`.
  static final class TrafficConverter implements ITypeConverter<Traffic> {
    @Override
    public Traffic convert(String text) {
      return switch (text) {
        case "in" -> Traffic.IN;
        case "out" -> Traffic.OUT;
        case "inout" -> Traffic.INOUT;
        default -> throw unknown(text, "in, out or inout");
      };
    }
  }

  /// `-j`.
  static final class StampsConverter implements ITypeConverter<TimestampSource> {
    @Override
    public TimestampSource convert(String text) {
      return switch (text) {
        case "host" -> TimestampSource.SOFTWARE;
        case "adapter" -> TimestampSource.ADAPTER;
        default -> throw unknown(text, "host or adapter");
      };
    }
  }

  /// `--mode`.
  static final class ModeConverter implements ITypeConverter<CaptureMode> {
    @Override
    public CaptureMode convert(String text) {
      return switch (text) {
        case "ring" -> CaptureMode.RING;
        case "recv" -> CaptureMode.RECV;
        default -> throw unknown(text, "ring or recv");
      };
    }
  }

  /// The last digit of a stamp.
  enum Precision {
    MICRO,
    NANO
  }

  /// `--time-stamp-precision`.
  static final class PrecisionConverter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      return switch (text) {
        case "micro" -> Precision.MICRO;
        case "nano" -> Precision.NANO;
        default -> throw unknown(text, "micro or nano");
      };
    }
  }

  private Words() {}

  private static TypeConversionException unknown(String text, String words) {
    return new TypeConversionException("'" + text + "' is not " + words);
  }
}
