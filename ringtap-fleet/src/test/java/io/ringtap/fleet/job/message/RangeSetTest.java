package io.ringtap.fleet.job.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpRange;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RangeSetTest {
  private static RangeSet set(String... ranges) {
    return RangeSet.of(Arrays.stream(ranges).map(IpRange::parse).toList());
  }

  @Test
  void mergesWhatOverlapsOrTouches() {
    assertThat(set("10.0.0.128/25", "10.0.0.0/25", "10.0.0.7", "::1", "::2"))
        .isEqualTo(set("10.0.0.0/24", "::1-::2"));
    assertThat(set("0.0.0.0/0", "::/0")).isEqualTo(RangeSet.ALL);
  }

  @Test
  void addsUpWithItsComplement() {
    RangeSet some = set("0.0.0.0/8", "10.0.0.0/8", "255.255.255.255", "fd00::/8", "::");

    RangeSet others = some.complement();

    assertThat(some.and(others)).isEqualTo(RangeSet.NONE);
    assertThat(others.complement()).isEqualTo(some);
    assertThat(RangeSet.ALL.complement()).isEqualTo(RangeSet.NONE);
    assertThat(RangeSet.NONE.complement()).isEqualTo(RangeSet.ALL);
  }

  @Test
  void knowsWhatIsInBothAndWhatIsMissing() {
    RangeSet allowed = set("10.0.0.0/8", "192.0.2.0/24");
    RangeSet wanted = set("10.255.0.0-11.0.0.255", "192.0.2.7");

    assertThat(allowed.and(wanted)).isEqualTo(set("10.255.0.0/16", "192.0.2.7"));
    assertThat(wanted.minus(allowed)).isEqualTo(set("11.0.0.0/24"));
    assertThat(allowed.hasAll(wanted)).isFalse();
    assertThat(allowed.hasAll(set("192.0.2.1-192.0.2.9"))).isTrue();
    assertThat(set("192.0.2.7", "10.0.0.0/31")).hasToString("10.0.0.0-10.0.0.1, 192.0.2.7");
  }
}
