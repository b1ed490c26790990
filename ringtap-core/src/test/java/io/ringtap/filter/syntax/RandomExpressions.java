package io.ringtap.filter.syntax;

import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Trees as the parser may give them, of every kind of part, with all positions 0.
final class RandomExpressions {
  private static final ProtocolWord[] PROTOCOLS = ProtocolWord.values();

  private final RandomGenerator random;

  RandomExpressions(RandomGenerator random) {
    this.random = random;
  }

  Expression next(int depth) {
    int choice = depth == 0 ? 3 + random.nextInt(19) : random.nextInt(22);
    return switch (choice) {
      case 0 -> new Expression.And(next(depth - 1), next(depth - 1), 0);
      case 1 -> new Expression.Or(next(depth - 1), next(depth - 1), 0);
      case 2 -> new Expression.Not(next(depth - 1), 0);
      case 3 -> new Expression.Comparison(number(3), any(Relation.values()), number(3), 0);
      case 4 -> new Expression.Protocol(any(PROTOCOLS), 0);
      case 5 -> new Expression.Broadcast(anyProtocol(), 0);
      case 6 -> new Expression.Multicast(anyProtocol(), 0);
      case 7 -> new Expression.Less(unsigned(), 0);
      case 8 -> new Expression.Greater(unsigned(), 0);
      case 9 -> random.nextBoolean() ? new Expression.Inbound(0) : new Expression.Outbound(0);
      case 10 -> new Expression.InterfaceIndex(unsigned(), 0);
      case 11 -> new Expression.Vlan(identifier(12), 0);
      case 12 -> new Expression.Mpls(identifier(20), 0);
      case 13 -> new Expression.PppoeDiscovery(0);
      case 14 -> new Expression.PppoeSession(identifier(16), 0);
      case 15 -> new Expression.Geneve(identifier(24), 0);
      case 16 -> new Expression.Vxlan(identifier(24), 0);
      case 17 -> new Expression.Llc(random.nextBoolean() ? any(LlcType.values()) : null, 0);
      case 18 -> wlanType();
      case 19 -> new Expression.WlanDirection(random.nextInt(4), 0);
      default -> match();
    };
  }

  private Expression wlanType() {
    int type = random.nextInt(3) << 2;
    return random.nextBoolean()
        ? new Expression.WlanType(type, 0x0C, 0)
        : new Expression.WlanType(random.nextInt(16) << 4 | type, 0xFC, 0);
  }

  private Expression match() {
    Kind kind = random.nextInt(6) == 0 ? null : any(Kind.values());
    boolean mayHaveDirection = kind == null || kind.compareTo(Kind.GATEWAY) < 0;
    Direction direction =
        kind == null || (mayHaveDirection && random.nextBoolean()) ? any(Direction.values()) : null;
    Qualifiers qualifiers = new Qualifiers(anyProtocol(), direction, kind);
    return new Expression.Match(qualifiers, operand(qualifiers), 0, 0);
  }

  private Operand operand(Qualifiers qualifiers) {
    boolean isNetwork = qualifiers.kind() == Kind.NET;
    boolean isDecnet = qualifiers.protocol() == ProtocolWord.DECNET;
    int octets = 2 + random.nextInt(3);
    int bits = random.nextInt() & (-1 << (32 - 8 * octets));
    return switch (random.nextInt(isNetwork && !isDecnet ? 7 : isDecnet ? 4 : 5)) {
      case 0 -> isDecnet ? new Operand.Name(anyName()) : new Operand.Number(unsigned());
      case 1 -> new Operand.Ethernet(random.nextLong() >>> 16);
      case 2 ->
          isNetwork && random.nextBoolean()
              ? new Operand.Ipv6(random.nextLong(), random.nextLong(), random.nextInt(129), true)
              : new Operand.Ipv6(random.nextLong(), random.nextLong(), 128, false);
      case 3 ->
          qualifiers.kind() == Kind.PORTRANGE
              ? new Operand.Range("20", "http")
              : new Operand.Name(anyName());
      case 4 -> new Operand.Dotted(bits, octets);
      case 5 ->
          random.nextBoolean()
              ? new Operand.DottedPrefix(bits, octets, random.nextInt(33))
              : new Operand.DottedPrefix(bits & 0xFF00_0000, 1, random.nextInt(33));
      default -> new Operand.DottedMask(bits, octets, random.nextInt(), 4);
    };
  }

  private Arithmetic number(int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 6)) {
      case 0 -> new Arithmetic.Constant(random.nextInt(), 0);
      case 1 -> new Arithmetic.Length(0);
      case 2 ->
          new Arithmetic.Accessor(any(PROTOCOLS), number(depth - 1), 1 << random.nextInt(3), 0);
      case 3 -> new Arithmetic.Negation(number(depth - 1), 0);
      default ->
          new Arithmetic.Operation(
              any(Arithmetic.Operator.values()), number(depth - 1), number(depth - 1), 0);
    };
  }

  private long unsigned() {
    return Integer.toUnsignedLong(random.nextInt());
  }

  private OptionalLong identifier(int bits) {
    return random.nextBoolean()
        ? OptionalLong.empty()
        : OptionalLong.of(random.nextLong(1L << bits));
  }

  private @Nullable ProtocolWord anyProtocol() {
    return random.nextBoolean() ? any(PROTOCOLS) : null;
  }

  private String anyName() {
    return any(new String[] {"host", "tcp", "a", "on", "x-1", "cafe.example", "1a", "10", "a/n"});
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
