package io.ringtap.filter.name;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// Reads the machine's tables of names, as services(5), protocols(5), networks(5) and ethers(5) lay
/// them down. A line that is not of its table's form is skipped; of two lines with one name the
/// first holds, as for the C library.
///
/// Names are compared without case ([#find]); one that is written alike goes before others.
final class NameFiles {
  private static final String BLANKS = " \t\r\f";
  private static final int MAX_PORT = 65_535;

  private NameFiles() {}

  /// `/etc/services`: ports by [#service].
  static Map<String, Integer> services(Iterable<String> lines) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String line : lines) {
      StringTokenizer words = words(line);
      if (words.countTokens() < 2) {
        continue;
      }
      String name = words.nextToken();
      String portAndTransport = words.nextToken();
      int slash = portAndTransport.indexOf('/');
      if (slash < 0) {
        continue;
      }
      int port = number(portAndTransport.substring(0, slash), MAX_PORT);
      if (port < 0) {
        continue;
      }
      String transport = portAndTransport.substring(slash + 1);
      ports.putIfAbsent(service(name, transport), port);
      while (words.hasMoreTokens()) {
        ports.putIfAbsent(service(words.nextToken(), transport), port);
      }
    }
    return withLowerCase(ports);
  }

  /// What a table has under a name; null if it has nothing.
  static <T> @Nullable T find(Map<String, T> table, String name) {
    T found = table.get(name);
    return found != null ? found : table.get(lowerCase(name));
  }

  /// Adds each name in small letters, where they are not another's.
  private static <T> Map<String, T> withLowerCase(Map<String, T> table) {
    Map<String, T> all = new HashMap<>(table);
    table.forEach((name, value) -> all.putIfAbsent(lowerCase(name), value));
    return all;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// A service as [#services] has it.
  ///
  /// @param transport `tcp`, `udp` or `sctp`
  static String service(String name, String transport) {
    return name + "/" + transport;
  }

  /// `/etc/protocols`: the numbers of IP protocols by their names and aliases.
  static Map<String, Integer> protocols(Iterable<String> lines) {
    Map<String, Integer> protocols = new LinkedHashMap<>();
    for (String line : lines) {
      StringTokenizer words = words(line);
      if (words.countTokens() < 2) {
        continue;
      }
      String name = words.nextToken();
      int number = number(words.nextToken(), 255);
      if (number < 0) {
        continue;
      }
      protocols.putIfAbsent(name, number);
      while (words.hasMoreTokens()) {
        protocols.putIfAbsent(words.nextToken(), number);
      }
    }
    return withLowerCase(protocols);
  }

  /// `/etc/networks`: the numbers of networks, four bytes each, by their names and aliases.
  static Map<String, byte[]> networks(Iterable<String> lines) {
    Map<String, byte[]> networks = new LinkedHashMap<>();
    for (String line : lines) {
      StringTokenizer words = words(line);
      if (words.countTokens() < 2) {
        continue;
      }
      String name = words.nextToken();
      byte[] number = network(words.nextToken());
      if (number == null) {
        continue;
      }
      networks.putIfAbsent(name, number);
      while (words.hasMoreTokens()) {
        networks.putIfAbsent(words.nextToken(), number);
      }
    }
    return withLowerCase(networks);
  }

  /// `/etc/ethers`: Ethernet addresses, in the low 48 bits, by the names of hosts.
  static Map<String, Long> ethers(Iterable<String> lines) {
    Map<String, Long> addresses = new LinkedHashMap<>();
    for (String line : lines) {
      StringTokenizer words = words(line);
      if (words.countTokens() < 2) {
        continue;
      }
      long address = ethernet(words.nextToken());
      if (address >= 0) {
        addresses.putIfAbsent(words.nextToken(), address);
      }
    }
    return withLowerCase(addresses);
  }

  /// The words of a line up to its comment.
  private static StringTokenizer words(String line) {
    int comment = line.indexOf('#');
    return new StringTokenizer(comment < 0 ? line : line.substring(0, comment), BLANKS);
  }

  /// One to four bytes; those that are missing at the end are zero.
  private static byte @Nullable [] network(String text) {
    byte[] number = new byte[4];
    StringTokenizer parts = new StringTokenizer(text, ".");
    if (parts.countTokens() > 4) {
      return null;
    }
    for (int i = 0; parts.hasMoreTokens(); i++) {
      int part = number(parts.nextToken(), 255);
      if (part < 0) {
        return null;
      }
      number[i] = (byte) part;
    }
    return number;
  }

  /// Six bytes of one or two hexadecimal digits with `:` between them; -1 if `text` is none.
  private static long ethernet(String text) {
    StringTokenizer parts = new StringTokenizer(text, ":");
    if (parts.countTokens() != 6) {
      return -1;
    }
    long address = 0;
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      if (part.length() > 2) {
        return -1;
      }
      address <<= 8;
      for (int i = 0; i < part.length(); i++) {
        int digit = Character.digit(part.charAt(i), 16);
        if (digit < 0) {
          return -1;
        }
        address += (long) digit << (4 * (part.length() - 1 - i));
      }
    }
    return address;
  }

  /// A decimal number of at most `max`; -1 if `text` is none.
  private static int number(String text, int max) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit < 0) {
        return -1;
      }
      number = number * 10 + digit;
      if (number > max) {
        return -1;
      }
    }
    return text.isEmpty() ? -1 : number;
  }
}
