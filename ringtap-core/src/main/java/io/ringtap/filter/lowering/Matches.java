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
import io.ringtap.filter.syntax.Spelling;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A name, number or address after qualifiers: what it stands for, and what is asked of it.
final class Matches {
  private static final int MAX_IP_PROTOCOL = 255; // a field of eight bits, in OSI too

  private final Headers headers;
  private final NameResolver names;
  private final Qualifiers qualifiers;
  private final Operand operand;

  /// Where the text begins that asks, and where its operand does.
  private final int position;

  private final int operandPosition;

  Matches(Headers headers, NameResolver names, Match match) {
    this.headers = headers;
    this.names = names;
    this.qualifiers = match.qualifiers();
    this.operand = match.operand();
    this.position = match.position();
    this.operandPosition = match.operandPosition();
  }

  Condition condition() {
    Direction direction = qualifiers.direction();
    if (direction != null && direction.isOfWlan()) {
      refuseOutsideOfWlan(direction);
    }
    return switch (qualifiers.kind()) {
      case null -> address();
      case HOST, NET -> address();
      case GATEWAY -> gateway();
      case PORT, PORTRANGE ->
          new PortNames(names, position, operandPosition)
              .ports(qualifiers, operand)
              .condition(qualifiers.direction(), headers, position);
      case PROTO, PROTOCHAIN -> protocol();
    };
  }

  private void refuseOutsideOfWlan(Direction direction) {
    boolean isAddress = qualifiers.kind() == null || qualifiers.kind() == Kind.HOST;
    if (!isAddress || qualifiers.protocol() != ProtocolWord.ETHER) {
      throw new ExpressionException(
          position,
          "'%s' goes with an address of 802.11, as in \"wlan %s 02:00:5e:10:00:01\""
              .formatted(direction.word(), direction.word()));
    }
    if (!(headers.link instanceof LinkHeader.Wlan)) {
      throw new ExpressionException(
          position,
          "'%s' is of 802.11, not of %s".formatted(direction.word(), headers.link.word()));
    }
  }

  private Condition address() {
    ProtocolWord protocol = qualifiers.protocol();
    boolean isNet = qualifiers.kind() == Kind.NET;
    Direction direction = qualifiers.direction();
    if (isNet && protocol == ProtocolWord.DECNET) {
      throw Hosts.misplaced(protocol, "net", position);
    }
    return switch (operand) {
      case Name(String text) when isNet -> namedNet(text);
      case Name(String text) when protocol == ProtocolWord.ETHER ->
          new Hosts(headers).ethernet(direction, ethernet(text), position);
      case Name(String text) -> namedHost(protocol, direction, text);
      case Number(long value) when protocol == ProtocolWord.DECNET ->
          new Hosts(headers).decnet(direction, (int) value, position);
      case Number(long value) -> {
        int unsaid = isNet ? unsaidBits((int) value) : 0;
        yield ipv4((int) value << unsaid, -1 << unsaid);
      }
      case Dotted(int bits, int parts) -> ipv4(bits, ofParts(parts));
      case DottedPrefix(int bits, _, int length) ->
          net(bits, length == 0 ? 0 : -1 << (Integer.SIZE - length));
      case DottedMask(int bits, _, int mask, _) -> net(bits, mask);
      case Ipv6 address -> ipv6(address);
      case Ethernet(long address) -> {
        if (isNet || protocol != ProtocolWord.ETHER) {
          throw new ExpressionException(
              operandPosition,
              "an Ethernet address goes with 'ether host', 'ether src' or 'ether dst'");
        }
        yield new Hosts(headers).ethernet(direction, address, position);
      }
      case Range _ ->
          throw new ExpressionException(operandPosition, "a range goes with 'portrange' only");
      case Operand.InFile _ -> throw new IllegalStateException("a set is not a single address");
    };
  }

  /// How far a network's number is to be moved to the left: it is said by its first bytes, so that
  /// 10 is 10.0.0.0/8.
  private static int unsaidBits(int number) {
    return number == 0 ? 0 : Integer.numberOfLeadingZeros(number) / 8 * 8;
  }

  private Condition net(int bits, int mask) {
    if (qualifiers.kind() != Kind.NET) {
      throw new ExpressionException(operandPosition, "a mask or prefix goes with 'net' only");
    }
    if ((bits & ~mask) != 0) {
      throw new ExpressionException(
          operandPosition,
          "the network has bits after its prefix; its number would be " + dotted(bits & mask));
    }
    return ipv4(bits, mask);
  }

  private Condition ipv4(int address, int mask) {
    String kind = qualifiers.kind() == Kind.NET ? "net" : "host";
    return new Hosts(headers)
        .ipv4(qualifiers.protocol(), qualifiers.direction(), address, mask, kind, position);
  }

  private Condition ipv6(Ipv6 address) {
    int length = address.prefixLength();
    if (length < 128 && qualifiers.kind() != Kind.NET) {
      throw new ExpressionException(operandPosition, "a prefix goes with 'net' only");
    }
    long high = length >= 64 ? 0 : -1L >>> length;
    long low = length <= 64 ? -1 : length == 128 ? 0 : -1L >>> (length - 64);
    if ((address.high() & high) != 0 || (address.low() & low) != 0) {
      throw new ExpressionException(
          operandPosition, "the network has bits after its prefix of " + length);
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
      @Nullable ProtocolWord protocol, @Nullable Direction direction, String name) {
    if (protocol == ProtocolWord.DECNET) {
      throw new ExpressionException(
          operandPosition, "a DECnet host is said by number, such as 1.2");
    }
    Hosts hosts = new Hosts(headers);
    Condition any = Conditions.NEVER;
    boolean isAnyFit = false;
    for (InetAddress each : addresses(name)) {
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
          operandPosition, "host " + Spelling.quote(name) + " has no address of that protocol");
    }
    return any;
  }

