package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.Part;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.sweep.space.AddressSpace;
import java.util.ArrayList;
import java.util.List;

/// Divides the cells of a sweep into parts: so large that the wait for the last answers of each
/// weighs little, so small that what is lost with an agent is little, and more than there are
/// agents.
final class SweepDivision {
  private static final double SECONDS = 5;
  private static final long FEWEST_TARGETS = 256;
  private static final long PARTS_PER_AGENT = 2;

  private final SweepTask task;
  private final Crew crew;
  private final long targetsPerPart;

  /// @param rate probes a second of all agents together
  SweepDivision(SweepTask task, double rate, Crew crew) {
    this.task = task;
    this.crew = crew;
    double each = rate / Math.max(1, crew.willing().size());
    double targets = each * SECONDS / task.options().schedule().probes();
    targetsPerPart = Math.clamp((long) targets, FEWEST_TARGETS, SweepTask.MOST_TARGETS);
  }

  List<CellParts> divide(List<RangeSet> sets) {
    List<CellParts> cells = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < sets.size(); i++) {
      AddressSpace space = task.space().within(sets.get(i));
      long targets = space.size() * Math.max(1, task.ports().size());
      if (targets > 0) {
        int parts = parts(targets, sets.get(i));
        cells.add(new CellParts(i, sets.get(i), space, task, first, parts));
        first += parts;
      }
    }
    return cells;
  }

  private int parts(long targets, RangeSet set) {
    long agents = crew.willing().stream().filter(member -> member.isAllowed(set)).count();
    long bySize = (targets + targetsPerPart - 1) / targetsPerPart;
    long byAgents = Math.min(agents * PARTS_PER_AGENT, targets / FEWEST_TARGETS);
    return (int) Math.min(Part.MOST / 2, Math.max(1, Math.max(bySize, byAgents)));
  }
}
