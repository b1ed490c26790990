package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;
import java.util.List;
import java.util.regex.Pattern;

/// What libpcap refuses though there is an answer, and we answer.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum AcceptedBeyondLibpcap implements KnownDifference {
  /// Whether a shift or a division is lawful is decided by the first constant in the right operand,
  /// even where that is an offset: `1 << ip[40]` is refused as a shift by 40, and so is `1 << (40 -
  /// 39)`.
  OPERAND_OFFSET_TAKEN_FOR_OPERAND(LinkType.ETHERNET, "1 << ip[40] = 0") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      return switch (refusal) {
        case "shift by more than 31 bits" -> ComputedOperand.isOfShift(disagreement.expression());
        case "division by zero" -> ComputedOperand.isOfDivision(disagreement.expression());
        case "modulus by zero" -> ComputedOperand.isOfModulus(disagreement.expression());
        default -> false;
      };
    }
  },

  /// `protochain` is refused after `geneve`, whose options move the offset, and in 802.11, whose
  /// headers do.
  CHAIN_BEHIND_A_VARIABLE_OFFSET(LinkType.ETHERNET, "geneve and ip6 protochain 6") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      return refusal.equals("'protochain' not supported with variable length headers")
          && (has(disagreement, "geneve.*protochain") || isWlan(disagreement.linkType()));
    }
  },

  /// VLAN tags are refused after cooked headers, whose protocol field does tell of them.
  TAGS_BEHIND_COOKED_HEADERS(LinkType.LINUX_SLL2, "vlan 100") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      LinkType linkType = disagreement.linkType();
      return (linkType.equals(LinkType.LINUX_SLL)
              && refusal.equals("no VLAN support for Linux cooked v1"))
          || (linkType.equals(LinkType.LINUX_SLL2)
              && refusal.equals("no VLAN support for Linux cooked v2"));
    }
  },

  /// After an encapsulation, the direction and the interface are asked of its inner link type,
  /// though it is the cooked header outside that tells them.
  DIRECTION_BEHIND_ENCAPSULATION(LinkType.LINUX_SLL, "geneve and outbound") {
    private static final Pattern REFUSAL =
        Pattern.compile(
            "(inbound/outbound|ifindex) not supported on (Ethernet|PPP) when reading savefiles");

    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      LinkType linkType = disagreement.linkType();
      return (linkType.equals(LinkType.LINUX_SLL) || linkType.equals(LinkType.LINUX_SLL2))
          && REFUSAL.matcher(refusal).matches()
          && has(disagreement, "(geneve|pppoes).*(inbound|outbound|ifindex)");
    }
  },

  /// The labels outside of `geneve` are not forgotten inside, where tags and all but IP are refused
  /// as after labels.
  FRAMES_IN_GENEVE_BEHIND_LABELS(LinkType.ETHERNET, "mpls and geneve and vlan 100") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      return (refusal.equals("no VLAN match after MPLS")
              || refusal.equals("unsupported protocol over mpls"))
          && has(disagreement, "mpls.*geneve");
    }
  },

  /// What comes after per-packet information is a frame of a wireless LAN as after other headers,
  /// with its kinds and tags.
  WLAN_AFTER_PER_PACKET_INFORMATION(LinkType.PPI, "wlan type data and vlan 100") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      return disagreement.linkType().equals(LinkType.PPI)
          && (refusal.equals("802.11 link-layer types supported only on 802.11")
              || refusal.equals("frame direction supported only with 802.11 headers")
              || refusal.equals("no VLAN support for Per-Packet Information")
              || refusal.equals("no MPLS support for Per-Packet Information"));
    }
  },

  /// A list in parentheses that takes the qualifiers before it may not have parentheses of its own,
  /// nor go over to other primitives.
  PRIMITIVES_IN_LISTS(
      LinkType.ETHERNET, "host 10.0.0.1 and ((10.0.0.2 or not not src host 10.0.0.3))") {
    @Override
    boolean isFor(Disagreement disagreement, String refusal) {
      return refusal.equals("can't parse filter expression: syntax error")
          && BareLists.holdOtherThings(disagreement.expression());
    }
  };

  private static final String LIBPCAP = "libpcap: ";
  private static final List<LinkType> WLAN =
      List.of(
          LinkType.IEEE802_11,
          LinkType.IEEE802_11_RADIO,
          LinkType.IEEE802_11_RADIO_AVS,
          LinkType.PRISM_HEADER,
          LinkType.PPI);

  private final LinkType linkType;
  private final String example;

  AcceptedBeyondLibpcap(LinkType linkType, String example) {
    this.linkType = linkType;
    this.example = example;
  }

  @Override
  public LinkType linkType() {
    return linkType;
  }

  @Override
  public String example() {
    return example;
  }

  @Override
  public boolean explains(Disagreement disagreement) {
    return disagreement.kind() == Kind.ACCEPTED
        && disagreement.detail().startsWith(LIBPCAP)
        && isFor(disagreement, disagreement.detail().substring(LIBPCAP.length()));
  }

  /// Whether libpcap's `refusal` is for this.
  abstract boolean isFor(Disagreement disagreement, String refusal);

  static boolean isWlan(LinkType linkType) {
    return WLAN.contains(linkType);
  }

  private static boolean has(Disagreement disagreement, String pattern) {
    return Pattern.compile(pattern).matcher(disagreement.expression()).find();
  }
}
