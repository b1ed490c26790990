package io.ringtap.cli.sweep;

import io.ringtap.cli.argument.Numbers;
import io.ringtap.send.Pace;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `--rate`: packets a second (`10k`, `10kpps`), or bits a second (`100Mbit`, `1Gbps`); 0 is no
/// limit.
final class PaceConverter implements ITypeConverter<Pace> {
  private static final List<String> PACKET_UNITS = List.of("pps", "/s");
  private static final List<String> BIT_UNITS = List.of("bit/s", "bits", "bit", "bps");

  @Override
  public Pace convert(String text) {
    String number = without(BIT_UNITS, text);
    boolean isBits = number.length() < text.length();
    try {
      double rate = new Numbers.Rate().convert(isBits ? number : without(PACKET_UNITS, text));
      if (rate == 0) {
        return Pace.asFastAsPossible();
      }
      return isBits ? Pace.bitsPerSecond(rate) : Pace.packetsPerSecond(rate);
    } catch (TypeConversionException | IllegalArgumentException _) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a rate, such as 500, 10k (packets a second) or 100Mbit, or 0 for no"
              + " limit");
    }
  }

  private static String without(List<String> units, String text) {
    for (String unit : units) {
      if (text.endsWith(unit)) {
        return text.substring(0, text.length() - unit.length());
      }
    }
    return text;
  }
}
