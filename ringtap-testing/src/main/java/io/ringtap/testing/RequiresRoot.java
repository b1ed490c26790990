package io.ringtap.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The tests of this class make network namespaces. Without root or /dev/net/tun they are skipped
/// with a word about it; where the environment says `CI=true` they run all the same, and fail.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRoot.Condition.class)
public @interface RequiresRoot {
  /// Decides.
  class Condition implements ExecutionCondition {
    /// Called by JUnit.
    public Condition() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = missing();
      if (missing.isEmpty() || "true".equals(System.getenv("CI"))) {
        return ConditionEvaluationResult.enabled("root and /dev/net/tun, or CI");
      }
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }

    private static String missing() {
      if (!"root".equals(System.getProperty("user.name"))) {
        return "needs root (CAP_SYS_ADMIN and CAP_NET_ADMIN)";
      }
      return Files.exists(Path.of("/dev/net/tun")) ? "" : "needs /dev/net/tun";
    }
  }
}
