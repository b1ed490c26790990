package io.ringtap.cli.fleet;

import io.ringtap.fleet.plan.Outcome;
import io.ringtap.fleet.plan.Plan;
import org.jspecify.annotations.Nullable;

/// Shows what is to be changed, and what became of it.
interface ApplyReport {
  /// Where a plan is written to.
  ///
  /// @param topic its name
  /// @param shards how many partitions it has, or is to get
  /// @param isNew whether it is not there yet
  record Place(String topic, int shards, boolean isNew) {}

  /// Shows what is to be changed, before anything is written.
  void plan(Plan plan, Place place);

  /// Shows the end.
  ///
  /// @param outcome null if nothing was to be written
  void end(Plan plan, Place place, @Nullable Outcome outcome);
}
