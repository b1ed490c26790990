package io.ringtap.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The tests of this class open raw sockets. Without CAP_NET_RAW they are skipped with a message;
/// if the environment has `CI=true`, they run anyway and fail.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRawSockets.Condition.class)
public @interface RequiresRawSockets {
  /// Decides whether to skip the tests.
  class Condition implements ExecutionCondition {
    /// Called by JUnit.
    public Condition() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Requirement.condition(context.getDisplayName(), Requirement.missingForRawSockets());
    }
  }
}
