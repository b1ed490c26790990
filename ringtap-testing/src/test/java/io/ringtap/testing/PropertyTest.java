package io.ringtap.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class PropertyTest {
  @Test
  @ExtendWith(Randomized.Extension.class) // without @Randomized, because it must not be explored
  void namesTheSeedThatMakesTheFailingCaseAgain() {
    AtomicLong failing = new AtomicLong();

    AssertionError error =
        catchThrowableOfType(
            AssertionError.class,
            () ->
                Property.forAll(random -> {
                  failing.set(random.nextLong());
                  throw new IllegalStateException("broken");
                }));

    String seed =
        String.valueOf(error.getMessage()).replaceAll("(?s).*-Dproperty\\.seed=(-?\\d+) .*", "$1");
    assertThat(new SplittableRandom(Long.parseLong(seed)).nextLong()).isEqualTo(failing.get());
    assertThat(error)
        .hasMessageContaining("broken")
        .hasMessageContaining(
            "-pl ringtap-testing -am -Dtest='io.ringtap.testing.PropertyTest#namesTheSeed")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  @ExtendWith(Randomized.Extension.class)
  void triesTheSameCasesInEveryRun() {
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();

    Property.forAll(5, random -> first.add(random.nextLong()));
    Property.forAll(5, random -> second.add(random.nextLong()));

    assertThat(first).doesNotHaveDuplicates().hasSize(5).isEqualTo(second);
  }

  @Test
  void isForMarkedTestsOnly() {
    assertThatThrownBy(() -> Property.forAll(_ -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@Randomized");
  }
}
