package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The agents that have answered, and what each said last. One thread uses it.
final class Crew {
  /// How long an agent that is not heard of is believed to live; it says something once a second.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /// An agent and its latest word.
  ///
  /// @param heardNanos when that came, by the contact clock
  record Member(WorkerState state, long heardNanos) {
    Worker worker() {
      return state.from();
    }

    boolean isWilling() {
      return state.refusal() == null;
    }

    /// Whether it may send to all of a cell.
    boolean isAllowed(RangeSet cell) {
      return isWilling() && state.allowed().hasAll(cell);
    }
  }

  private final Map<String, Member> members = new TreeMap<>(); // by name, which may come again
  private final List<Worker> gone = new ArrayList<>();

  void hear(WorkerState state, long contactNanos) {
    Member before = members.put(state.from().toString(), new Member(state, contactNanos));
    if (before != null && !before.worker().equals(state.from())) {
      gone.add(before.worker()); // it was started again
    }
  }

  /// The agents that have gone since this was asked last.
  List<Worker> takeGone(long contactNanos) {
    for (Iterator<Member> each = members.values().iterator(); each.hasNext(); ) {
      Member member = each.next();
      if (contactNanos - member.heardNanos() > PATIENCE.toNanos()) {
        each.remove();
        gone.add(member.worker());
      }
    }
    List<Worker> taken = List.copyOf(gone);
    gone.clear();
    return taken;
  }

  /// All, by name.
  Collection<Member> members() {
    return members.values();
  }

  /// Those that take part.
  List<Member> willing() {
    return members.values().stream().filter(Member::isWilling).toList();
  }

  /// Why the others do not.
  List<String> refusals() {
    return members.values().stream()
        .filter(member -> !member.isWilling())
        .map(member -> member.worker() + ": " + member.state().refusal())
        .toList();
  }
}
