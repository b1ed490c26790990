package io.ringtap.cli.pps;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
  @ParameterizedTest
  @CsvSource({
    "5, 5, 0",
    "5, 12, 7",
    "4294967290, 4, 10", // past the end of 32 bits
    "4294967295, 0, 1",
    "1000000, 3, 3", // set back
    "4294967296, 7, 7", // no 32-bit counter
    "3000000000, 2999999999, 2999999999", // set back, to more than can be a wrap
    "9223372036854775807, 0, 0"
  })
  void isWhatWasAdded(long before, long now, long expected) {
    assertThat(Difference.of(before, now)).isEqualTo(expected);
  }

  @Test
  void comparesEachCounterWithItself() {
    InterfaceCounters before =
        new InterfaceCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
    InterfaceCounters now =
        new InterfaceCounters(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36);

    assertThat(Difference.of(before, now)).isEqualTo(before);
  }

  @Test
  void leavesUnknownWhatOneOfThemDoesNotKnow() {
    QueueCounters before = new QueueCounters(true, 3, 10, -1, 2);
    QueueCounters now = new QueueCounters(true, 3, 15, 700, -1);

    assertThat(Difference.of(before, now)).isEqualTo(new QueueCounters(true, 3, 5, -1, -1));
  }

  @Test
  void countsCpusOverTheEndOf32Bits() {
    SoftnetCounters before = new SoftnetCounters(1, 0xffff_fffeL, 1, 2, 3);
    SoftnetCounters now = new SoftnetCounters(1, 5, 1, 4, 6);

    assertThat(Difference.of(before, now)).isEqualTo(new SoftnetCounters(1, 7, 0, 2, 3));
  }
}
