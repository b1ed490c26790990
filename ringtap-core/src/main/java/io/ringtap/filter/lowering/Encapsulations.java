package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.EtherType;
import java.util.OptionalLong;

/// Headers between the link header and the network header: each is a condition, and moves what is
/// written after it.
final class Encapsulations {
  private static final int MAX_VLAN = 0xFFF;
  private static final int MAX_LABEL = 0xF_FFFF;
  private static final int MAX_SESSION = 0xFFFF;
  static final int PPPOE_BYTES = 6;
  private static final int PPPOE_SESSION_ID = 2; // RFC 2516 section 4

  private final Headers headers;

  Encapsulations(Headers headers) {
    this.headers = headers;
  }

  /// A VLAN tag, and after it.
  ///
  /// Where tags are looked through, nothing moves: then the word asks whether the packet has a tag
  /// at all, or one of the identifier among those looked through, so that `vlan 5 and vlan 6` holds
  /// for a packet that has both, in whichever order.
  Condition vlan(OptionalLong identifier, int position) {
    if (headers.labels > 0) {
      throw new ExpressionException(position, "no VLAN tag follows MPLS labels");
    }
    if (!headers.link.hasTags()) {
      throw new ExpressionException(position, "'vlan' is not for " + headers.link.word());
    }
    int wanted = checked(identifier, MAX_VLAN, "VLAN identifier", position);
    if (headers.tagsLookedThrough >= 0) {
      return lookedThrough(identifier, wanted);
    }
    Condition hasTag = isTag(headers);
    Place tag = headers.payload;
    headers.pushTag();
    return identifier.isPresent() ? and(hasTag, hasIdentifier(tag, wanted)) : hasTag;
  }

  private Condition lookedThrough(OptionalLong identifier, int wanted) {
    if (identifier.isEmpty()) {
      return headers.tagsLookedThrough > 0 ? Conditions.ALWAYS : Conditions.NEVER;
    }
    Condition any = Conditions.NEVER;
    for (int tag = headers.tagsLookedThrough; tag > 0; tag--) {
      any = or(any, hasIdentifier(headers.payload.plus(-4 * tag), wanted));
    }
    return any;
  }

  /// Whether a VLAN tag follows.
  static Condition isTag(Headers headers) {
    return or(
        or(
            headers.link.carries(EtherType.VLAN, headers),
            headers.link.carries(EtherType.QINQ, headers)),
        headers.link.carries(EtherType.QINQ_PRE_STANDARD, headers));
  }

  private static Condition hasIdentifier(Place tag, int wanted) {
    return masked(tag.load(2, 0), MAX_VLAN, wanted);
  }

  /// An MPLS label, and after it.
  Condition mpls(OptionalLong label, int position) {
    int wanted = checked(label, MAX_LABEL, "MPLS label", position);
    Condition hasLabel =
        headers.labels > 0
            ? headers.hasFurtherLabel()
            : switch (headers.link) {
              case LinkHeader.Ethernet _, LinkHeader.CiscoHdlc _ ->
                  headers.carries(LinkProtocol.MPLS, position);
              case LinkHeader.Ppp ppp -> equal(headers.linkType.load(2, 0), LinkHeader.Ppp.MPLS);
              default ->
                  throw new ExpressionException(
                      position, "'mpls' is not for " + headers.link.word());
            };
    Place entry = headers.network();
    headers.labels++;
    return label.isPresent()
        ? and(hasLabel, masked(entry.load(4, 0), MAX_LABEL << 12, wanted << 12))
        : hasLabel;
  }

  Condition pppoeDiscovery(int position) {
    return headers.carries(LinkProtocol.PPPOE_DISCOVERY, position);
  }

  /// A session of PPP over Ethernet, and the PPP frame in it.
  Condition pppoeSession(OptionalLong identifier, int position) {
    int wanted = checked(identifier, MAX_SESSION, "PPPoE session", position);
    Condition isSession = headers.carries(LinkProtocol.PPPOE_SESSION, position);
    Place pppoe = headers.network();
    Place ppp = pppoe.plus(PPPOE_BYTES);
    headers.push(new LinkHeader.Ppp(), ppp, ppp, ppp.plus(2));
    return identifier.isPresent()
        ? and(isSession, equal(pppoe.load(2, PPPOE_SESSION_ID), wanted))
        : isSession;
  }

  /// The number that the text gives, or 0 if it gives none.
  static int checked(OptionalLong number, int max, String kind, int position) {
    return checked(number.orElse(0), max, kind, position);
  }

  /// A number that a field has room for.
  ///
  /// @param max the greatest that there is room for
  static int checked(long value, int max, String kind, int position) {
    if (value < 0 || value > max) {
      throw new ExpressionException(
          position, "a %s is 0 to %d, not %d".formatted(kind, max, value));
    }
    return (int) value;
  }
}
