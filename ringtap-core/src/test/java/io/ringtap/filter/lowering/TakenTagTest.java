package io.ringtap.filter.lowering;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.graph.ConditionEvaluator;
import io.ringtap.packet.LinkType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakenTagTest {
  private static final int TAG = 0x2005;
  private static final int TPID = 0x88A8;

  @ParameterizedTest
  @CsvSource({"1, 12, 14", "113, 14, 16", "276, 0, 20"})
  void loadsTheOctetsOfTheWholePacket(int linkType, int typeAt, int tagAt) {
    TakenTag tag = requireNonNull(TakenTag.of(new LinkType(linkType)));
    byte[] shown = new byte[40];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = (byte) (0x80 + i);
    }
    byte[] whole = new byte[44];
    System.arraycopy(shown, 0, whole, 0, tagAt);
    System.arraycopy(shown, tagAt, whole, tagAt + 4, shown.length - tagAt);
    whole[tagAt + 2] = shown[typeAt];
    whole[tagAt + 3] = shown[typeAt + 1];
    whole[typeAt] = (byte) (TPID >>> 8);
    whole[typeAt + 1] = (byte) TPID;
    whole[tagAt] = (byte) (TAG >>> 8);
    whole[tagAt + 1] = (byte) TAG;

    for (int width = 1; width <= 4; width *= 2) {
      for (int at = 0; at + width <= whole.length; at++) {
        int expected = 0;
        for (int i = at; i < at + width; i++) {
          expected = (expected << 8) | (whole[i] & 0xFF);
        }

        Value value = tag.load(width, at);

        assertThat(
                ConditionEvaluator.accepts(
                    Conditions.equal(value, expected),
                    shown,
                    shown.length,
                    field -> field == AncillaryField.VLAN_TPID ? TPID : TAG))
            .as("%d bytes at %d", width, at)
            .isTrue();
      }
    }
  }
}
