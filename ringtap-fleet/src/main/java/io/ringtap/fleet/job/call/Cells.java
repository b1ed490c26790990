package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.RangeSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Addresses by who may send to them: for all of a cell that is the same.
final class Cells {
  private Cells() {}

  /// Splits addresses.
  ///
  /// @param extent the addresses
  /// @param allowed what agents may send to
  /// @return the cells to which somebody may send. If the allow-lists differ in so many ways that
  ///   there would be too many cells, some are not told apart: then fewer agents may take them
  static List<RangeSet> of(RangeSet extent, Collection<RangeSet> allowed) {
    List<RangeSet> cells = new ArrayList<>();
    RangeSet rest = extent; // to which none of those that were looked at may send
    for (RangeSet each : new LinkedHashSet<>(allowed)) {
      List<RangeSet> finer = new ArrayList<>();
      for (RangeSet cell : cells) {
        RangeSet inside = cell.and(each);
        RangeSet outside = cell.minus(each);
        if (inside.isEmpty() || outside.isEmpty() || finer.size() + 2 > JobNotice.MOST_CELLS / 2) {
          finer.add(cell);
        } else {
          finer.add(inside);
          finer.add(outside);
        }
      }
      RangeSet fresh = rest.and(each);
      if (!fresh.isEmpty() && finer.size() < JobNotice.MOST_CELLS) {
        finer.add(fresh);
        rest = rest.minus(each);
      }
      cells = finer;
    }
    return cells.stream().map(cell -> cell.first(JobNotice.MOST_RANGES)).toList();
  }
}
