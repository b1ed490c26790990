package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopRecordTest {
  private static final IpAddress FIRST = IpAddress.parse("10.0.0.1");
  private static final IpAddress SECOND = IpAddress.parse("10.0.0.2");

  private static HopRecord in(String options) {
    return HopRecord.in(HexFormat.of().parseHex(options));
  }

  @Test
  void readsTheAddressesUpToThePointer() {
    assertThat(in("01070f0c0a0000010a00000200000000").hops())
        .containsExactly(new RecordedHop(FIRST, 0), new RecordedHop(SECOND, 0));
  }

  @Test
  void readsTimes() {
    assertThat(in("440c0d00000000010000000200000000").hops())
        .containsExactly(new RecordedHop(null, 1), new RecordedHop(null, 2));
  }

  @Test
  void readsAddressesAndTimes() {
    assertThat(in("440c0d010a000001800000ff").hops())
        .containsExactly(new RecordedHop(FIRST, 0x800000ff));
  }

  /// RFC 791 §3.1, "overflow": four bits before those of the kind.
  @Test
  void countsTheHopsForWhichThereWasNoRoom() {
    HopRecord full = in("440c0df10a0000010000000100000000");
    HopRecord empty = in("44040520");

    assertThat(full.unrecorded()).isEqualTo(15);
    assertThat(full.hops()).hasSize(1);
    assertThat(empty.unrecorded()).isEqualTo(2);
    assertThat(empty.hops()).isEmpty();
    assertThat(empty.isEmpty()).isFalse();
    assertThat(in("01070f0c0a0000010a00000200000000").unrecorded()).isZero();
  }

  @Test
  void readsPastOtherOptions() {
    assertThat(in("94040000" + "0107070800" + "00000000").hops())
        .as("a router alert, then one address")
        .hasSize(1);
  }

  /// Cut short, too short, too long for the header, a pointer to nowhere, behind the end, empty.
  @ParameterizedTest
  @ValueSource(strings = {"07", "0701", "07270801020304", "070300", "00070b080a000001", ""})
  void findsNoHopsInWhatIsNoRecord(String options) {
    assertThat(in(options)).isEqualTo(HopRecord.NONE);
  }
}
