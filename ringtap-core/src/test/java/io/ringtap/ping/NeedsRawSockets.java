package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips tests, with a reason, where the process may not open raw sockets. In CI, which grants
/// that, they run and fail.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRawSockets.Condition.class)
@interface NeedsRawSockets {
  /// Tries it.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if ("true".equals(System.getenv("CI"))) {
        return ConditionEvaluationResult.enabled("CI must be able to run it");
      }
      try (Pinger _ = Pinger.open(PingerOptions.DEFAULT.withTransport(Transport.RAW))) {
        return ConditionEvaluationResult.enabled("raw sockets can be opened");
      } catch (IOException e) {
        if (e instanceof LinuxException refusal && refusal.errno().equals(Errno.EPERM)) {
          return ConditionEvaluationResult.disabled(e.getMessage());
        }
        throw new IllegalStateException(e);
      }
    }
  }
}
