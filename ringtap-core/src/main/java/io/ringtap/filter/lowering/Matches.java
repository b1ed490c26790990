package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.Operand.Dotted;
import io.ringtap.filter.syntax.Operand.DottedMask;
import io.ringtap.filter.syntax.Operand.DottedPrefix;
import io.ringtap.filter.syntax.Operand.Ethernet;
import io.ringtap.filter.syntax.Operand.Ipv6;
import io.ringtap.filter.syntax.Operand.Name;
import io.ringtap.filter.syntax.Operand.Number;
import io.ringtap.filter.syntax.Operand.Range;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Names, numbers and addresses after qualifiers: what they stand for, and what is asked of them.
final class Matches {

  private final Headers headers;
  private final NameResolver names;

  Matches(Headers headers, NameResolver names) {
    this.headers = headers;
    this.names = names;
  }

  Condition condition(Match match) {
    Qualifiers qualifiers = match.qualifiers();
    Operand operand = match.operand();
    int position = match.position();
    return switch (qualifiers.kind()) {
      case null -> address(qualifiers, operand, position);
      case HOST, NET -> address(qualifiers, operand, position);
      case GATEWAY -> gateway(qualifiers, operand, position);
      case PORT, PORTRANGE ->
          new PortNames(names)
              .ports(qualifiers, operand, position)
              .condition(qualifiers.direction(), headers, position);
      case PROTO, PROTOCHAIN -> protocol(qualifiers, operand, position);
    };
  }

  private Condition address(Qualifiers qualifiers, Operand operand, int position) {
    ProtocolWord protocol = qualifiers.protocol();
    boolean isNet = qualifiers.kind() == Kind.NET;
    Direction direction = qualifiers.direction();
    return switch (operand) {
      case Name(String text) when isNet -> namedNet(qualifiers, text, position);
      case Name(String text) when protocol == ProtocolWord.ETHER ->
          new Hosts(headers).ethernet(direction, ethernet(text, position), position);
      case Name(String text) -> namedHost(protocol, direction, text, position);
      case Number(long value) when protocol == ProtocolWord.DECNET ->
          new Hosts(headers)
              .decnet(
                  direction,
                  Encapsulations.checked(
                      OptionalLong.of(value), 0xFFFF, "DECnet address", position),
                  position);
      case Number(long value) -> {
        int bits = word(value, position);
        // a network is said by its first bytes: 10 is 10.0.0.0/8
        int unsaid = isNet && bits != 0 ? Integer.numberOfLeadingZeros(bits) / 8 * 8 : 0;
        yield ipv4(qualifiers, bits << unsaid, -1 << unsaid, position);
      }
      case Dotted(int bits, int parts) -> ipv4(qualifiers, bits, ofParts(parts), position);
      case DottedPrefix(int bits, _, int length) -> {
        if (length < 0 || length > 32) {
          throw new ExpressionException(
              position, "a prefix of IPv4 has 0 to 32 bits, not " + length);
        }
        yield net(qualifiers, bits, length == 0 ? 0 : -1 << (32 - length), position);
      }
      case DottedMask(int bits, _, int mask, _) -> net(qualifiers, bits, mask, position);
      case Ipv6 address -> ipv6(qualifiers, address, position);
      case Ethernet(long address) -> {
        if (isNet || protocol != ProtocolWord.ETHER) {
          throw new ExpressionException(
              position, "an Ethernet address goes with 'ether host', 'ether src' or 'ether dst'");
        }
        yield new Hosts(headers).ethernet(direction, address, position);
      }
      case Range _ -> throw new ExpressionException(position, "a range goes with 'portrange' only");
    };
  }

  private Condition net(Qualifiers qualifiers, int bits, int mask, int position) {
    if (qualifiers.kind() != Kind.NET) {
      throw new ExpressionException(position, "a mask or prefix goes with 'net' only");
    }
    if ((bits & ~mask) != 0) {
      throw new ExpressionException(
          position,
          "the network has bits behind its prefix; its number would be " + dotted(bits & mask));
    }
    return ipv4(qualifiers, bits, mask, position);
  }

  private Condition ipv4(Qualifiers qualifiers, int address, int mask, int position) {
    String kind = qualifiers.kind() == Kind.NET ? "net" : "host";
    return new Hosts(headers)
        .ipv4(qualifiers.protocol(), qualifiers.direction(), address, mask, kind, position);
  }

  private Condition ipv6(Qualifiers qualifiers, Ipv6 address, int position) {
    int length = address.prefixLength();
    if (length < 0 || length > 128) {
      throw new ExpressionException(position, "a prefix of IPv6 has 0 to 128 bits, not " + length);
    }
    if (length < 128 && qualifiers.kind() != Kind.NET) {
      throw new ExpressionException(position, "a prefix goes with 'net' only");
    }
    long high = length >= 64 ? 0 : -1L >>> length;
    long low = length <= 64 ? -1 : length == 128 ? 0 : -1L >>> (length - 64);
    if ((address.high() & high) != 0 || (address.low() & low) != 0) {
      throw new ExpressionException(
          position, "the network has bits behind its prefix of " + length);
    }
    return new Hosts(headers)
        .ipv6(
            qualifiers.protocol(),
            qualifiers.direction(),
            address.high(),
            address.low(),
            length,
            position);
  }

