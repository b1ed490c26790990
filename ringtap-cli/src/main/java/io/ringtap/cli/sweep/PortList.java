package io.ringtap.cli.sweep;

import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The ports of one protocol.
///
/// @param isUdp UDP and not TCP
/// @param ports in order, at least one
record PortList(boolean isUdp, List<Integer> ports) {
  /// `-p`: numbers and ranges with commas between them as zmap, masscan and nmap take them, with
  /// the protocol before them: `80,443,8000-8010`, `U:53`, `udp:53,123`. Without one it is TCP.
  static final class Converter implements ITypeConverter<PortList> {
    @Override
    public PortList convert(String text) {
      int colon = text.indexOf(':');
      boolean isUdp =
          switch (text.substring(0, Math.max(0, colon))) {
            case "U", "udp" -> true;
            case "", "T", "tcp" -> false;
            default -> throw refused(text);
          };
      String numbers = text.substring(colon + 1);
      if (numbers.indexOf(':') >= 0) {
        throw new TypeConversionException(
            "'" + text + "' has ports of TCP and of UDP: each needs a sweep of its own");
      }
      TreeSet<Integer> ports = new TreeSet<>();
      for (String part : numbers.split(",", -1)) {
        int hyphen = part.indexOf('-');
        int first = port(text, hyphen < 0 ? part : part.substring(0, hyphen));
        int last = hyphen < 0 ? first : port(text, part.substring(hyphen + 1));
        if (first > last) {
          throw new TypeConversionException("'" + part + "' ends before it begins");
        }
        for (int port = first; port <= last; port++) {
          ports.add(port);
        }
      }
      return new PortList(isUdp, List.copyOf(ports));
    }

    private static int port(String text, String number) {
      int port = number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : 0;
      if (port < 1 || port > 65_535) {
        throw refused(text);
      }
      return port;
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'" + text + "' are not ports, such as 443, 80,8000-8010 or U:53");
    }
  }

  @Override
  public String toString() {
    return (isUdp ? "udp " : "tcp ") + ports;
  }
}
