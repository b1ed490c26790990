package io.ringtap.sweep;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The sending thread: sends what is due at the pace that was asked for, then waits until the time
/// for every answer is over.
final class SweepSender implements Runnable {
  private static final long MOST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Sweep sweep;
  private final SendSchedule schedule;
  private final SweepOptions.Schedule options;
  private final @Nullable ProbeBatch ipv4;
  private final @Nullable ProbeBatch ipv6;
  private final BooleanSupplier isStopping;

  SweepSender(
      Sweep sweep,
      SendSchedule schedule,
      SweepOptions.Schedule options,
      @Nullable ProbeBatch ipv4,
      @Nullable ProbeBatch ipv6) {
    this.sweep = sweep;
    this.schedule = schedule;
    this.options = options;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    isStopping = sweep::isStopping;
  }

  @Override
  public void run() {
    try {
      send();
      await();
    } catch (RuntimeException | Error e) {
      sweep.fail(e);
    } finally {
      sweep.end();
    }
  }

  private void send() {
    SendPace pace = new SendPace(options.pace(), options.rampUp(), System.nanoTime());
    while (!sweep.isStopping() && !schedule.isFinished()) {
      pace.advance(System.nanoTime());
      boolean isAny = fill(pace);
      flush(ipv4);
      flush(ipv6);
      publish();
      if (!isAny) {
        long wait = pace.isDue() ? MOST_SLEEP_NANOS : pace.waitNanos();
        LockSupport.parkNanos(Math.min(wait, MOST_SLEEP_NANOS));
      }
    }
  }

  /// Fills batches with what may leave now.
  private boolean fill(SendPace pace) {
    boolean isAny = false;
    while (pace.isDue() && !isFull(ipv4) && !isFull(ipv6) && schedule.next()) {
      SweepTarget target = schedule.target();
      ProbeBatch batch = target.isIpv6() ? ipv6 : ipv4;
      if (batch == null) {
        throw new IllegalStateException("the targets name an address of a family they do not have");
      }
      batch.add(target, schedule.attempt());
      pace.take(batch.frameBytes());
      isAny = true;
    }
    return isAny;
  }

  private static boolean isFull(@Nullable ProbeBatch batch) {
    return batch != null && batch.isFull();
  }

  private void flush(@Nullable ProbeBatch batch) {
    if (batch != null && !batch.isEmpty()) {
      batch.send(isStopping);
    }
  }

  private void publish() {
    schedule.update(System.nanoTime(), sweep.shownUntilNanos());
    sweep.publish(schedule.position(), schedule.completed());
  }

  private void await() {
    sweep.beginWaiting();
    long now = System.nanoTime();
    schedule.finish(now);
    while (!sweep.isAborted() && sweep.shownUntilNanos() < now + options.timeout().toNanos()) {
      LockSupport.parkNanos(MOST_SLEEP_NANOS);
      publish();
    }
    publish();
  }
}
