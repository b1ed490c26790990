package io.ringtap.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Marks a test that tries random cases with [Property]. `./dev explore` runs all tests with this
/// mark.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("randomized")
@ExtendWith(Randomized.Extension.class)
public @interface Randomized {
  /// Its share of the time of an exploration, relative to other tests.
  int share() default 1;

  /// Knows which test is running.
  final class Extension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    private static final ThreadLocal<@Nullable Running> RUNNING = new ThreadLocal<>();

    /// A test.
    record Running(String testClass, String method, int share) {
      String name() {
        return testClass.substring(testClass.lastIndexOf('.') + 1) + "." + method;
      }

      /// The command that repeats one case, from the project's directory.
      String command(long seed) {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getFileName();
        return "./dev -B -pl %s -am -Dtest='%s#%s' -Dsurefire.failIfNoSpecifiedTests=false -Dproperty.seed=%d test"
            .formatted(module, testClass, method, seed);
      }
    }

    /// Called by JUnit.
    public Extension() {}

    /// The test that runs on this thread.
    static Running running() {
      Running running = RUNNING.get();
      if (running == null) {
        throw new IllegalStateException("Property is for tests that are marked @Randomized");
      }
      return running;
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
      String method = context.getRequiredTestMethod().getName();
      @Nullable Randomized mark = context.getRequiredTestMethod().getAnnotation(Randomized.class);
      String testClass = context.getRequiredTestClass().getName();
      RUNNING.set(new Running(testClass, method, mark == null ? 1 : mark.share()));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
      RUNNING.remove();
    }
  }
}
