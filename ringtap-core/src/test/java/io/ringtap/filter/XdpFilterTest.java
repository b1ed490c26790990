package io.ringtap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ebpf.XdpAction;
import io.ringtap.packet.LinkType;
import org.junit.jupiter.api.Test;

/// The programs that are made; whether they are right is asked of the kernel, in the system tests.
class XdpFilterTest {
  private static String listing(String expression) {
    return XdpFilter.compile(expression, FilterOptions.of(LinkType.ETHERNET))
        .program(XdpAction.PASS, XdpAction.DROP)
        .toListing();
  }

  /// One comparison with the end stands for the first two loads, which every match needs.
  @Test
  void comparesWithTheEndOfTheFrameOnce() {
    assertThat(listing("ip host 10.0.0.1"))
        .isEqualTo(
            """
              0: (61) r2 = *(u32 *)(r1 +0)
              1: (61) r3 = *(u32 *)(r1 +4)
              2: (bf) r4 = r2
              3: (07) r4 += 30
              4: (2d) if r4 > r3 goto pc+15 <miss>
              5: (69) r0 = *(u16 *)(r2 +12)
              6: (dc) r0 = be16 r0
              7: (56) if w0 != 0x800 goto pc+12 <miss>
              8: (61) r0 = *(u32 *)(r2 +26)
              9: (dc) r0 = be32 r0
             10: (16) if w0 == 0xa000001 goto pc+6 <filter.1.6>
             11: (bf) r4 = r2
             12: (07) r4 += 34
             13: (2d) if r4 > r3 goto pc+6 <miss>
             14: (61) r0 = *(u32 *)(r2 +30)
             15: (dc) r0 = be32 r0
             16: (56) if w0 != 0xa000001 goto pc+3 <miss>
            filter.1.6:
             17: (b4) w0 = 262144
            match:
             18: (b7) r0 = 2
             19: (95) exit
            miss:
             20: (b7) r0 = 1
             21: (95) exit\
            """);
  }

  /// A computed index is compared with what the verifier follows, and with the end.
  @Test
  void comparesComputedIndexes() {
    assertThat(listing("ip[ip[0]] = 9"))
        .contains(
            """
             10: (bc) w4 = w1
             11: (04) w4 += 14
             12: (25) if r4 > 0xfffb goto pc+9 <miss>
             13: (0f) r4 += r2
             14: (bf) r0 = r4
             15: (07) r0 += 1
             16: (2d) if r0 > r3 goto pc+5 <miss>
             17: (71) r0 = *(u8 *)(r4 +0)
            """);
  }

  @Test
  void looksUpSmallNumbersInBits() {
    assertThat(listing("ether[0] = 1 or ether[0] = 3 or ether[0] = 5"))
        .contains("if r0 > 0x3f goto", "r4 = 0x2a\n", "r4 >>= r0\n");
  }
}
