package io.ringtap.filter.lowering;

import io.ringtap.filter.lowering.AddressFile.Prefix;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Operand;
import io.ringtap.filter.syntax.Qualifiers;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses and networks that `or` joins, all asked for in the same place: a set without a file.
///
/// @param match the first
/// @param prefixes all of them
record AddressRow(Match match, List<Prefix> prefixes) {
  /// From so many on, a look-up is faster than one comparison after the other.
  private static final int FEWEST = 64;

  private static final int IPV4_PARTS = 4;

  /// The row that begins in a chain.
  ///
  /// @param first what may be the first of it
  /// @param links the chain's operators, in the order of the text
  /// @param next the one after `first`
  /// @return null if there is none, or it is short
  static @Nullable AddressRow at(Expression first, List<Expression> links, int next) {
    Prefix prefix = prefix(first);
    if (prefix == null || links.size() - next < FEWEST - 1) {
      return null;
    }
    Match match = (Match) first;
    List<Prefix> prefixes = new ArrayList<>(List.of(prefix));
    for (int i = next; i < links.size(); i++) {
      if (!(links.get(i) instanceof Expression.Or(_, Expression right, _))
          || !isAlike(match, right)) {
        break;
      }
      prefix = prefix(right);
      if (prefix == null) {
        break;
      }
      prefixes.add(prefix);
    }
    return prefixes.size() < FEWEST ? null : new AddressRow(match, prefixes);
  }

  private static boolean isAlike(Match match, Expression other) {
    Qualifiers ours = match.qualifiers();
    return other instanceof Match(Qualifiers theirs, _, _, _)
        && ours.protocol() == theirs.protocol()
        && ours.direction() == theirs.direction();
  }

  /// The network that an expression asks for; null if it asks for anything else, or is wrong.
  private static @Nullable Prefix prefix(Expression expression) {
    if (!(expression instanceof Match(Qualifiers qualifiers, Operand operand, _, _))) {
      return null;
    }
    Kind kind = qualifiers.kind();
    Direction direction = qualifiers.direction();
    boolean isAddress = kind == null || kind == Kind.HOST || kind == Kind.NET;
    // With both ends in one of the addresses each, they need not be in the same one.
    boolean isEitherEnd =
        direction == null || (direction != Direction.SRC_AND_DST && !direction.isOfWlan());
    if (!isAddress || !isEitherEnd) {
      return null;
    }
    Prefix prefix =
        switch (operand) {
          case Operand.Dotted(int bits, int parts) when parts == IPV4_PARTS ->
              new Prefix(false, 0, Integer.toUnsignedLong(bits), Integer.SIZE);
          case Operand.DottedPrefix(int bits, _, int length) when kind == Kind.NET ->
              new Prefix(false, 0, Integer.toUnsignedLong(bits), length);
          case Operand.Ipv6(long high, long low, int length, _)
              when length == 2 * Long.SIZE || kind == Kind.NET ->
              new Prefix(true, high, low, length);
          default -> null;
        };
    return prefix == null || !isFor(prefix, qualifiers) || prefix.hasHostBits() ? null : prefix;
  }

  private static boolean isFor(Prefix prefix, Qualifiers qualifiers) {
    // One by one, a packet that ends after an IPv6 source is dropped by the first comparison of its
    // destination, before the other sources are compared.
    Direction direction = qualifiers.direction();
    boolean isOneEnd = direction == Direction.SRC || direction == Direction.DST;
    return switch (qualifiers.protocol()) {
      case null -> !prefix.isIpv6() || isOneEnd;
      case IP, ARP, RARP -> !prefix.isIpv6();
      case IP6 -> prefix.isIpv6() && isOneEnd;
      default -> false;
    };
  }
}
