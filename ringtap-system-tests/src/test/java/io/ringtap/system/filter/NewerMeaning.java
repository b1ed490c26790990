package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;
import java.util.regex.Pattern;

/// What libpcap 1.10.3 makes of a filter and a later libpcap means otherwise: there we follow the
/// newest.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum NewerMeaning implements KnownDifference {
  /// `ip multicast` is 224.0.0.0/4. It was all from 224.0.0.0 on, broadcast included.
  MULTICAST_OF_FOUR_BITS(LinkType.ETHERNET, "ip multicast") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return isVerdict(disagreement, "ip multicast");
    }
  },

  /// The type of an IS-IS PDU has five bits, and those before it are reserved.
  ISIS_TYPE_OF_FIVE_BITS(LinkType.ETHERNET, "isis proto 16") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return isVerdict(disagreement, "isis proto|\\b(l1|l2|iih|lsp|c?snp|psnp)\\b");
    }
  },

  /// Numbers that a field has no room for are refused.
  NUMBER_OUT_OF_RANGE(LinkType.ETHERNET, "ip proto 256 or isis proto 32") {
    private static final Pattern REFUSAL =
        Pattern.compile(
            ".*: a (protocol number|type of IS-IS|protocol of a link layer) is 0 to .*"
                + "|.*: a service access point is 0 to 255 .*");

    @Override
    public boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.REFUSED
          && REFUSAL.matcher(disagreement.detail()).matches();
    }
  },

  /// A DECnet address is written with its dot.
  DECNET_ADDRESS_WITHOUT_A_DOT(LinkType.ETHERNET, "decnet host 1026") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.REFUSED
          && disagreement.detail().contains("a DECnet address is an area");
    }
  },

  /// `byte I & N` and `byte I | N` compared what happened to be in the register.
  BYTE_THAT_WAS_NOT_LOADED(LinkType.ETHERNET, "byte 0 & 1") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return isVerdict(disagreement, "byte \\d+ [&|]");
    }
  };

  private final LinkType linkType;
  private final String example;

  NewerMeaning(LinkType linkType, String example) {
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

  private static boolean isVerdict(Disagreement disagreement, String pattern) {
    return disagreement.kind() == Kind.VERDICT
        && Pattern.compile(pattern).matcher(disagreement.expression()).find();
  }
}
