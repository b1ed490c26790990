package io.ringtap.fleet.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the changes of a plan.
///
/// @param states of each change, in the order of the plan
/// @param why the first thing that went wrong, in words on one line; null if nothing did
public record Outcome(List<State> states, @Nullable String why) {
  /// What became of a change.
  public enum State {
    /// All in-sync replicas of the topic have it.
    WRITTEN,
    /// It was sent, and whether the topic has it is not known.
    UNCONFIRMED,
    /// The topic does not have it.
    NOT_WRITTEN
  }

  /// How many changes are in a state.
  public long count(State state) {
    return states.stream().filter(state::equals).count();
  }
}
