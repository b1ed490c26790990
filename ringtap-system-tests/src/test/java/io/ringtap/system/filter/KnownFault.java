package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;
import io.ringtap.system.filter.Disagreement.Verdict;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/// Where libpcap takes a filter and makes a wrong program of it.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum KnownFault implements KnownDifference {
  /// After `geneve` in one alternative, later primitives read an offset that is computed only if
  /// the packet took that alternative. The kernel refuses such a program.
  OFFSET_NEVER_COMPUTED(LinkType.ETHERNET, "geneve or (ip proto 51 and pim[0] < 64)") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.NO_JUDGE
          && (disagreement.expression().contains("geneve")
              || AcceptedBeyondLibpcap.isWlan(disagreement.linkType()))
          && disagreement.detail().contains("may not have been written before");
    }
  },

  /// On 802.11 the words of scratch memory that have the places of headers are given to numbers,
  /// too, so that arithmetic overwrites them.
  PLACES_OVERWRITTEN_BY_ARITHMETIC(LinkType.IEEE802_11, "link[13] > 0 or not ip") {
    @Override
    public boolean explains(Disagreement disagreement) {
      return disagreement.kind() == Kind.VERDICT
          && AcceptedBeyondLibpcap.isWlan(disagreement.linkType())
          && ARITHMETIC.matcher(disagreement.expression()).find();
    }
  },

  /// What holds for every frame is tested nevertheless, so that a packet is dropped whose frame
  /// begins, as its header of AVS says, far beyond its end.
  TESTS_OF_WHAT_ALWAYS_HOLDS(
      LinkType.IEEE802_11_RADIO_AVS, "less 7 and ether proto (0x6007 or not 0x6007)") {
    @Override
    public boolean explains(Disagreement disagreement) {
      Verdict verdict = disagreement.verdict();
      boolean hasAvs =
          disagreement.linkType().equals(LinkType.IEEE802_11_RADIO_AVS)
              || disagreement.linkType().equals(LinkType.PRISM_HEADER);
      return disagreement.kind() == Kind.VERDICT
          && hasAvs
          && verdict != null
          && verdict.given() != 0
          && isBeyond(verdict.packet());
    }

    private static boolean isBeyond(TestPacket packet) {
      ByteBuffer bytes = packet.bytes().asByteBuffer();
      return bytes.remaining() < 8 || Integer.toUnsignedLong(bytes.getInt(4)) > bytes.remaining();
    }
  },

  /// `protochain` goes after an authentication header by setting the offset to the header's length
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

  private static final Pattern ARITHMETIC = Pattern.compile("\\[|\\blen\\b|<<|>>|[<>=]");

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
