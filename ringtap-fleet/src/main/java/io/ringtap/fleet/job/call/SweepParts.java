package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.call.Crew.Member;
import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.Part;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Which parts of a sweep are to be given to whom, which agents have which, and what is accounted
/// for. One thread uses it.
final class SweepParts {
  /// Parts that an agent has and has not sent: one that it sends, and the next, so that it does not
  /// wait for the caller.
  private static final int MOST_UNSENT = 2;

  private static final int MOST_ATTEMPTS = 8;

  /// After so many failures, and nothing done between them, an agent gets no more parts.
  private static final int MOST_FAILURES = 3;

  /// How long after it was given an agent may not speak of a part.
  private static final long UNKNOWN_NANOS = Duration.ofSeconds(5).toNanos();

  private final String job;
  private final List<CellParts> cells;
  private final double rate;
  private final Consumer<List<KeptAnswer>> listener;
  private final Map<Integer, Given> given = new LinkedHashMap<>(); // by number
  private final Map<String, Long> done = new TreeMap<>();
  private final Map<Worker, Integer> failing = new HashMap<>();
  private final Map<String, Long> failures = new TreeMap<>(); // targets, by reason
  private SweepCounters counters = PartEnd.NO_COUNTERS;
  private long completed;
  private long again;
  private String lastReason = "";

  /// @param rate probes a second of all agents together
  /// @param listener takes the answers of each part that is done
  SweepParts(String job, List<CellParts> cells, double rate, Consumer<List<KeptAnswer>> listener) {
    this.job = job;
    this.cells = List.copyOf(cells);
    this.rate = rate;
    this.listener = listener;
  }

  /// Gives parts to those that have room for more.
  ///
  /// @return what is to be written
  List<Assignment> give(Crew crew, long contactNanos) {
    List<Assignment> orders = new ArrayList<>();
    List<Member> able = able(crew);
    for (int unsent = 0; unsent < MOST_UNSENT; unsent++) { // those first that have nothing
      for (Member member : able) {
        if (unsent(member.worker()) == unsent) {
          give(member, able.size(), contactNanos, orders);
        }
      }
    }
    return orders;
  }

  private long unsent(Worker worker) {
    return given.values().stream()
        .filter(each -> each.isSending() && each.assignment().to().equals(worker))
        .count();
  }

  private void give(Member member, int crew, long contactNanos, List<Assignment> orders) {
    double fair = Math.min(member.state().rate(), rate / crew);
    double granted = Math.min(fair, rate - ratesOfOthers(member.worker()));
    if (granted < fair / 2 || granted <= 0) {
      return; // until the others have gone on with lower rates
    }
    for (CellParts cell : cells) {
      CellParts.Open open = member.isAllowed(cell.set()) ? cell.take() : null;
      if (open != null) {
        Assignment assignment =
            new Assignment(
                job,
                new Part(cell.numberOf(open.index()), open.attempt()),
                member.worker(),
                cell.cell(),
                cell.shardOf(open.index()),
                granted);
        given.put(assignment.part().number(), new Given(cell, open, assignment, contactNanos));
        again += open.attempt() > 1 ? 1 : 0;
        orders.add(assignment);
        return;
      }
    }
  }

