package io.ringtap.filter.explanation;

import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.ExpressionText;
import io.ringtap.filter.syntax.LlcType;
import io.ringtap.filter.syntax.ProtocolWord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says in English which packets a filter matches, and what it implies without saying so.
public final class Explanation {
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();
  private final Shifts shifts;

  /// The words that move parts of the text without being surely there themselves.
  private final Set<Shifts.Kind> traps = EnumSet.noneOf(Shifts.Kind.class);

  private final Set<Implied> implied = EnumSet.noneOf(Implied.class);
  private final MatchWording matches = new MatchWording(implied);
  private final ComparisonWording comparisons = new ComparisonWording(implied);

  private Explanation(boolean anyVlan) {
    this.shifts = new Shifts(anyVlan);
  }

  /// A few lines, each with its end, indented as the parts of the filter lie within each other.
  ///
  /// @param anyVlan whether VLAN tags are looked through
  public static String explain(Expression expression, boolean anyVlan) {
    Explanation explanation = new Explanation(anyVlan);
    explanation.out.append("Packets match of which this is true:\n");
    long _ = explanation.append(expression, 1, "", 0);
    if (!explanation.implied.isEmpty()) {
      explanation.out.append("Implied:\n");
      for (Implied one : explanation.implied) {
        explanation.out.append(INDENT).append(one.sentence()).append('\n');
      }
    }
    if (!explanation.traps.isEmpty()) {
      explanation.warn(expression, anyVlan);
    }
    return explanation.out.toString();
  }

  private void warn(Expression expression, boolean anyVlan) {
    out.append("Warning:\n");
    for (Shifts.Kind kind : traps) {
      line(
          1,
          "All that is written after \"%s\" is looked for after %s, also on the other side of an \"or\" and after a \"not\", whether there is one or not."
              .formatted(kind.word, kind.header));
    }
    Expression meant = Regrouping.of(expression);
    if (meant != null && !hasTrap(meant, anyVlan)) {
      line(1, "Probably meant, of Ethernet frames: " + ExpressionText.of(meant));
    }
  }

  private static boolean hasTrap(Expression expression, boolean anyVlan) {
    Explanation explanation = new Explanation(anyVlan);
    long _ = explanation.append(expression, 1, "", 0);
    return !explanation.traps.isEmpty();
  }

  /// @param certain the encapsulations that surely are there, as [Shifts] has them
  /// @return those that surely are there if the expression holds
  private long append(Expression expression, int depth, String before, long certain) {
    return switch (expression) {
      case Expression.And and -> appendChain(and, depth, before + "all of", certain);
      case Expression.Or or -> appendChain(or, depth, before + "at least one of", certain);
      case Expression.Not not -> {
        long _ = append(not.operand(), depth, before + "not: ", certain);
        yield certain;
      }
      default -> appendLeaf(expression, depth, before, certain);
    };
  }

  private long appendLeaf(Expression expression, int depth, String before, long certain) {
    boolean isMoved = !shifts.areAll(certain) && dependsOnPlace(expression);
    if (isMoved) {
      traps.addAll(shifts.kinds());
    }
    String text =
        switch (expression) {
          case Expression.Comparison comparison -> comparisons.of(comparison);
          case Expression.Match match -> matches.of(match);
          default -> leaf(expression);
        };
    line(depth, before + (isMoved ? shifts.prefix() : "") + text);
    Shifts.Kind kind = Shifts.Kind.of(expression);
    return kind == null || !shifts.moves(kind) ? certain : shifts.pass(kind, certain);
  }

  /// Whether a part means something else after an encapsulation.
  private static boolean dependsOnPlace(Expression expression) {
    return switch (expression) {
      case Expression.Less _,
          Expression.Greater _,
          Expression.Inbound _,
          Expression.Outbound _,
          Expression.InterfaceIndex _ ->
          false;
      default -> true;
    };
  }

  /// A chain of the same conjunction, which leans to the left, as one list.
  private long appendChain(Expression chain, int depth, String heading, long certain) {
    line(depth, heading);
    boolean isAnd = chain instanceof Expression.And;
    Deque<Expression> parts = new ArrayDeque<>();
    Expression rest = chain;
    while (true) {
      if (isAnd && rest instanceof Expression.And(Expression left, Expression right, int _)) {
        parts.push(right);
        rest = left;
      } else if (!isAnd
          && rest instanceof Expression.Or(Expression left, Expression right, int _)) {
        parts.push(right);
        rest = left;
      } else {
        break;
      }
    }
    if (rest instanceof Expression.And || rest instanceof Expression.Or) {
      implied.add(Implied.GROUPING);
    }
    parts.push(rest);
    long inAll = -1;
    long sofar = certain;
    for (Expression part : parts) {
      long after = append(part, depth + 1, "", sofar);
      inAll &= after;
      sofar = isAnd ? after : certain;
    }
    return isAnd ? sofar : inAll;
  }

  private void line(int depth, String text) {
    out.repeat(INDENT, depth).append(text).append('\n');
  }

