package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class LinuxSllTest {
  private final HeaderClaims first =
      new HeaderClaims("Linux cooked header", LinuxSll::isWhole, LinuxSll::check);
  private final HeaderClaims second =
      new HeaderClaims("Linux cooked header", LinuxSll2::isWhole, LinuxSll2::check);

  @Test
  void readsTheFirstVersion() {
    MemorySegment frame = Frames.hex("0004 0001 0006 0200000000010000 0800");

    assertThat(LinuxSll.packetType(frame, 0)).isEqualTo(LinuxSll.OUTGOING);
    assertThat(LinuxSll.hardwareType(frame, 0)).isEqualTo(1);
    assertThat(LinuxSll.addressLength(frame, 0)).isEqualTo(6);
    assertThat(LinuxSll.address(frame, 0)).isEqualTo(0x0200_0000_0001_0000L);
    assertThat(LinuxSll.protocol(frame, 0)).isEqualTo(EtherType.IPV4);
  }

  @Test
  void readsTheSecondVersion() {
    MemorySegment frame = Frames.hex("86dd 0000 00000007 0304 02 06 0200000000010000");

    assertThat(LinuxSll2.protocol(frame, 0)).isEqualTo(EtherType.IPV6);
    assertThat(LinuxSll2.interfaceIndex(frame, 0)).isEqualTo(7);
    assertThat(LinuxSll2.hardwareType(frame, 0)).isEqualTo(772);
    assertThat(LinuxSll2.packetType(frame, 0)).isEqualTo(LinuxSll.MULTICAST);
    assertThat(LinuxSll2.addressLength(frame, 0)).isEqualTo(6);
    assertThat(LinuxSll2.address(frame, 0)).isEqualTo(0x0200_0000_0001_0000L);
  }

  @Test
  void writesBothVersions() {
    MemorySegment one = Frames.hex("ff".repeat(LinuxSll.BYTES));
    MemorySegment two = Frames.hex("ff".repeat(LinuxSll2.BYTES));

    LinuxSll.write(one, 0, 4, 1, 6, 0x0200_0000_0001_0000L, 0x0800);
    LinuxSll2.write(two, 0, 0x86DD, 7, 772, 2, 6, 0x0200_0000_0001_0000L);

    assertThat(one.mismatch(Frames.hex("0004 0001 0006 0200000000010000 0800"))).isEqualTo(-1);
    assertThat(two.mismatch(Frames.hex("86dd 0000 00000007 0304 02 06 0200000000010000")))
        .isEqualTo(-1);
  }

  @Test
  @Randomized
  void readsWhatItWroteAtAnyOffset() {
    Property.forAll(random -> {
      int offset = random.nextInt(32);
      int index = random.nextInt();
      long address = random.nextLong();
      MemorySegment frame = Frames.random(random, offset + LinuxSll2.BYTES);

      LinuxSll2.write(frame, offset, 0x0806, index, 1, 3, 8, address);

      assertThat(LinuxSll2.interfaceIndex(frame, offset)).isEqualTo(index);
      assertThat(LinuxSll2.address(frame, offset)).isEqualTo(address);
      assertThat(LinuxSll2.packetType(frame, offset)).isEqualTo(LinuxSll.OTHERHOST);
    });
  }

  @Test
  @Randomized
  void refusesEveryTruncation() {
    first.refusesEveryTruncation(LinuxSll.BYTES, (_, _, _) -> {});
    second.refusesEveryTruncation(LinuxSll2.BYTES, (_, _, _) -> {});
  }
}
