package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.work.JobPolicy.Verdict;
import io.ringtap.sweep.SweepTargets;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import java.util.HashMap;
import java.util.Map;

/// A job whose caller lives. The job thread owns it.
final class LiveJob {
  private JobNotice notice;
  private final Verdict verdict;
  private final Map<Integer, AddressSpace> cells = new HashMap<>();
  private long heardNanos; // by the contact clock

  LiveJob(JobNotice notice, Verdict verdict, long nowNanos) {
    this.notice = notice;
    this.verdict = verdict;
    heardNanos = nowNanos;
  }

  JobNotice notice() {
    return notice;
  }

  Verdict verdict() {
    return verdict;
  }

  long heardNanos() {
    return heardNanos;
  }

  /// Notes that the caller lives. Only the cells may have come since the first notice: the verdict
  /// was about the task.
  ///
  /// @return whether it is the same job
  boolean hear(JobNotice again, long nowNanos) {
    if (!again.task().extent().equals(notice.task().extent())) {
      return false;
    }
    heardNanos = nowNanos;
    if (notice.cells().isEmpty()) {
      notice = notice.withCells(again.cells());
    }
    return true;
  }

  /// The addresses of a part as a set, or more.
  ///
  /// @throws IllegalArgumentException if the job has no such cell
  RangeSet extent(Assignment assignment) {
    if (assignment.cell() >= notice.cells().size()) {
      throw new IllegalArgumentException("there is no cell " + assignment.cell());
    }
    return notice.cells().get(assignment.cell());
  }

  /// The targets of a part of a sweep.
  ///
  /// @throws IllegalArgumentException if they are none, or more than a part may have
  SweepTargets targets(Assignment assignment, SweepTask task) {
    AddressSpace space =
        cells.computeIfAbsent(assignment.cell(), _ -> task.space().within(extent(assignment)));
    SweepTargets targets = targets(space, task, assignment.shard());
    if (targets.size() == 0 || targets.size() > SweepTask.MOST_TARGETS) {
      throw new IllegalArgumentException(
          "a part has 1 to " + SweepTask.MOST_TARGETS + " targets, not " + targets.size());
    }
    return targets;
  }

  private static SweepTargets targets(AddressSpace space, SweepTask task, Shard shard) {
    return task.ports().isEmpty()
        ? PermutedTargets.of(space, task.seed(), shard)
        : PermutedTargets.of(space, task.ports(), task.seed(), shard);
  }
}