  /// What other agents may be sending: each one part at a time, at the highest of its rates.
  private double ratesOfOthers(Worker worker) {
    Map<Worker, Double> rates = new LinkedHashMap<>();
    for (Given each : given.values()) {
      if (each.isSending() && !each.assignment().to().equals(worker)) {
        rates.merge(each.assignment().to(), each.assignment().rate(), Math::max);
      }
    }
    return rates.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /// Hears how far an agent is. What it does not speak of, it has not got.
  void hear(WorkerState state, long contactNanos) {
    Set<Part> spokenOf = new HashSet<>();
    for (WorkerState.Progress progress : state.parts()) {
      spokenOf.add(progress.part());
      Given part = given.get(progress.part().number());
      if (part != null && isOf(part, state.from(), progress.part())) {
        part.hear(progress);
      }
    }
    for (Given each : List.copyOf(given.values())) {
      boolean isMissing =
          each.assignment().to().equals(state.from())
              && !spokenOf.contains(each.assignment().part())
              && contactNanos - each.givenNanos() > UNKNOWN_NANOS;
      if (isMissing) {
        takeBack(each, "");
      }
    }
  }

  private static boolean isOf(Given part, Worker from, Part which) {
    return part.assignment().to().equals(from) && part.assignment().part().equals(which);
  }

  void hear(Answers answers) {
    Given part = given.get(answers.part().number());
    if (part != null && isOf(part, answers.from(), answers.part())) {
      part.hear(answers);
    }
  }

  void hear(PartEnd end) {
    Given part = given.get(end.part().number());
    if (part == null || !isOf(part, end.from(), end.part())) {
      return; // of a try that does not count any more
    }
    if (!part.isWhole(end)) {
      takeBack(part, "");
      return;
    }
    given.remove(end.part().number());
    counters = SweepTotal.plus(counters, end.counters());
    completed += part.cell().targetsOf(part.open().index());
    failing.remove(end.from());
    done.merge(end.from().toString(), 1L, Long::sum);
    listener.accept(part.answers());
  }

  void hear(PartFailure failure) {
    Given part = given.get(failure.part().number());
    if (part != null && isOf(part, failure.from(), failure.part())) {
      takeBack(part, failure.why());
    }
  }

  /// An agent has gone.
  void lose(Worker worker) {
    for (Given each : List.copyOf(given.values())) {
      if (each.assignment().to().equals(worker)) {
        takeBack(each, "");
      }
    }
  }

  /// @param why the agent could not do it; empty if it went, or what it wrote
  private void takeBack(Given part, String why) {
    given.remove(part.assignment().part().number());
    Worker worker = part.assignment().to();
    if (!why.isEmpty()) {
      failing.merge(worker, 1, Integer::sum);
      lastReason = worker + ": " + why;
    }
    CellParts.Open open = part.open();
    if (open.attempt() < MOST_ATTEMPTS) {
      part.cell().putBack(new CellParts.Open(open.index(), open.attempt() + 1));
    } else {
      fail(
          part.cell().targetsOf(open.index()),
          lastReason.isEmpty() ? "no agent came to an end with it" : lastReason);
    }
  }

  private void fail(long targets, String why) {
    failures.merge(why, targets, Long::sum);
  }

  /// Whether there are parts that nobody has, and nobody may have.
  boolean isAbandoned(Crew crew) {
    return cells.stream().anyMatch(cell -> cell.open() > 0 && !hasAble(cell, crew));
  }

  private boolean hasAble(CellParts cell, Crew crew) {
    return able(crew).stream().anyMatch(member -> member.isAllowed(cell.set()));
  }

  /// Those that take part and do not fail at everything.
  private List<Member> able(Crew crew) {
    return crew.willing().stream()
        .filter(member -> failing.getOrDefault(member.worker(), 0) < MOST_FAILURES)
        .toList();
  }

  /// Gives up what nobody may have.
  void giveUpAbandoned(Crew crew) {
    for (CellParts cell : cells) {
      long targets = hasAble(cell, crew) ? 0 : cell.giveUp();
      if (targets > 0) {
        fail(targets, lastReason.isEmpty() ? "no agent is left that may send there" : lastReason);
      }
    }
  }

  /// Whether every part is done or given up.
  boolean isAccountedFor() {
    return given.isEmpty() && cells.stream().allMatch(cell -> cell.open() == 0);
  }

  /// @param problems that were there before the parts
  SweepStanding standing(List<String> problems, Duration elapsed) {
    List<String> all = new ArrayList<>(problems);
    failures.forEach((why, targets) -> all.add(targets + " targets were not probed: " + why));
    return new SweepStanding(
        counters,
        counters.sent() + given.values().stream().mapToLong(Given::sent).sum(),
        counters.found() + given.values().stream().mapToLong(Given::found).sum(),
        cells.stream().mapToLong(CellParts::targets).sum(),
        completed,
        cells.stream().mapToLong(CellParts::count).sum(),
        again,
        Map.copyOf(done),
        all,
        elapsed);
  }
}
