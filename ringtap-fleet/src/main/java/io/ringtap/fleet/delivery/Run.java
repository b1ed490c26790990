package io.ringtap.fleet.delivery;

import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Topics;

/// One run of an agent, which numbers all that it delivers.
///
/// @param site where the agent is
/// @param agent its name
/// @param number when it was started, in milliseconds since the epoch
/// @param topics of its fleet
record Run(String site, String agent, long number, Topics topics) {
  /// @param generation in which the agent had the target; 0 of what is not about one
  Origin origin(long sequence, int generation) {
    return new Origin(site, agent, number, sequence, generation);
  }

  /// What stands in the place of results that are lost.
  Outgoing gap(long first, long last) {
    GapRecord gap = new GapRecord(origin(first, 0), last);
    return new Outgoing(topics.results(), gap.key(), gap.encode(), first, last, true);
  }
}
