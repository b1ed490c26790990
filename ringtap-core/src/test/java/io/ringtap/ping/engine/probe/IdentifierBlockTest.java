package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierBlockTest {

  @ParameterizedTest
  @CsvSource({"1024, 0", "65536, 0", "131072, 1", "262144, 2", "16777216, 8"})
  void isAlignedAndHasAnIdentityForEachProbe(int probes, int bits) {
    IdentifierBlock block = IdentifierBlock.random(probes);

    assertThat(block.bits()).isEqualTo(bits);
    assertThat(block.base()).isBetween(0, 0xffff);
    assertThat(block.base() & ~block.mask()).isZero();
    assertThat(block.mask()).isEqualTo(0x10000 - (1 << bits));
  }

  @Test
  void findsEachProbeByItsIdentity() {
    IdentifierBlock block = new IdentifierBlock(0xabc8, 3);

    for (int probe = 0; probe < 8 << 16; probe += 77) {
      int identifier = block.identifier(probe);
      assertThat(identifier & block.mask()).isEqualTo(block.base());
      assertThat(block.probe(identifier, IdentifierBlock.sequence(probe))).isEqualTo(probe);
    }
  }

  @Test
  void givesAdjacentProbesAcrossASequenceWrapDifferentIdentifiers() {
    IdentifierBlock block = new IdentifierBlock(0x0100, 1);

    assertThat(block.identifier(0xffff)).isEqualTo(0x0100);
    assertThat(block.identifier(0x10000)).isEqualTo(0x0101);
    assertThat(IdentifierBlock.sequence(0x10000)).isZero();
  }

  @Test
  void knowsForeignIdentifiers() {
    IdentifierBlock block = new IdentifierBlock(0xabc8, 3);

    assertThat(block.probe(0xabc7, 0)).isEqualTo(-1);
    assertThat(block.probe(0xabd0, 0)).isEqualTo(-1);
    assertThat(block.probe(0x2bc8, 0)).isEqualTo(-1);
    assertThat(block.probe(0xabcf, 0xffff)).isEqualTo((8 << 16) - 1);
  }

  @Test
  void aBlockOfAllIdentifiersFitsTheTop() {
    IdentifierBlock block = new IdentifierBlock(0xff00, 8);

    assertThat(block.identifier(IdentifierBlock.MAX_PROBES - 1)).isEqualTo(0xffff);
    assertThat(block.probe(0xffff, 0xffff)).isEqualTo(IdentifierBlock.MAX_PROBES - 1);
  }
}
