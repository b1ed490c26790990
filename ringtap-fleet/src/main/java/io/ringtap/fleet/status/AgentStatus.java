package io.ringtap.fleet.status;

import io.ringtap.fleet.record.AgentRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One agent.
///
/// @param said what it said last of itself
/// @param silentMillis since it said so, by the clock of this machine; by its own clock where that
///   was before this machine began to listen
/// @param shards that it has, by rising numbers
/// @param clockOffMillis how far its clock is ahead of that of this machine, or behind if negative;
///   null if that is not known yet
public record AgentStatus(
    AgentRecord said,
    State state,
    long silentMillis,
    List<Integer> shards,
    @Nullable Long clockOffMillis) {
  /// Whether it lives.
  public enum State {
    /// It was heard of lately.
    ALIVE,
    /// It has not been heard of for three of its periods, and did not say that it ends.
    SILENT,
    /// It has ended in order.
    LEFT
  }

  /// Takes a copy.
  public AgentStatus {
    shards = List.copyOf(shards);
  }
}
