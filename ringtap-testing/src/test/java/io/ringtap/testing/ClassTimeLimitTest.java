package io.ringtap.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ClassTimeLimitTest {
  private static final String RUN = "io.ringtap.testing.runSlowClass";

  /// Runs only inside the tests below: each method is quick, and both together are not.
  static class Slow {
    private static final int MILLIS = 700;

    @Test
    @EnabledIfSystemProperty(named = RUN, matches = "true")
    void one() throws InterruptedException {
      Thread.sleep(MILLIS); // the time itself is what is tested
    }

    @Test
    @EnabledIfSystemProperty(named = RUN, matches = "true")
    void other() throws InterruptedException {
      Thread.sleep(MILLIS);
    }
  }

  @Test
  void failsAClassWhoseMethodsTogetherTakeTooLong() {
    assertThat(failuresWithin(1)).singleElement().asString().contains("Slow took ");
  }

  @Test
  void leavesAClassAloneThatKeepsItsTime() {
    assertThat(failuresWithin(600)).isEmpty();
  }

  private static List<String> failuresWithin(int seconds) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(Slow.class))
            .configurationParameter(ClassTimeLimit.LIMIT, Integer.toString(seconds))
            .build();
    List<String> failures = new ArrayList<>();
    System.setProperty(RUN, "true");
    try {
      LauncherFactory.create()
          .execute(
              request,
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  result.getThrowable().ifPresent(failure -> failures.add(failure.getMessage()));
                }
              });
    } finally {
      System.clearProperty(RUN);
    }
    return failures;
  }
}
