package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class Ipv6ExtensionTest {
  private final HeaderClaims options =
      new HeaderClaims(
          "IPv6 extension header",
          (frame, offset, end) -> Ipv6Extension.isWhole(frame, offset, end, IpProtocol.HOP_BY_HOP),
          (frame, offset, end) -> Ipv6Extension.check(frame, offset, end, IpProtocol.HOP_BY_HOP));

  @Test
  void readsAFragmentHeader() {
    MemorySegment frame = Frames.hex("11ff 0019 00000007");

    assertThat(Ipv6Extension.nextHeader(frame, 0)).isEqualTo(IpProtocol.UDP);
    assertThat(Ipv6Extension.length(frame, 0, IpProtocol.FRAGMENT)).isEqualTo(8);
    assertThat(Ipv6Extension.fragmentOffset(frame, 0)).isEqualTo(24);
    assertThat(Ipv6Extension.moreFragments(frame, 0)).isTrue();
    assertThat(Ipv6Extension.identification(frame, 0)).isEqualTo(7);
  }

  @Test
  void countsAnAuthenticationHeaderByFour() {
    MemorySegment frame = Frames.hex("0604");

    assertThat(Ipv6Extension.length(frame, 0, IpProtocol.AH)).isEqualTo(24);
    assertThat(Ipv6Extension.length(frame, 0, IpProtocol.ROUTING)).isEqualTo(40);
  }

  @Test
  void tellsExtensionHeadersFromTransports() {
    assertThat(Ipv6Extension.isOne(IpProtocol.ROUTING)).isTrue();
    assertThat(Ipv6Extension.isOne(IpProtocol.TCP)).isFalse();
    assertThat(Ipv6Extension.isOne(IpProtocol.ESP)).isFalse();
    assertThat(Ipv6Extension.isOne(IpProtocol.NO_NEXT_HEADER)).isFalse();
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    options.refusesEveryTruncation(
        24, (_, frame, offset) -> NetworkOrder.unsignedByte(frame, offset + 1, 2));
  }
}
