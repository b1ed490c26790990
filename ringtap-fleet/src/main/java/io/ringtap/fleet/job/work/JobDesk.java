package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.CallerMessage;
import io.ringtap.fleet.job.message.JobEnd;
import io.ringtap.fleet.job.message.JobNotice;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.RangeSet;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.fleet.job.work.JobPolicy.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What an agent has been asked for, and what comes of it. It hears what callers write, and is
/// asked several times a second for what is to be written. One thread calls it.
final class JobDesk implements AutoCloseable {
  private static final int MOST_JOBS = 8; // at once
  private static final int MOST_HEARD = 16; // with those that are refused
  private static final int MOST_WAITING = 16; // parts of all jobs
  private static final long STATE_NANOS = Duration.ofSeconds(1).toNanos();

  /// How long a caller that is not heard of is believed to live.
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Worker worker;
  private final JobPolicy policy;
  private final Workbench bench;
  private final Consumer<String> log;
  private final Map<String, LiveJob> jobs = new HashMap<>();
  private final Deque<Assignment> waiting = new ArrayDeque<>();
  private final List<AgentMessage> unsent = new ArrayList<>();
  private long statedNanos;
  private boolean isStateDue;
  private long taken;
  private long refused;
  private long done;
  private long failed;

  JobDesk(Worker worker, JobPolicy policy, Consumer<String> log) {
    this.worker = worker;
    this.policy = policy;
    this.log = log;
    bench = new Workbench(worker, policy.rate());
  }

  /// Hears what a caller has written.
  ///
  /// @param contactNanos the time by the contact clock
  void hear(CallerMessage message, long contactNanos) {
    switch (message) {
      case JobNotice notice -> hear(notice, contactNanos);
      case Assignment assignment -> hear(assignment);
      case JobEnd end -> end(end.job());
    }
  }

  private void hear(JobNotice notice, long contactNanos) {
    if (!notice.isFor(worker.site())) {
      return;
    }
    LiveJob job = jobs.get(notice.job());
    if (job != null) {
      if (!job.hear(notice, contactNanos)) {
        end(notice.job());
      }
      return;
    }
    if (jobs.size() >= MOST_HEARD) {
      return; // a flood of them: nothing is looked at
    }
    Verdict verdict =
        jobs.size() >= MOST_JOBS
            ? new Verdict.Refusal("this agent has " + MOST_JOBS + " jobs already")
            : policy.judge(notice);
    switch (verdict) {
      case Verdict.Willing _ -> {
        taken++;
        log.accept("takes part in job " + notice.job());
      }
      case Verdict.Refusal(String why) -> {
        refused++;
        log.accept("takes no part in job " + notice.job() + ": " + why);
      }
    }
    jobs.put(notice.job(), new LiveJob(notice, verdict, contactNanos));
    isStateDue = true;
  }

  private void hear(Assignment assignment) {
    boolean isMine = assignment.to().equals(worker);
    waiting.removeIf(each -> isSuperseded(each, assignment));
    bench.stop(each -> isSuperseded(each, assignment));
    if (!isMine || !jobs.containsKey(assignment.job())) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      refuse(assignment, "this agent has " + MOST_WAITING + " parts waiting already");
      return;
    }
    waiting.add(assignment);
  }

  /// Whether a part that this agent has was given out anew.
  private static boolean isSuperseded(Assignment mine, Assignment newer) {
    return mine.job().equals(newer.job())
        && mine.part().number() == newer.part().number()
        && mine.part().attempt() < newer.part().attempt();
  }

  private void refuse(Assignment assignment, String why) {
    failed++;
    unsent.add(new PartFailure(assignment.job(), worker, assignment.part(), why));
  }

  private void end(String job) {
    if (jobs.remove(job) != null) {
      forget(job);
    }
  }

  private void forget(String job) {
    waiting.removeIf(each -> each.job().equals(job));
    bench.stop(each -> each.job().equals(job));
    unsent.removeIf(each -> each.job().equals(job));
  }

  /// Goes on with all, and says what is to be written.
  ///
  /// @param contactNanos the time by the contact clock
  List<AgentMessage> turn(long nowNanos, long contactNanos) {
    for (Iterator<LiveJob> each = jobs.values().iterator(); each.hasNext(); ) {
      LiveJob job = each.next();
      if (contactNanos - job.heardNanos() > SILENCE_NANOS) {
        each.remove();
        forget(job.notice().job());
        log.accept("job " + job.notice().job() + " is over: its caller is silent");
      }
    }
    Workbench.Yield yield = bench.turn();
    unsent.addAll(yield.messages());
    done += yield.done();
    failed += yield.failed();
    isStateDue |= yield.hasRoom();
    beginWaiting();
    List<AgentMessage> due = new ArrayList<>(unsent);
    unsent.clear();
    if (isStateDue || nowNanos - statedNanos >= STATE_NANOS) {
      isStateDue = false;
      statedNanos = nowNanos;
      jobs.values().forEach(job -> due.add(state(job)));
    }
    return due;
  }

  private void beginWaiting() {
    for (Iterator<Assignment> each = waiting.iterator(); each.hasNext(); ) {
      Assignment assignment = each.next();
      LiveJob job = jobs.get(assignment.job());
      if (job == null || !bench.hasRoomFor(job.notice().task())) {
        continue;
      }
      each.remove();
      String problem = problem(job, assignment);
      if (problem.isEmpty()) {
        problem = bench.begin(job, assignment);
      }
      if (!problem.isEmpty()) {
        refuse(assignment, problem);
      }
    }
  }

  /// Whatever was said about the job: what is sent to is checked here.
  private String problem(LiveJob job, Assignment assignment) {
    try {
      return policy.permits(job.extent(assignment).and(job.notice().task().extent()))
          ? ""
          : "not all of its addresses are allowed here";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private WorkerState state(LiveJob job) {
    String name = job.notice().job();
    return switch (job.verdict()) {
      case Verdict.Refusal(String why) ->
          new WorkerState(name, worker, why, policy.rate(), RangeSet.NONE, List.of());
      case Verdict.Willing(RangeSet allowed) -> {
        List<WorkerState.Progress> parts = bench.progress(name);
        for (Assignment each : waiting) {
          if (each.job().equals(name)) {
            parts.add(new WorkerState.Progress(each.part(), true, 0, 0));
          }
        }
        yield new WorkerState(name, worker, null, policy.rate(), allowed, parts);
      }
    };
  }

  /// A part's results could not be written: it is tried again elsewhere.
  void lose(String job, int part) {
    bench.stop(each -> each.job().equals(job) && each.part().number() == part);
    failed++;
  }

  /// Whether there is anything to do soon.
  boolean isBusy() {
    return !jobs.isEmpty();
  }

  JobCounts counts(long invalid, long newer) {
    return new JobCounts(taken, refused, done, failed, invalid, newer);
  }

  @Override
  public void close() {
    jobs.clear();
    waiting.clear();
    bench.stop(_ -> true);
  }
}
