package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class VlanTagTest {
  private final HeaderClaims claims =
      new HeaderClaims("VLAN tag", VlanTag::isWhole, VlanTag::check);

  @Test
  void readsTheBytesOfATag() {
    MemorySegment frame = Frames.hex("b064 0800");

    assertThat(VlanTag.priority(frame, 0)).isEqualTo(5);
    assertThat(VlanTag.isDropEligible(frame, 0)).isTrue();
    assertThat(VlanTag.id(frame, 0)).isEqualTo(100);
    assertThat(VlanTag.etherType(frame, 0)).isEqualTo(EtherType.IPV4);
    assertThat(VlanTag.controlInformation(frame, 0)).isEqualTo(0xB064);
  }

  @Test
  @Randomized
  void readsWhatItWrote() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int priority = random.nextInt(8);
      boolean isDropEligible = random.nextBoolean();
      int id = random.nextInt(4096);
      int etherType = random.nextInt(1 << 16);
      MemorySegment frame = Frames.random(random, offset + VlanTag.BYTES);

      VlanTag.write(frame, offset, priority, isDropEligible, id, etherType);

      assertThat(VlanTag.priority(frame, offset)).isEqualTo(priority);
      assertThat(VlanTag.isDropEligible(frame, offset)).isEqualTo(isDropEligible);
      assertThat(VlanTag.id(frame, offset)).isEqualTo(id);
      assertThat(VlanTag.etherType(frame, offset)).isEqualTo(etherType);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    claims.refusesEveryTruncation(VlanTag.BYTES, (_, _, _) -> {});
  }
}
