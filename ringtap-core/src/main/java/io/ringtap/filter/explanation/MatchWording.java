package io.ringtap.filter.explanation;

import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Spelling;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IpAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says in English what an operand and its qualifiers ask for.
final class MatchWording {
  private final Set<Implied> implied;

  /// @param implied takes what the wordings leave to be distinguished
  MatchWording(Set<Implied> implied) {
    this.implied = implied;
  }

  String of(Match match) {
    Qualifiers qualifiers = match.qualifiers();
    Operand operand = match.operand();
    if (operand instanceof Operand.Name) {
      implied.add(Implied.NAMES);
    }
    return switch (qualifiers.kind()) {
      case null -> address(qualifiers, operand, false);
      case HOST -> address(qualifiers, operand, false);
      case NET -> address(qualifiers, operand, true);
      case PORT, PORTRANGE -> port(qualifiers, operand);
      case GATEWAY ->
          "it went by the gateway "
              + text(operand)
              + ": its link-layer source or destination is the gateway's, neither IP address is";
      case PROTO -> protocol(qualifiers.protocol(), operand);
      case PROTOCHAIN -> {
        implied.add(Implied.CHAINS);
        yield "one in its chain of "
            + (qualifiers.protocol() == null ? "IPv4 or IPv6" : name(qualifiers.protocol()))
            + " headers is "
            + numbered("protocol", operand);
      }
    };
  }

  private String address(Qualifiers qualifiers, Operand operand, boolean isNetwork) {
    ProtocolWord protocol = qualifiers.protocol();
    String family;
    if (protocol != null) {
      family = name(protocol) + " ";
    } else if (operand instanceof Operand.Ipv6) {
      family = "IPv6 ";
    } else if (operand instanceof Operand.Ethernet) {
      family = "";
    } else {
      implied.add(Implied.ADDRESSES);
      boolean isEither = operand instanceof Operand.Name || operand instanceof Operand.InFile;
      family = isEither ? "" : "IPv4 ";
    }
    boolean isArp = protocol == ProtocolWord.ARP || protocol == ProtocolWord.RARP;
    String side = isArp ? arpSide(qualifiers.direction()) : side(qualifiers.direction());
    return "its "
        + family
        + side
        + (qualifiers.direction() == Direction.SRC_AND_DST ? " address are " : " address is ")
        + (isNetwork ? network(operand) : host(operand, protocol));
  }

  private static String host(Operand operand, @Nullable ProtocolWord protocol) {
    return switch (operand) {
      case Operand.Name(String name) -> "one of the host " + Spelling.quote(name);
      case Operand.Number(long value) ->
          protocol == ProtocolWord.DECNET
              ? (value >>> 10) + "." + (value & 0x3FF)
              : ipv4((int) value);
      case Operand.Dotted(int bits, int parts) -> parts == 4 ? ipv4(bits) : range(bits, 8 * parts);
      default -> network(operand);
    };
  }

  private static String network(Operand operand) {
    return switch (operand) {
      case Operand.Name(String name) -> "in the network " + Spelling.quote(name);
      case Operand.Number(long value) -> {
        // A bare number is a network's number without the bytes of its hosts.
        int bits = (int) value;
        int prefixLength = 32;
        while (bits != 0 && bits >>> 24 == 0) {
          bits <<= 8;
          prefixLength -= 8;
        }
        yield range(bits, prefixLength);
      }
      case Operand.Dotted(int bits, int parts) -> range(bits, 8 * parts);
      case Operand.DottedPrefix(int bits, int _, int prefixLength) -> range(bits, prefixLength);
      case Operand.DottedMask(int bits, int _, int mask, int _) -> {
        int prefixLength = Integer.bitCount(mask);
        yield mask == prefix(prefixLength)
            ? range(bits, prefixLength)
            : ipv4(bits) + " under the mask " + ipv4(mask);
      }
      case Operand.Ipv6(long high, long low, int prefixLength, boolean _) ->
          range(high, low, prefixLength);
      case Operand.InFile _ -> "one of those in " + text(operand);
      case Operand.Ethernet _, Operand.Range _ -> text(operand);
    };
  }

  private static String range(int bits, int prefixLength) {
    return prefixLength == 32
        ? ipv4(bits)
        : "from " + ipv4(bits) + " to " + ipv4(bits | ~prefix(prefixLength));
  }

