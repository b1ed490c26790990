package io.ringtap.monitor.event;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Looks up the latency that a target usually has at an hour, on a thread of its own, since that
/// may read a disk. The thread starts with the first question.
final class UsualLatency implements AutoCloseable {
  /// How many days are looked back.
  static final int DAYS = 7;

  /// Of how many of them something must be known.
  static final int ENOUGH_DAYS = 3;

  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.event");

  private record Answer(TargetState state, long hour, long usualNanos) {}

  private final EventMemory memory;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("usual latencies").factory());
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  UsualLatency(EventMemory memory) {
    this.memory = memory;
  }

  /// Asks for an hour of a target; the answer stands in its state some time after.
  ///
  /// @param hour when it begins, in seconds since the epoch
  void ask(TargetState state, long hour) {
    state.usualHour = hour;
    state.usualNanos = -1;
    int id = state.target.id();
    reader.execute(() -> answers.add(new Answer(state, hour, lookUp(id, hour))));
  }

  /// Writes the answers that have come into the states, on the thread that owns those.
  void deliver() {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      if (answer.state.usualHour == answer.hour) {
        answer.state.usualNanos = answer.usualNanos;
      }
    }
  }

  /// Waits until what was asked has been looked up.
  void await() {
    try {
      reader.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lookUp(int id, long hour) {
    try {
      long[] medians = memory.medians(id, hour, DAYS);
      Arrays.sort(medians);
      return medians.length < ENOUGH_DAYS ? -1 : medians[medians.length / 2];
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "usual latencies are unknown: " + e);
      return -1;
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
