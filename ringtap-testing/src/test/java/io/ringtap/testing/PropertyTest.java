package io.ringtap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PropertyTest {

  @Test
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

    String seed = error.getMessage().replaceAll(".*prop\\.seed=(-?\\d+) .*", "$1");
    assertThat(new SplittableRandom(Long.parseLong(seed)).nextLong()).isEqualTo(failing.get());
    assertThat(error)
        .hasMessageContaining("broken")
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
