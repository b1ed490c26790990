package io.ringtap.filter.lowering;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.EtherType;

/// Where the headers lie that the words of a filter speak of. It changes as the text is read:
/// `vlan`, `mpls`, `pppoes`, `geneve` and `vxlan` say that what is written after them, on whichever
/// side of an `and` or `or`, is after one header more.
final class Headers {
  /// What the packet, or the innermost frame spoken of so far, begins with.
  LinkHeader link;

  Place linkHeader;

  /// The field that says what the link header carries.
  Place linkType;

  /// What is after the link header.
  Place payload;

  /// MPLS labels between the link header and the network header.
  int labels;

  /// What holds if the packet has [#linkHeader] at all: Geneve may carry one without.
  Condition hasLinkHeader = Conditions.ALWAYS;

  /// Whether this is a frame inside of another.
  private boolean isInner;

  /// VLAN tags that were looked through, if filters are to look through them; -1 if not.
  int tagsLookedThrough = -1;

  Headers(LinkHeader link, Place linkHeader, Place linkType, Place payload) {
    this.link = link;
    this.linkHeader = linkHeader;
    this.linkType = linkType;
    this.payload = payload;
  }

  /// The same places, to be moved apart from these.
  Headers copy() {
    Headers copy = new Headers(link, linkHeader, linkType, payload);
    copy.labels = labels;
    copy.hasLinkHeader = hasLinkHeader;
    copy.isInner = isInner;
    copy.tagsLookedThrough = tagsLookedThrough;
    return copy;
  }

  /// Whether what is written next is inside of more than the outer link header and VLAN tags.
  boolean isEncapsulated() {
    return isInner || labels > 0;
  }

  Place network() {
    return payload.plus(4 * labels);
  }

  /// The header of an OSI protocol, which on Ethernet follows three bytes of LLC.
  Place osi() {
    return network().plus(link.osiAfterPayload());
  }

  /// Whether the frame carries `protocol`, one of [LinkProtocol] or [EtherType].
  Condition carries(int protocol, int position) {
    if (labels == 0) {
      if (link instanceof LinkHeader.Unknown unknown) {
        throw unknown.refusal(position);
      }
      return link.carries(protocol, this);
    }
    int version =
        switch (protocol) {
          case EtherType.IPV4 -> 0x40;
          case EtherType.IPV6 -> 0x60;
          default ->
              throw new ExpressionException(
                  position, "after MPLS labels a filter knows only IPv4 and IPv6");
        };
    return Conditions.and(isLastLabel(), Conditions.masked(network().load(1, 0), 0xF0, version));
  }

  /// Whether the last of the labels spoken of is the last of the stack.
  private Condition isLastLabel() {
    return Conditions.masked(network().load(1, -2), 1, 1);
  }

  Condition hasFurtherLabel() {
    return Conditions.masked(network().load(1, -2), 1, 0);
  }

  /// Goes after a VLAN tag.
  void pushTag() {
    linkType = link.typeAfterTag(this);
    payload = payload.plus(4);
  }

  /// Goes on with a frame that begins with `newLink`. It has no labels yet; libpcap 1.10 goes on
  /// counting those before a Geneve header, and so finds nothing in one after MPLS.
  void push(LinkHeader newLink, Place newHeader, Place newType, Place newPayload) {
    link = newLink;
    linkHeader = newHeader;
    linkType = newType;
    payload = newPayload;
    labels = 0;
    hasLinkHeader = Conditions.ALWAYS;
    isInner = true;
    tagsLookedThrough = -1;
  }
}
