package io.ringtap.lab.experiment.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UsableCpusTest {
  @Test
  void readsNumbersAndRanges() {
    assertThat(UsableCpus.parse("0")).containsExactly(0);
    assertThat(UsableCpus.parse("1-3,8,10-11")).containsExactly(1, 2, 3, 8, 10, 11);
  }

  @Test
  void findsAsManyAsTheJvmMayUse() throws IOException {
    assertThat(UsableCpus.read())
        .hasSizeGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