  /// Whether one of the host's addresses is there, tried in the order of the resolver.
  private Condition namedHost(
      @Nullable ProtocolWord protocol, @Nullable Direction direction, String name, int position) {
    if (protocol == ProtocolWord.DECNET) {
      throw new ExpressionException(position, "a DECnet host is said by number, such as 1.2");
    }
    List<InetAddress> addresses = names.host(name);
    if (addresses.isEmpty()) {
      throw new ExpressionException(position, "unknown host '" + name + "'");
    }
    Hosts hosts = new Hosts(headers);
    Condition any = Conditions.NEVER;
    boolean isAnyFit = false;
    for (InetAddress each : addresses) {
      switch (each) {
        case Inet4Address address when protocol != ProtocolWord.IP6 -> {
          any = or(any, hosts.ipv4(protocol, direction, bits(address), -1, "host", position));
          isAnyFit = true;
        }
        case Inet6Address address when protocol == null || protocol == ProtocolWord.IP6 -> {
          ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
          any =
              or(
                  any,
                  hosts.ipv6(
                      protocol, direction, bytes.getLong(0), bytes.getLong(8), 128, position));
          isAnyFit = true;
        }
        default -> {} // of the version that is not asked for
      }
    }
    if (!isAnyFit) {
      throw new ExpressionException(
          position, "host '" + name + "' has no address of that protocol");
    }
    return any;
  }

  private Condition namedNet(Qualifiers qualifiers, String name, int position) {
    InetAddress network = names.network(name);
    if (!(network instanceof Inet4Address address)) {
      throw new ExpressionException(position, "unknown network '" + name + "'");
    }
    int bits = bits(address);
    int mask = bits == 0 ? -1 : -1 << (Integer.numberOfTrailingZeros(bits) / 8 * 8);
    return ipv4(qualifiers, bits, mask, position);
  }

  /// The Ethernet address of a host, but none of its IP addresses: a packet that it passes on.
  private Condition gateway(Qualifiers qualifiers, Operand operand, int position) {
    if (!(operand instanceof Name(String name))) {
      throw new ExpressionException(position, "'gateway' goes with a name");
    }
    if (qualifiers.direction() != null) {
      throw new ExpressionException(position, "'gateway' goes without direction");
    }
    ProtocolWord protocol = qualifiers.protocol();
    if (protocol != null
        && protocol != ProtocolWord.IP
        && protocol != ProtocolWord.ARP
        && protocol != ProtocolWord.RARP) {
      throw Hosts.misplaced(protocol, "gateway", position);
    }
    return and(
        new Hosts(headers).ethernet(null, ethernet(name, position), position),
        not(namedHost(protocol, null, name, position)));
  }

  private long ethernet(String name, int position) {
    OptionalLong address = names.ethernet(name);
    if (address.isEmpty()) {
      throw new ExpressionException(position, "no Ethernet address of '" + name + "' is known");
    }
    return address.getAsLong();
  }

  private Condition protocol(Qualifiers qualifiers, Operand operand, int position) {
    ProtocolWord word = qualifiers.protocol();
    if (qualifiers.direction() != null) {
      throw new ExpressionException(position, "a protocol has no direction");
    }
    int number =
        switch (operand) {
          case Number(long value) -> word(value, position);
          case Name(String name) -> protocolNumber(word, name, position);
          default ->
              throw new ExpressionException(position, "a protocol is said by name or number");
        };
    Protocols protocols = new Protocols(headers);
    return qualifiers.kind() == Kind.PROTO
        ? protocols.numbered(word, number, position)
        : protocols.chained(word, number, position);
  }

  private int protocolNumber(@Nullable ProtocolWord word, String name, int position) {
    switch (word) {
      case ETHER -> {
        Integer number = LinkProtocol.named(name);
        if (number != null) {
          return number;
        }
      }
      case ISO -> {
        int number = Protocols.isoNumber(name);
        if (number >= 0) {
          return number;
        }
      }
      case null, default -> {
        OptionalInt number = names.protocol(name);
        if (number.isPresent()) {
          return number.getAsInt();
        }
      }
    }
    throw new ExpressionException(position, "unknown protocol '" + name + "'");
  }

  private static int word(long value, int position) {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new ExpressionException(position, value + " is more than 32 bits hold");
    }
    return (int) value;
  }

  private static int ofParts(int parts) {
    return -1 << (32 - 8 * parts);
  }

  private static int bits(Inet4Address address) {
    return ByteBuffer.wrap(address.getAddress()).getInt();
  }

  private static String dotted(int bits) {
    return "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 0xFF, bits >>> 8 & 0xFF, bits & 0xFF);
  }
}
