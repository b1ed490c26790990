package io.ringtap.filter.lowering;

import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import io.ringtap.packet.IpProtocol;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Ports as a text says them. A name that services have on only one transport stands for that
/// transport too.
final class PortNames {
  private final NameResolver names;

  PortNames(NameResolver names) {
    this.names = names;
  }

  /// One end of a range, or all of it.
  private record Port(int number, int transport) {}

  Ports ports(Qualifiers qualifiers, Operand operand, int position) {
    int asked = transport(qualifiers.protocol(), position);
    return switch (operand) {
      case Operand.Number(long value) -> {
        int port = Encapsulations.checked(OptionalLong.of(value), Ports.MAX, "port", position);
        yield new Ports(asked, port, port);
      }
      case Operand.Name(String name) -> {
        Port port = named(name, asked, position);
        yield new Ports(port.transport, port.number, port.number);
      }
      case Operand.Range(String first, String last) when qualifiers.kind() == Kind.PORTRANGE -> {
        Port from = numberOrName(first, asked, position);
        Port to = numberOrName(last, asked, position);
        yield new Ports(
            from.transport == to.transport ? from.transport : asked,
            Math.min(from.number, to.number),
            Math.max(from.number, to.number));
      }
      case Operand.Range _ ->
          throw new ExpressionException(position, "a range goes with 'portrange' only");
      default -> throw new ExpressionException(position, "a port is said by name or number");
    };
  }

  private static int transport(@Nullable ProtocolWord protocol, int position) {
    return switch (protocol) {
      case null -> Ports.ANY;
      case TCP -> IpProtocol.TCP;
      case UDP -> IpProtocol.UDP;
      case SCTP -> IpProtocol.SCTP;
      default -> throw Hosts.misplaced(protocol, "port", position);
    };
  }

  private Port numberOrName(String text, int asked, int position) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return named(text, asked, position);
    }
    try {
      int number = Integer.decode(text);
      if (number <= Ports.MAX) {
        return new Port(number, asked);
      }
    } catch (NumberFormatException _) {
      // a service's name may begin with a digit
      return named(text, asked, position);
    }
    throw new ExpressionException(position, "a port is 0 to " + Ports.MAX + ", not " + text);
  }

  private Port named(String name, int asked, int position) {
    OptionalInt tcp = names.port(name, "tcp");
    OptionalInt udp = names.port(name, "udp");
    Port found;
    if (tcp.isPresent()) {
      found = new Port(tcp.getAsInt(), udp.equals(tcp) ? Ports.ANY : IpProtocol.TCP);
      if (asked == IpProtocol.UDP && udp.isPresent()) {
        found = new Port(udp.getAsInt(), IpProtocol.UDP);
      }
    } else if (udp.isPresent()) {
      found = new Port(udp.getAsInt(), IpProtocol.UDP);
    } else {
      OptionalInt sctp = names.port(name, "sctp");
      if (sctp.isEmpty()) {
        throw new ExpressionException(position, "unknown port '" + name + "'");
      }
      found = new Port(sctp.getAsInt(), IpProtocol.SCTP);
    }
    if (asked == Ports.ANY || found.transport == asked) {
      return found;
    }
    if (found.transport == Ports.ANY) {
      return new Port(found.number, asked);
    }
    throw new ExpressionException(
        position, "port '%s' is one of %s".formatted(name, IpProtocol.word(found.transport)));
  }
}
