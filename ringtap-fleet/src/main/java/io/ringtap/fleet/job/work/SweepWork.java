package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Answers;
import io.ringtap.fleet.job.message.Assignment;
import io.ringtap.fleet.job.message.PartEnd;
import io.ringtap.fleet.job.message.PartFailure;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.job.message.Worker;
import io.ringtap.send.Pace;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepAnswer.Novelty;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProgress.Phase;
import io.ringtap.sweep.SweepTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A part of a sweep. Its answers are gathered, and handed over some at a time.
final class SweepWork implements Work {
  /// Enough for a part's targets, so that duplicates fall out of it hardly ever.
  private static final long MEMORY_BYTES = 8L << 20;

  /// Answers of a part at the most, all kinds together: some for each probe would be an attack.
  private static final long MOST_ANSWERS = 4 * SweepTask.MOST_TARGETS;

  private final Assignment assignment;
  private final Worker worker;
  private final SweepTask.Wish wish;
  private final Sweep sweep;
  private List<KeptAnswer> heard = new ArrayList<>(); // guarded by this
  private long total; // guarded by this
  private int records;
  private boolean isOver;

  private SweepWork(Assignment assignment, Worker worker, SweepTask.Wish wish, Sweep sweep) {
    this.assignment = assignment;
    this.worker = worker;
    this.wish = wish;
    this.sweep = sweep;
  }

  /// Begins a part.
  ///
  /// @param rate probes a second
  /// @throws IOException if the system refuses the sweep
  static SweepWork start(
      Assignment assignment, Worker worker, SweepTask task, SweepTargets targets, double rate)
      throws IOException {
    SweepOptions options =
        task.options()
            .withPace(Pace.packetsPerSecond(rate))
            .withRampUp(Duration.ZERO)
            .withMemory(MEMORY_BYTES);
    Sweep sweep = Sweep.open(targets, options);
    SweepWork work = new SweepWork(assignment, worker, task.wish(), sweep);
    sweep.start(work::onAnswer);
    return work;
  }

  private void onAnswer(SweepAnswer answer) {
    boolean isWanted = wish.isAll() || (answer.novelty() == Novelty.FIRST && isThere(answer));
    if (!isWanted) {
      return;
    }
    KeptAnswer kept = wish.hasPackets() ? answer.copy() : answer.copyWithoutPacket();
    synchronized (this) {
      heard.add(kept);
      total++;
      if (total > MOST_ANSWERS) {
        throw new IllegalStateException("more answers than a part of a sweep may have");
      }
    }
  }

  private static boolean isThere(SweepAnswer answer) {
    return switch (answer.kind()) {
      case ECHO_REPLY, SYN_ACK, UDP_REPLY -> true;
      case RST, ICMP_ERROR -> false;
    };
  }

  @Override
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public boolean isSending() {
    Phase phase = sweep.progress().phase();
    return phase == Phase.READY || phase == Phase.SENDING;
  }

  @Override
  public long sent() {
    return sweep.counters().sent();
  }

  @Override
  public long found() {
    return sweep.counters().found();
  }

  @Override
  public List<AgentMessage> results() {
    List<AgentMessage> results = new ArrayList<>();
    try {
      boolean hasEnded = sweep.await(Duration.ZERO); // first: then all answers have been heard
      List<KeptAnswer> fresh = take(hasEnded);
      for (int from = 0; from < fresh.size(); from += Answers.MOST) {
        List<KeptAnswer> some = fresh.subList(from, Math.min(fresh.size(), from + Answers.MOST));
        results.add(new Answers(assignment.job(), worker, assignment.part(), records++, some));
      }
      if (hasEnded) {
        isOver = true;
        results.add(
            new PartEnd(assignment.job(), worker, assignment.part(), records, sweep.counters()));
      }
    } catch (IllegalStateException e) { // the sweep has failed
      fail(results, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(results, "the agent is ending");
    }
    return results;
  }

  private void fail(List<AgentMessage> results, String why) {
    isOver = true;
    results.add(new PartFailure(assignment.job(), worker, assignment.part(), why));
  }

  /// Takes what was heard, unless it is little and more may come.
  private synchronized List<KeptAnswer> take(boolean isAll) {
    if (!isAll && heard.size() < Answers.MOST) {
      return List.of();
    }
    List<KeptAnswer> taken = heard;
    heard = new ArrayList<>();
    return taken;
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public void close() {
    sweep.close();
  }
}
