package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Task;
import io.ringtap.fleet.job.message.TraceTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.fleet.job.message.WorkerState;
import io.ringtap.sweep.SweepProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The parts that are being done. One part of a sweep sends at a time, so that the agent's rate
/// holds over all jobs; others may still wait for answers beside it.
final class Workbench {
  private static final int MOST_TRACES = 2;
  private static final int MOST_SWEEPS = 8; // of which all but one wait for answers

  private final Worker worker;
  private final double mostRate;
  private final List<Work> works = new ArrayList<>();
  private int sendingBefore;

  Workbench(Worker worker, double mostRate) {
    this.worker = worker;
    this.mostRate = mostRate;
  }

  /// What a turn has brought.
  ///
  /// @param done parts
  /// @param failed parts
  /// @param hasRoom whether another part can begin that could not before
  record Yield(List<AgentMessage> messages, int done, int failed, boolean hasRoom) {}

  Yield turn() {
    List<AgentMessage> messages = new ArrayList<>();
    int done = 0;
    int failed = 0;
    for (Work work : List.copyOf(works)) {
      List<AgentMessage> results = work.results();
      messages.addAll(results);
      if (work.isOver()) {
        works.remove(work);
        work.close();
        done += results.getLast() instanceof PartEnd ? 1 : 0;
        failed += results.getLast() instanceof PartFailure ? 1 : 0;
      }
    }
    int sending = (int) works.stream().filter(Work::isSending).count();
    boolean hasRoom = sending < sendingBefore;
    sendingBefore = sending;
    return new Yield(messages, done, failed, hasRoom);
  }

  boolean hasRoomFor(Task task) {
    return switch (task) {
      case TraceTask _ -> works.stream().filter(TraceWork.class::isInstance).count() < MOST_TRACES;
      case SweepTask sweep -> {
        List<Work> sweeps = works.stream().filter(SweepWork.class::isInstance).toList();
        // Answers to ports come to ports that all parts share, those to echo requests do not.
        boolean isApart = sweep.options().probe().kind() == SweepProbe.Kind.ECHO;
        yield isApart
            ? sweeps.size() < MOST_SWEEPS && sweeps.stream().noneMatch(Work::isSending)
            : sweeps.isEmpty();
      }
    };
  }

  /// Begins a part.
  ///
  /// @return why not; empty if it has begun
  String begin(LiveJob job, Assignment assignment) {
    try {
      works.add(
          switch (job.notice().task()) {
            case TraceTask trace -> TraceWork.start(assignment, worker, trace);
            case SweepTask sweep ->
                SweepWork.start(
                    assignment,
                    worker,
                    sweep,
                    job.targets(assignment, sweep),
                    Math.min(mostRate, assignment.rate()));
          });
      sendingBefore++;
      return "";
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Stops those of which something holds.
  void stop(Predicate<Assignment> condition) {
    for (Work work : List.copyOf(works)) {
      if (condition.test(work.assignment())) {
        works.remove(work);
        work.close();
      }
    }
  }

  /// How far the parts of a job are.
  List<WorkerState.Progress> progress(String job) {
    List<WorkerState.Progress> all = new ArrayList<>();
    for (Work work : works) {
      if (work.assignment().job().equals(job)) {
        all.add(
            new WorkerState.Progress(
                work.assignment().part(), work.isSending(), work.sent(), work.found()));
      }
    }
    return all;
  }
}
