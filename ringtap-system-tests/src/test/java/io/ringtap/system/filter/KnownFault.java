package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;
import io.ringtap.system.filter.Disagreement.Verdict;
import java.util.List;

/// Where libpcap takes a filter and makes a wrong program of it.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum KnownFault implements KnownDifference {
  /// Behind `geneve` in one alternative, later primitives read an offset that is computed only if
  /// the packet took that alternative. The kernel refuses such a program.
  OFFSET_NEVER_COMPUTED(LinkType.ETHERNET, "geneve or (ip proto 51 and pim[0] < 64)") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.NO_JUDGE
          && disagreement.expression().contains("geneve")
          && disagreement.detail().contains("may not have been written before");
    }
  },

  /// `protochain` goes behind an authentication header by setting the offset to the header's length
  /// instead of adding it. With that mended, its programs agree with ours.
  AUTHENTICATION_HEADER_NOT_ADDED(LinkType.IPV6, "ip6 protochain 17") {
    @Override
    public boolean explains(Disagreement disagreement) {
      Verdict verdict = disagreement.verdict();
      if (disagreement.kind() != Kind.VERDICT || verdict == null) {
        return false;
      }
      List<BpfProgram> mended =
          verdict.judges().stream().map(AuthenticationHeaders::mended).toList();
      return !mended.equals(verdict.judges())
          && Agreement.isRight(verdict.given(), verdict.packet(), mended);
    }
  };

  private final LinkType linkType;
  private final String example;

  KnownFault(LinkType linkType, String example) {
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
}
