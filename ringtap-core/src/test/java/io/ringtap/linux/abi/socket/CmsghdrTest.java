package io.ringtap.linux.abi.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class CmsghdrTest {
  private final MemorySegment control = Arena.ofAuto().allocate(64, 8);

  @Test
  void takesHeaderDataAndPaddingToEightBytes() {
    assertThat(Cmsghdr.space(0)).isEqualTo(16);
    assertThat(Cmsghdr.space(1)).isEqualTo(24);
    assertThat(Cmsghdr.space(8)).isEqualTo(24);
    assertThat(Cmsghdr.space(9)).isEqualTo(32);
  }

  @Test
  void walksTheMessagesThatItWrote() {
    long second = Cmsghdr.writeInt(control, 0, NetinetIn.IPPROTO_IP, NetinetIn.IP_TTL, 64);
    long end = Cmsghdr.write(control, second, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_PKTINFO, 20);

    assertThat(Cmsghdr.level(control, 0)).isEqualTo(NetinetIn.IPPROTO_IP);
    assertThat(Cmsghdr.type(control, 0)).isEqualTo(NetinetIn.IP_TTL);
    assertThat(Cmsghdr.dataLength(control, 0)).isEqualTo(4);
    assertThat(control.get(JAVA_INT, Cmsghdr.data(0))).isEqualTo(64);
    assertThat(Cmsghdr.next(control, 0)).isEqualTo(second).isEqualTo(24);
    assertThat(Cmsghdr.isPresent(control, second, end)).isTrue();
    assertThat(Cmsghdr.type(control, second)).isEqualTo(NetinetIn.IPV6_PKTINFO);
    assertThat(Cmsghdr.dataLength(control, second)).isEqualTo(20);
    assertThat(Cmsghdr.next(control, second)).isEqualTo(end).isEqualTo(64);
    assertThat(Cmsghdr.isPresent(control, end, end)).isFalse();
  }

  @Test
  void findsNoMessageWhereTheBufferEndsTooSoon() {
    Cmsghdr.writeInt(control, 0, 1, 2, 3);

    for (long end = 0; end < 20; end++) {
      assertThat(Cmsghdr.isPresent(control, 0, end)).as("a buffer of %s bytes", end).isFalse();
    }
    assertThat(Cmsghdr.isPresent(control, 0, 20)).isTrue();
  }

  @Test
  void findsNoMessageWhoseLengthIsNoLength() {
    for (long length : new long[] {0, 15, 65, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      control.set(JAVA_LONG, 0, length);

      assertThat(Cmsghdr.isPresent(control, 0, 64)).as("a length of %s", length).isFalse();
    }
  }
}
