package io.ringtap.filter.lowering;

import io.ringtap.filter.name.NameResolver;
import io.ringtap.packet.IpProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Names that need no machine.
final class TestNames implements NameResolver {
  @Override
  public List<InetAddress> host(String name) {
    return switch (name) {
      case "web.example" ->
          List.of(
              InetAddress.ofLiteral("10.9.9.9"),
              InetAddress.ofLiteral("2001:db8::1"),
              InetAddress.ofLiteral("1.2.3.4"));
      case "sctp.example" -> List.of(InetAddress.ofLiteral("10.1.2.4"));
      default -> List.of();
    };
  }

  @Override
  public @Nullable InetAddress network(String name) {
    return switch (name) {
      case "ten" -> InetAddress.ofLiteral("10.0.0.0");
      case "lan" -> InetAddress.ofLiteral("0.10.1.2");
      default -> null;
    };
  }

  @Override
  public OptionalInt port(String name, String transport) {
    if (!transport.equals("tcp")) {
      return OptionalInt.empty();
    }
    return name.equals("web") ? OptionalInt.of(80) : OptionalInt.empty();
  }

  @Override
  public OptionalInt protocol(String name) {
    return name.equals("sctp") ? OptionalInt.of(IpProtocol.SCTP) : OptionalInt.empty();
  }

  @Override
  public OptionalLong ethernet(String name) {
    return name.endsWith(".example") ? OptionalLong.of(0x6677_8899_AABBL) : OptionalLong.empty();
  }
}
