package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""          | 0
          0           | 1
          0-3,8       | 10f
          31          | 80000000
          32          | 1,00000000
          0-63        | ffffffff,ffffffff
          1,33,64-65  | 3,00000002,00000002
          127         | 80000000,00000000,00000000,00000000
          """)
  void readsAndWritesListsAndMasks(String list, String mask) {
    assertThat(CpuSet.parseList(list).toMask()).isEqualTo(mask);
    assertThat(CpuSet.parseMask(mask).toList()).isEqualTo(list);
  }

  @Test
  void readsWhatTheKernelPads() {
    assertThat(CpuSet.parseMask("00000000,00000003\n")).isEqualTo(CpuSet.of(0, 1));
    assertThat(CpuSet.parseMask("00")).isEqualTo(CpuSet.NONE);
    assertThat(CpuSet.parseList("\n")).isEqualTo(CpuSet.NONE);
  }

  @Test
  void keepsTheOrderOfAList() {
    assertThat(CpuSet.numbersOf("3")).containsExactly(3);
    assertThat(CpuSet.numbersOf("4-6,0,2")).containsExactly(4, 5, 6, 0, 2);
    assertThat(CpuSet.numbersOf("1,0-1")).containsExactly(1, 0, 1);
  }

  @Test
  void bringsBackAnySet() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      int cpus = 1 + random.nextInt(300);
      double density = random.nextDouble();
      CpuSet set =
          CpuSet.of(IntStream.range(0, cpus).filter(_ -> random.nextDouble() < density).toArray());

      assertThat(CpuSet.parseList(set.toList())).isEqualTo(set);
      assertThat(CpuSet.parseMask(set.toMask())).isEqualTo(set);
      assertThat(CpuSet.of(set.numbers())).isEqualTo(set).hasSameHashCodeAs(set);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1-",
        "-1",
        "3-1",
        "1,,2",
        "0-99999999",
        "1 2",
        ",",
        "1,",
        "1-2-3",
        "9999999999",
        "8192"
      })
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> CpuSet.parseList(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a list of CPUs: '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "1,", "123456789", "-1"})
  void refusesWhatIsNoMask(String text) {
    assertThatThrownBy(() -> CpuSet.parseMask(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a mask of CPUs: '" + text + "'");
  }
}
