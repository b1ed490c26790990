package io.ringtap.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.cli.run.BadArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {
  @Test
  void readsNumbersAndRangesInTheirOrder() throws BadArgument {
    assertThat(CpuList.parse("3")).containsExactly(3);
    assertThat(CpuList.parse("4-6,0,2")).containsExactly(4, 5, 6, 0, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1,", "-1", "1-", "2-1", "a", "1-2-3", "9999999999", "8192"})
  void refusesWhatIsNoList(String text) {
    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> CpuList.parse(text))
        .withMessage("--cpus '" + text + "' is no list of CPUs, such as 0,2-3");
  }
}
