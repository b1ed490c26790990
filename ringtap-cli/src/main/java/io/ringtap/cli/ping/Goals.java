package io.ringtap.cli.ping;

import io.ringtap.cli.ping.view.Target;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ends each target once it has answered so many probes, as `ping -c` does together with `-w`. Any
/// thread may use it.
final class Goals {
  private static final class Goal {
    private long left;
    private @Nullable Ping<?> ping;
  }

  private final long answers;
  private final Map<Object, Goal> goals = new ConcurrentHashMap<>();

  /// @param answers at least 1
  Goals(long answers) {
    this.answers = answers;
  }

  private Goal goal(PingRequest request) {
    return goals.computeIfAbsent(
        Target.keyOf(request),
        _ -> {
          Goal goal = new Goal();
          goal.left = answers;
          return goal;
        });
  }

  /// A target is being pinged. It may have answered already.
  void onStart(PingRequest request, Ping<?> ping) {
    Goal goal = goal(request);
    synchronized (goal) {
      goal.ping = ping;
      stopIfReached(goal);
    }
  }

  void onOutcome(PingRequest request, PingOutcome outcome) {
    if (outcome instanceof PingOutcome.Reply) {
      Goal goal = goal(request);
      synchronized (goal) {
        goal.left--;
        stopIfReached(goal);
      }
    }
  }

  private static void stopIfReached(Goal goal) {
    Ping<?> ping = goal.ping;
    if (goal.left <= 0 && ping != null) {
      ping.stop();
    }
  }

  /// Whether a target that has ended has answered less often.
  boolean isMissed(PingSummary summary) {
    return summary.counts().received() < answers;
  }
}