  private static String range(long high, long low, int prefixLength) {
    if (prefixLength == 128) {
      return ipv6(high, low);
    }
    long highHosts = prefixLength >= 64 ? 0 : -1L >>> prefixLength;
    long lowHosts = prefixLength <= 64 ? -1L : -1L >>> (prefixLength - 64);
    return "from " + ipv6(high, low) + " to " + ipv6(high | highHosts, low | lowHosts);
  }

  /// The mask of a prefix's length.
  private static int prefix(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  private String port(Qualifiers qualifiers, Operand operand) {
    implied.add(Implied.PORTS);
    ProtocolWord protocol = qualifiers.protocol();
    String transport = protocol == null ? "TCP, UDP or SCTP" : name(protocol);
    boolean isBoth = qualifiers.direction() == Direction.SRC_AND_DST;
    return "its "
        + transport
        + " "
        + side(qualifiers.direction())
        + (isBoth ? " port are " : " port is ")
        + (operand instanceof Operand.Range(String first, String last)
            ? "from " + first + " to " + last
            : operand instanceof Operand.Name(String name)
                ? "that of the service " + Spelling.quote(name)
                : text(operand));
  }

  private static String protocol(@Nullable ProtocolWord protocol, Operand operand) {
    if (protocol == ProtocolWord.ETHER) {
      if (operand instanceof Operand.Number(long value) && value >= EtherType.MIN) {
        return String.format(Locale.ROOT, "its EtherType is 0x%04x", value);
      }
      return operand instanceof Operand.Number
          ? "its LLC header names the service access point " + text(operand)
          : "it carries " + numbered("protocol", operand);
    }
    String family = protocol == null ? "an IPv4 or IPv6" : "an " + name(protocol);
    return "it is " + family + " packet that carries " + numbered("protocol", operand);
  }

  private static String numbered(String what, Operand operand) {
    return what + " " + text(operand);
  }

  private static String side(@Nullable Direction direction) {
    return switch (direction) {
      case SRC -> "source";
      case DST -> "destination";
      case SRC_AND_DST -> "source and destination";
      case SRC_OR_DST -> "source or destination";
      case null -> "source or destination";
      case ADDR1 -> "first";
      case ADDR2 -> "second";
      case ADDR3 -> "third";
      case ADDR4 -> "fourth";
      case RA -> "receiver";
      case TA -> "transmitter";
    };
  }

  private static String arpSide(@Nullable Direction direction) {
    return switch (direction) {
      case SRC -> "sender's";
      case DST -> "target's";
      case SRC_AND_DST -> "sender's and target's";
      case SRC_OR_DST -> "sender's or target's";
      case null -> "sender's or target's";
      case ADDR1, ADDR2, ADDR3, ADDR4, RA, TA -> side(direction);
    };
  }

  private static String text(Operand operand) {
    return switch (operand) {
      case Operand.Name(String name) -> Spelling.quote(name);
      case Operand.InFile(String name) -> "the file " + Spelling.quote(name);
      case Operand.Number(long value) -> Long.toString(value);
      case Operand.Ethernet(long address) -> ethernet(address);
      case Operand.Range(String first, String last) -> first + " to " + last;
      case Operand.Dotted(int bits, int _) -> ipv4(bits);
      case Operand.DottedPrefix _, Operand.DottedMask _, Operand.Ipv6 _ -> network(operand);
    };
  }

  /// The protocol as its own field writes it.
  static String name(ProtocolWord protocol) {
    return switch (protocol) {
      case ETHER -> "Ethernet";
      case IP -> "IPv4";
      case IP6 -> "IPv6";
      case ICMP6 -> "ICMPv6";
      case DECNET -> "DECnet";
      case ISO -> "OSI";
      default -> protocol.word().toUpperCase(Locale.ROOT);
    };
  }

  private static String ethernet(long address) {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(Character.forDigit((int) (address >>> (shift + 4)) & 0xF, 16));
      text.append(Character.forDigit((int) (address >>> shift) & 0xF, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }

  private static String ipv4(int bits) {
    StringBuilder text = new StringBuilder();
    IpAddress.appendIpv4(text, bits);
    return text.toString();
  }

  private static String ipv6(long high, long low) {
    StringBuilder text = new StringBuilder();
    IpAddress.appendIpv6(text, high, low);
    return text.toString();
  }
}