  private String leaf(Expression expression) {
    return switch (expression) {
      case Expression.Protocol(ProtocolWord protocol, int _) -> protocol(protocol);
      case Expression.Broadcast(ProtocolWord protocol, int _) ->
          protocol == ProtocolWord.IP
              ? "it goes to an IPv4 broadcast address: the host part of the capture's network all"
                  + " ones or all zeros"
              : "it goes to the link layer's broadcast address";
      case Expression.Multicast(ProtocolWord protocol, int _) -> multicast(protocol);
      case Expression.Less(long length, int _) -> length("at most ", length);
      case Expression.Greater(long length, int _) -> length("at least ", length);
      case Expression.Inbound _ -> "this host received it";
      case Expression.Outbound _ -> "this host sent it";
      case Expression.InterfaceIndex(long index, int _) ->
          "it passed the interface with the index " + index;
      case Expression.Vlan(OptionalLong identifier, int _) ->
          wrapped(Shifts.Kind.VLAN, "identifier", identifier, Implied.TAGS);
      case Expression.Mpls(OptionalLong label, int _) ->
          wrapped(Shifts.Kind.MPLS, "value", label, Implied.LABELS);
      case Expression.PppoeDiscovery _ -> "it is PPPoE discovery";
      case Expression.PppoeSession(OptionalLong identifier, int _) ->
          wrapped(Shifts.Kind.PPPOES, "identifier", identifier, Implied.SESSIONS);
      case Expression.Geneve(OptionalLong vni, int _) ->
          wrapped(Shifts.Kind.GENEVE, "VNI", vni, Implied.TUNNELS);
      case Expression.Vxlan(OptionalLong vni, int _) ->
          wrapped(Shifts.Kind.VXLAN, "VNI", vni, Implied.TUNNELS);
      case Expression.Llc(LlcType type, int _) -> llc(type);
      case Expression.WlanType(int bits, int mask, int _) -> wlanType(bits, mask);
      case Expression.WlanDirection(int bits, int _) ->
          switch (bits) {
            case 0 -> "it goes from one wireless station to another";
            case 1 -> "it goes from a wireless station to the distribution system";
            case 2 -> "it goes from the distribution system to a wireless station";
            default -> "it goes from one part of the distribution system to another";
          };
      case Expression.And _,
          Expression.Or _,
          Expression.Not _,
          Expression.Comparison _,
          Expression.Match _ ->
          throw new IllegalStateException("has parts: " + expression.getClass());
    };
  }

  private String length(String relation, long length) {
    implied.add(Implied.LENGTH);
    return "its length is " + relation + length + " bytes";
  }

  private String wrapped(Shifts.Kind kind, String name, OptionalLong number, Implied shift) {
    if (shifts.moves(kind)) {
      implied.add(shift);
    }
    return "it has "
        + shifts.header(kind)
        + switch (kind) {
          case GENEVE -> " after UDP port 6081";
          case VXLAN -> " after UDP port 4789";
          default -> "";
        }
        + (number.isPresent() ? " with the " + name + " " + number.getAsLong() : "");
  }

  private static String multicast(@Nullable ProtocolWord protocol) {
    return switch (protocol) {
      case IP -> "it goes to an IPv4 multicast address (224.0.0.0/4)";
      case IP6 -> "it goes to an IPv6 multicast address (ff00::/8)";
      case null, default -> "it goes to a link-layer group address, broadcast included";
    };
  }

  private static String wlanType(int bits, int mask) {
    String type =
        switch (bits & 0x0C) {
          case 0x00 -> "management";
          case 0x04 -> "control";
          case 0x08 -> "data";
          default -> "reserved";
        };
    return "it is an 802.11 %s frame%s"
        .formatted(type, mask == 0x0C ? "" : " of the subtype " + (bits >>> 4));
  }

  private static String llc(@Nullable LlcType type) {
    return switch (type) {
      case null -> "it has an LLC header";
      case I -> "it is an LLC information PDU";
      case S -> "it is an LLC supervisory PDU";
      case U -> "it is an LLC unnumbered PDU";
      default -> "it is an LLC PDU of the kind " + type.name();
    };
  }

  private String protocol(ProtocolWord protocol) {
    return switch (protocol) {
      case TCP, UDP, SCTP, PIM, AH, ESP -> {
        implied.add(Implied.TRANSPORT);
        yield "it carries " + upperCase(protocol) + " over IPv4 or IPv6";
      }
      case ICMP, IGMP, IGRP, VRRP, CARP -> "it carries " + upperCase(protocol) + " over IPv4";
      case ICMP6 -> "it carries ICMPv6 over IPv6";
      case IP -> "it is IPv4";
      case IP6 -> "it is IPv6";
      case ETHER -> "it is a frame of the capture's link layer";
      case ATALK -> "it is AppleTalk";
      case AARP -> "it is AppleTalk ARP";
      case DECNET -> "it is DECnet phase IV";
      case STP -> "it is a spanning tree (802.1D) frame";
      case NETBEUI -> "it is NetBEUI";
      case ISO -> "it is an OSI packet: CLNP, ES-IS or IS-IS";
      case ESIS -> "it is ES-IS";
      case ISIS -> "it is IS-IS";
      case L1 -> "it is an IS-IS PDU of level 1";
      case L2 -> "it is an IS-IS PDU of level 2";
      case IIH -> "it is an IS-IS hello";
      case LSP -> "it is an IS-IS link state PDU";
      case SNP -> "it is an IS-IS sequence numbers PDU, complete or partial";
      case CSNP -> "it is an IS-IS complete sequence numbers PDU";
      case PSNP -> "it is an IS-IS partial sequence numbers PDU";
      case RADIO -> "it has a radio header";
      case ARP, RARP, LAT, MOPRC, MOPDL, SCA, IPX, CLNP -> "it is " + upperCase(protocol);
    };
  }

  private static String upperCase(ProtocolWord protocol) {
    return protocol.word().toUpperCase(Locale.ROOT);
  }
}
