package io.ringtap.filter.lowering;

import io.ringtap.filter.name.NameResolver;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Qualifiers;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import io.ringtap.filter.syntax.Spelling;
import io.ringtap.packet.IpProtocol;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ports as a text says them. A name that services have on only one transport stands for that
/// transport too.
final class PortNames {
  private static final Pattern RANGE = Pattern.compile("[0-9]{1,5}-[0-9]{1,5}");

  private final NameResolver names;
  private final int position;
  private final int operandPosition;

  /// @param position where the text begins that names ports
  /// @param operandPosition where the ports are written
  PortNames(NameResolver names, int position, int operandPosition) {
    this.names = names;
    this.position = position;
    this.operandPosition = operandPosition;
  }

  /// One end of a range, or all of it.
  ///
  /// @param transport that it is one of, of [IpProtocol]; [Ports#ANY] for any
  private record Port(int number, int transport) {}

  Ports ports(Qualifiers qualifiers, Operand operand) {
    int asked = asked(qualifiers.protocol());
    boolean isRange = qualifiers.kind() == Kind.PORTRANGE;
    return switch (operand) {
      case Operand.Number(long value) -> {
        int port = Encapsulations.checked(value, Ports.MAX, "port", operandPosition);
        yield new Ports(asked, port, port, isRange);
      }
      case Operand.Name(String name) -> {
        Port port = named(name, asked);
        yield new Ports(transport(port.transport, asked, name), port.number, port.number, isRange);
      }
      case Operand.Range(String first, String last) when isRange -> {
        Port from = numberOrName(first, asked);
        Port to = numberOrName(last, asked);
        // Where the ends are of different transports, neither decides.
        int transport = from.transport == to.transport ? from.transport : Ports.ANY;
        yield new Ports(
            transport(transport, asked, first),
            Math.min(from.number, to.number),
            Math.max(from.number, to.number),
            isRange);
      }
      case Operand.Range _ ->
          throw new ExpressionException(operandPosition, "a range goes with 'portrange' only");
      default -> throw new ExpressionException(operandPosition, "a port is said by name or number");
    };
  }

  private int asked(@Nullable ProtocolWord protocol) {
    return switch (protocol) {
      case null -> Ports.ANY;
      case TCP -> IpProtocol.TCP;
      case UDP -> IpProtocol.UDP;
      case SCTP -> IpProtocol.SCTP;
      default -> throw Hosts.misplaced(protocol, "port", position);
    };
  }

  /// The transport to look at.
  ///
  /// @param found that the names stand for
  private int transport(int found, int asked, String name) {
    if (asked != Ports.ANY && found != Ports.ANY && found != asked) {
      throw new ExpressionException(
          operandPosition,
          "port %s is one of %s".formatted(Spelling.quote(name), IpProtocol.word(found)));
    }
    return asked == Ports.ANY ? found : asked;
  }

  private Port numberOrName(String text, int asked) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return named(text, asked);
    }
    try {
      int number = isDecimalInSpiteOfZero(text) ? Integer.parseInt(text) : Integer.decode(text);
      return new Port(
          Encapsulations.checked(number, Ports.MAX, "port", operandPosition), Ports.ANY);
    } catch (NumberFormatException _) {
      return named(text, asked); // a service's name may begin with a digit
    }
  }

  /// Whether a number that begins with 0, and so would be octal, has digits that no octal number
  /// has. Then the C library's look-up of services takes it as decimal.
  private static boolean isDecimalInSpiteOfZero(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9')
        && (text.indexOf('8') >= 0 || text.indexOf('9') >= 0);
  }

  private Port named(String name, int asked) {
    OptionalInt tcp = names.port(name, "tcp");
    OptionalInt udp = names.port(name, "udp");
    if (udp.isPresent() && (tcp.isEmpty() || asked == IpProtocol.UDP)) {
      return new Port(udp.getAsInt(), udp.equals(tcp) ? Ports.ANY : IpProtocol.UDP);
    }
    if (tcp.isPresent()) {
      return new Port(tcp.getAsInt(), udp.equals(tcp) ? Ports.ANY : IpProtocol.TCP);
    }
    OptionalInt sctp = names.port(name, "sctp");
    if (sctp.isEmpty()) {
      String advice =
          RANGE.matcher(name).matches() ? "; a range is \"portrange %s\"".formatted(name) : "";
      throw new ExpressionException(
          operandPosition, "unknown port " + Spelling.quote(name) + advice);
    }
    return new Port(sctp.getAsInt(), IpProtocol.SCTP);
  }
}
