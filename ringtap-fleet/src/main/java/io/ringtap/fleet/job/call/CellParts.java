package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.Shard;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The parts of a cell that nobody has at the moment. Those that nobody has had yet take no memory
/// each.
final class CellParts {
  /// A part that is to be given to somebody.
  ///
  /// @param index among the cell's parts, from 0
  /// @param attempt of the try that is to be made, from 1
  record Open(int index, int attempt) {}

  private final int cell;
  private final RangeSet set;
  private final AddressSpace space;
  private final SweepTask task;
  private final int firstNumber;
  private final int count;
  private final Deque<Open> again = new ArrayDeque<>();
  private int next;

  /// @param cell its place among the cells
  /// @param firstNumber of its parts in the job
  /// @param count of parts
  CellParts(
      int cell, RangeSet set, AddressSpace space, SweepTask task, int firstNumber, int count) {
    this.cell = cell;
    this.set = set;
    this.space = space;
    this.task = task;
    this.firstNumber = firstNumber;
    this.count = count;
  }

  int cell() {
    return cell;
  }

  RangeSet set() {
    return set;
  }

  int count() {
    return count;
  }

  /// The number of a part in the job.
  int numberOf(int index) {
    return firstNumber + index;
  }

  Shard shardOf(int index) {
    return new Shard(index + 1, count);
  }

  /// How many targets all parts have.
  long targets() {
    return space.size() * Math.max(1, task.ports().size());
  }

  /// How many targets a part has, as [io.ringtap.sweep.space.PermutedTargets] divides them.
  long targetsOf(int index) {
    return (targets() - (index + 1) + count) / count;
  }

  /// Whether an answer can be one to a part.
  boolean has(boolean isIpv6, long high, long low, int port) {
    boolean isPort = task.ports().isEmpty() ? port == 0 : task.ports().contains(port);
    return isPort && space.indexOf(isIpv6, high, low) >= 0;
  }

  /// Takes a part, those first that are to be done again; null if none is open.
  @Nullable Open take() {
    Open open = again.poll();
    return open != null || next == count ? open : new Open(next++, 1);
  }

  /// A part is to be done again.
  void putBack(Open open) {
    again.add(open);
  }

  /// How many parts nobody has.
  long open() {
    return count - next + (long) again.size();
  }

  /// Gives up those that nobody has.
  ///
  /// @return how many targets they have
  long giveUp() {
    long targets = 0;
    while (next < count) {
      targets += targetsOf(next++);
    }
    for (Open open : again) {
      targets += targetsOf(open.index);
    }
    again.clear();
    return targets;
  }
}