  private List<InetAddress> addresses(String name) {
    List<InetAddress> addresses = names.host(name);
    if (addresses.isEmpty()) {
      throw new ExpressionException(operandPosition, "unknown host " + Spelling.quote(name));
    }
    return addresses;
  }

  /// A network of `/etc/networks`. As in tcpdump, only zeros at the beginning of its number are not
  /// part of it: 10.0.0.0 there is that one address.
  private Condition namedNet(String name) {
    if (!(names.network(name) instanceof Inet4Address address) || bits(address) == 0) {
      throw new ExpressionException(operandPosition, "unknown network " + Spelling.quote(name));
    }
    int unsaid = unsaidBits(bits(address));
    return ipv4(bits(address) << unsaid, -1 << unsaid);
  }

  /// The Ethernet address of a host, but not its IPv4 addresses: a packet that it passes on. With a
  /// protocol, only packets of that one.
  private Condition gateway() {
    if (!(operand instanceof Name(String name))) {
      throw new ExpressionException(operandPosition, "'gateway' goes with a name");
    }
    ProtocolWord protocol = qualifiers.protocol();
    if (protocol != null
        && protocol != ProtocolWord.IP
        && protocol != ProtocolWord.ARP
        && protocol != ProtocolWord.RARP) {
      throw Hosts.misplaced(protocol, "gateway", position);
    }
    if (headers.isEncapsulated()) {
      throw new ExpressionException(
          position, "'gateway' is of the outer frame: it cannot be asked of what is inside of it");
    }
    Hosts hosts = new Hosts(headers);
    long station = ethernet(name);
    Condition isAddressed = Conditions.NEVER;
    for (InetAddress each : addresses(name)) {
      if (each instanceof Inet4Address address) {
        isAddressed =
            or(isAddressed, hosts.ipv4(protocol, null, bits(address), -1, "host", position));
      }
    }
    if (isAddressed instanceof Condition.Never) {
      throw new ExpressionException(
          operandPosition, "host " + Spelling.quote(name) + " has no IPv4 address");
    }
    return and(
        protocol == null ? Conditions.ALWAYS : new Protocols(headers).named(protocol, position),
        hosts.ethernet(null, station, position),
        not(isAddressed));
  }

  private long ethernet(String name) {
    OptionalLong address = names.ethernet(name);
    if (address.isEmpty()) {
      throw new ExpressionException(
          operandPosition, "no Ethernet address of " + Spelling.quote(name) + " is known");
    }
    return address.getAsLong();
  }

  private Condition protocol() {
    ProtocolWord word = qualifiers.protocol();
    boolean isChain = qualifiers.kind() == Kind.PROTOCHAIN;
    boolean hasNumbers =
        switch (word) {
          case null -> true;
          case IP, IP6 -> true;
          case ETHER, ISO, ISIS -> !isChain;
          default -> false;
        };
    if (word != null && !hasNumbers) {
      throw Hosts.misplaced(word, isChain ? "protochain" : "proto", position);
    }
    int number =
        switch (operand) {
          case Number(long value) -> protocolNumber(word, value);
          case Name(String name) -> protocolNumber(word, name);
          default ->
              throw new ExpressionException(
                  operandPosition, "a protocol is said by name or number");
        };
    Protocols protocols = new Protocols(headers);
    return isChain
        ? protocols.chained(word, number, position)
        : protocols.numbered(word, number, position);
  }

  /// A number that there is room for in the field that `word` asks of.
  private int protocolNumber(@Nullable ProtocolWord word, long value) {
    return switch (word) {
      case ETHER -> {
        if (headers.link.hasLlc() && value > 0xFF && value <= LinkProtocol.MAX_LENGTH) {
          throw new ExpressionException(
              operandPosition,
              "a service access point is 0 to 255 and an EtherType above 1500, not " + value);
        }
        yield Encapsulations.checked(value, 0xFFFF, "protocol of a link layer", operandPosition);
      }
      case ISIS ->
          Encapsulations.checked(value, Protocols.MAX_ISIS_PDU, "type of IS-IS", operandPosition);
      case null, default ->
          Encapsulations.checked(value, MAX_IP_PROTOCOL, "protocol number", operandPosition);
    };
  }

  private int protocolNumber(@Nullable ProtocolWord word, String name) {
    Integer number =
        switch (word) {
          case ETHER -> LinkProtocol.named(name);
          case ISO -> Protocols.isoNumber(name);
          case ISIS ->
              throw new ExpressionException(operandPosition, "a type of IS-IS is said by number");
          case null, default -> ipProtocol(name);
        };
    if (number == null) {
      throw new ExpressionException(operandPosition, "unknown protocol " + Spelling.quote(name));
    }
    return number;
  }

  private @Nullable Integer ipProtocol(String name) {
    OptionalInt number = names.protocol(name);
    return number.isPresent() ? number.getAsInt() : null;
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
