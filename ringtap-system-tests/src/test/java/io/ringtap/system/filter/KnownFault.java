package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;
import java.util.regex.Pattern;

/// Where libpcap 1.10.3 is wrong, or refuses what there is an answer to, so that disagreeing with
/// it is no fault. All of them are here, each as narrow as it can be told.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum KnownFault {
  /// Whether a shift or a division is lawful is decided by the first constant in the right operand,
  /// even where that is an offset: `1 << ip[40]` is refused as a shift by 40, and so is `1 << (40 -
  /// 39)`.
  OPERAND_OFFSET_TAKEN_FOR_OPERAND(LinkType.ETHERNET, "1 << ip[40] = 0") {
    private static final Pattern REFUSALS =
        Pattern.compile("libpcap: (shift by more than 31 bits|(division|modulus) by zero)");
    private static final Pattern BY_WHAT_IS_COMPUTED =
        Pattern.compile(
            "(<<|>>|/|%)([-(\\s]*[a-z]|\\s*\\w+\\s*[*/%]|\\s*\\(\\s*\\w+\\s*[-+&|^<>])");

    @Override
    boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.ACCEPTED
          && REFUSALS.matcher(disagreement.detail()).matches()
          && BY_WHAT_IS_COMPUTED.matcher(disagreement.expression()).find();
    }
  },

  /// Behind `geneve` in one alternative, later primitives read an offset that is computed only if
  /// the packet took that alternative. The kernel refuses such a program.
  OFFSET_NEVER_COMPUTED(LinkType.ETHERNET, "geneve or (ip proto 51 and pim[0] < 64)") {
    @Override
    boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.NO_JUDGE
          && disagreement.detail().contains("may not have been written before");
    }
  },

  /// `protochain` goes behind an authentication header by setting the offset to the header's length
  /// instead of adding it.
  AUTHENTICATION_HEADER_NOT_ADDED(LinkType.IPV6, "ip6 protochain 17") {
    private static final byte AUTHENTICATION_HEADER = 51;

    @Override
    boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.VERDICT
          && disagreement.expression().contains("protochain")
          && disagreement.packet() != null
          && disagreement.packet().has(AUTHENTICATION_HEADER);
    }
  },

  /// `protochain` is refused behind `geneve`, whose options move the offset.
  NO_CHAIN_BEHIND_A_VARIABLE_OFFSET(LinkType.ETHERNET, "geneve and ip6 protochain 6") {
    @Override
    boolean explains(Disagreement disagreement) {
      return isAccepted(disagreement, "'protochain' not supported with variable length headers");
    }
  },

  /// VLAN tags are refused behind cooked headers, whose protocol field does tell of them.
  NO_TAGS_BEHIND_COOKED_HEADERS(LinkType.LINUX_SLL2, "vlan 100") {
    @Override
    boolean explains(Disagreement disagreement) {
      return isAccepted(disagreement, "no VLAN support for Linux cooked v1")
          || isAccepted(disagreement, "no VLAN support for Linux cooked v2");
    }
  },

  /// Behind an encapsulation, the direction and the interface are asked of its inner link type,
  /// though it is the cooked header outside that tells them.
  DIRECTION_ASKED_OF_THE_INNER_LINK(LinkType.LINUX_SLL, "geneve and outbound") {
    private static final Pattern REFUSAL =
        Pattern.compile(
            "libpcap: (inbound/outbound|ifindex) not supported on (Ethernet|PPP) when reading"
                + " savefiles");

    @Override
    boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.ACCEPTED
          && !disagreement.linkType().equals(LinkType.ETHERNET)
          && REFUSAL.matcher(disagreement.detail()).matches();
    }
  },

  /// The labels outside of `geneve` are not forgotten inside, where a tag is refused as behind
  /// labels.
  LABELS_REMEMBERED_BEHIND_GENEVE(LinkType.ETHERNET, "mpls and geneve and vlan 100") {
    @Override
    boolean explains(Disagreement disagreement) {
      return isAccepted(disagreement, "no VLAN match after MPLS")
          && disagreement.expression().contains("geneve");
    }
  },

  /// Behind MPLS nothing says what is carried, and what is asked for besides IP and OSI is refused
  /// instead of never matching.
  REFUSAL_BEHIND_MPLS(LinkType.ETHERNET, "ip or (mpls and arp)") {
    @Override
    boolean explains(Disagreement disagreement) {
      return isAccepted(disagreement, "unsupported protocol over mpls");
    }
  },

  /// A list in parentheses that takes the qualifiers before it may not have parentheses of its own,
  /// nor go over to other primitives.
  NO_PRIMITIVES_IN_LISTS(
      LinkType.ETHERNET, "host 10.0.0.1 and ((10.0.0.2 or not not src host 10.0.0.3))") {
    private static final Pattern LIST =
        Pattern.compile(
            "\\(\\s*\\([!( not]*\\d|\\([!( not]*\\d[^()]*\\b(?!or\\b|and\\b|not\\b)[a-z]{2}");

    @Override
    boolean explains(Disagreement disagreement) {
      return isAccepted(disagreement, "can't parse filter expression: syntax error")
          && LIST.matcher(disagreement.expression()).find();
    }
  },

  /// A constant division by zero is refused only where the optimizer has left it reachable.
  UNREACHABLE_DIVISION_BY_ZERO(LinkType.ETHERNET, "not vlan and vlan and len % 98 / 183 = 1") {
    @Override
    boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.REFUSED
          && disagreement.detail().endsWith("division by zero");
    }
  };

  private final LinkType linkType;
  private final String example;

  KnownFault(LinkType linkType, String example) {
    this.linkType = linkType;
    this.example = example;
  }

  /// The link type of the example.
  LinkType linkType() {
    return linkType;
  }

  /// An expression that shows the fault.
  String example() {
    return example;
  }

  /// Whether the fault is the cause of a disagreement.
  abstract boolean explains(Disagreement disagreement);

  private static boolean isAccepted(Disagreement disagreement, String refusal) {
    return disagreement.kind() == Kind.ACCEPTED
        && disagreement.detail().equals("libpcap: " + refusal);
  }
}
