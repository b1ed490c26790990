package io.ringtap.filter.lowering;

import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Spelling;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// A file with a set of IP addresses and networks, one on each line. Empty lines are skipped, and
/// `#` begins a comment.
///
/// @param prefixes what it has, in the order of its lines
record AddressFile(List<Prefix> prefixes) {
  /// A network; an address is one whose prefix has all its bits.
  ///
  /// @param high the first 64 bits of an IPv6 address
  /// @param low the last 64; of an IPv4 address all, in the low 32
  /// @param length 0 to 32 or 128
  record Prefix(boolean isIpv6, long high, long low, int length) {
    /// Whether there are bits after the prefix.
    boolean hasHostBits() {
      int hostBits = (isIpv6 ? 2 * Long.SIZE : Integer.SIZE) - length;
      long lowHosts = hostBits >= 64 ? -1 : (1L << hostBits) - 1;
      long highHosts = hostBits <= 64 ? 0 : hostBits == 128 ? -1 : (1L << (hostBits - 64)) - 1;
      return (low & lowHosts) != 0 || (high & highHosts) != 0;
    }
  }

  /// Reads a file.
  ///
  /// @param areNets whether it may have networks, and not only addresses
  /// @param position of its name in the filter
  /// @throws ExpressionException if it cannot be read or a line is wrong
  static AddressFile read(String file, NameResolver names, boolean areNets, int position) {
    List<String> lines;
    try {
      lines = names.setLines(file);
    } catch (NoSuchFileException _) {
      throw new ExpressionException(position, file + ": no such file");
    } catch (AccessDeniedException _) {
      throw new ExpressionException(position, file + ": permission denied");
    } catch (CharacterCodingException _) {
      throw new ExpressionException(position, file + ": not a text");
    } catch (IOException e) {
      throw new ExpressionException(position, file + ": cannot be read: " + e.getMessage());
    } catch (InvalidPathException _) {
      throw new ExpressionException(position, Spelling.quote(file) + " is not a file name");
    }
    List<Prefix> prefixes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      int comment = text.indexOf('#');
      String entry = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (!entry.isEmpty()) {
        String where = file + ", line " + (i + 1) + ": ";
        prefixes.add(prefix(entry, areNets, new Fault(where, position)));
      }
    }
    return new AddressFile(prefixes);
  }

  /// Where a line is, for what is wrong with it.
  private record Fault(String where, int position) {
    ExpressionException of(String problem) {
      return new ExpressionException(position, where + problem);
    }
  }

  private static Prefix prefix(String entry, boolean areNets, Fault fault) {
    int slash = entry.indexOf('/');
    String number = slash < 0 ? entry : entry.substring(0, slash);
    IpAddress address;
    try {
      address = IpAddress.parse(number);
    } catch (IllegalArgumentException _) {
      throw fault.of(
          areNets
              ? Spelling.quote(entry)
                  + " is no address or network, such as 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32"
              : Spelling.quote(entry) + " is no address, such as 10.0.0.1 or 2001:db8::1");
    }
    int most = address.isIpv6() ? 128 : 32;
    int length = slash < 0 ? most : length(entry, entry.substring(slash + 1), most, fault);
    if (length < most && !areNets) {
      throw fault.of(
          Spelling.quote(entry) + " is a network: a file of networks goes with \"net in\"");
    }
    Prefix prefix = new Prefix(address.isIpv6(), address.high(), address.low(), length);
    if (prefix.hasHostBits()) {
      throw fault.of(Spelling.quote(entry) + " has bits after its prefix of " + length);
    }
    return prefix;
  }

  private static int length(String entry, String text, int most, Fault fault) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw fault.of(
        "the prefix length of " + Spelling.quote(entry) + " is not a number from 0 to " + most);
  }
}
