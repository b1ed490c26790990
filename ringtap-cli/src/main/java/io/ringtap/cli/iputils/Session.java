package io.ringtap.cli.iputils;

import io.ringtap.cli.terminal.Times;
import io.ringtap.error.Errno;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// One run of ping: sends a probe when the pace allows it, prints what becomes of each, and ends as
/// ping ends.
///
/// Each probe is a request of its own, because answers set the pace of some runs. One thread does
/// everything; others only add to its tasks.
final class Session implements PingListener {
  private static final long LEAST_TIMEOUT = TimeUnit.MINUTES.toNanos(1); // later is a late reply
  private static final long MOST_TIMEOUT = TimeUnit.HOURS.toNanos(1);

  /// For the reply to the last probe, if the others came at once: round-trip times do not have in
  /// them what it takes to hear of a reply.
  private static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(1);

  private static final long NANOS_PER_MICRO = 1000;

  private final PaceOptions limits;
  private final Pace pace;
  private final Lines lines;
  private final PingRequest request;
  private final boolean isTimed;
  private final boolean isTooLong;
  private final Statistics counts = new Statistics();
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private long begin;
  private long deadline;
  private long endNanos; // once everything is sent
  private boolean isEndSet;
  private boolean isExiting;

  /// What another thread leaves for the run's.
  private interface Task {
    void run() throws InterruptedException;
  }

  /// @param request one probe
  Session(PaceOptions limits, Pace pace, ProbeOptions probes, PingRequest request, Lines lines) {
    this.limits = limits;
    this.pace = pace;
    this.lines = lines;
    isTimed = probes.isTimed();
    isTooLong = probes.isTooLong();
    long timeout = Math.clamp(limits.lingerNanos(), LEAST_TIMEOUT, MOST_TIMEOUT);
    PingOptions options = request.options().withTimeout(Duration.ofNanos(timeout));
    this.request = request.with(options);
  }

  /// Any thread: the run is to end.
  void exit() {
    tasks.add(() -> isExiting = true);
  }

  /// Any thread: prints how far the run is.
  void status() {
    tasks.add(() -> lines.status(counts, isTimed));
  }

  /// Pings, and prints the summary.
  ///
  /// @return the exit code of ping
  int run(Pinger pinger) throws InterruptedException {
    begin = System.nanoTime();
    deadline = begin + limits.deadlineNanos() - startedBefore();
    while (!isOver()) {
      Task task = tasks.poll(sendDue(pinger), TimeUnit.NANOSECONDS);
      while (task != null) {
        task.run();
        task = isOver() ? null : tasks.poll();
      }
    }
    long sendingNanos = counts.transmitted() == 0 ? 0 : pace.lastNanos() - begin;
    lines.summary(counts, isTimed, sendingNanos, limits.isAdaptive || pace.interval() == 0);
    return exitCode();
  }

  /// How long the process has taken to begin, which counts towards the deadline: who sets one may
  /// end the process soon after it. At least half of the time is for pinging.
  private long startedBefore() {
    if (limits.deadlineSeconds == 0) {
      return 0;
    }
    Duration age =
        ProcessHandle.current()
            .info()
            .startInstant()
            .map(start -> Duration.between(start, Instant.now()))
            .orElse(Duration.ZERO);
    return Math.clamp(age.toNanos(), 0, limits.deadlineNanos() / 2);
  }

  private int exitCode() {
    boolean isShort = limits.deadlineSeconds > 0 && counts.replies() < limits.count;
    return counts.replies() == 0 || isShort ? 1 : 0;
  }

  private boolean isOver() {
    boolean isDeadline = limits.deadlineSeconds > 0;
    long now = System.nanoTime();
    return isExiting
        || (limits.count > 0 && counts.replies() + counts.errors() >= limits.count)
        || (isDeadline && counts.errors() > 0)
        || (isDeadline && now >= deadline)
        || (isEndSet && now >= endNanos);
  }

  private boolean hasSentAll() {
    return limits.count > 0 && counts.transmitted() >= limits.count && limits.deadlineSeconds == 0;
  }

  /// Sends what is due.
  ///
  /// @return how long to wait
  private long sendDue(Pinger pinger) {
    long now = System.nanoTime();
    long wait = Long.MAX_VALUE;
    while (!hasSentAll()) {
      wait = pace.untilDue(now, counts.inFlight());
      if (wait > 0) {
        break;
      }
      send(pinger, now);
      now = System.nanoTime();
    }
    if (hasSentAll()) {
      setEnd(now);
      wait = isEndSet ? endNanos - now : Long.MAX_VALUE;
    }
    if (limits.deadlineSeconds > 0) {
      wait = Math.min(wait, deadline - now);
    }
    return Math.max(0, wait);
  }

  /// Everything is sent: how long to wait is settled by the times so far.
  private void setEnd(long now) {
    if (isEndSet || isEndless()) {
      return;
    }
    long longest = Math.max(2 * counts.max() * NANOS_PER_MICRO, pace.interval());
    endNanos = now + (counts.replies() > 0 ? Math.max(longest, LEAST_WAIT) : limits.lingerNanos());
    isEndSet = true;
  }

  private boolean isEndless() {
    return counts.replies() == 0 && limits.lingerNanos() == 0;
  }

  private void send(Pinger pinger, long now) {
    if (counts.transmitted() > 0 && !counts.isLastReceived()) {
      lines.outstanding(counts.transmitted());
    }
    pace.sent(now);
    long sequence = counts.transmit(now);
    if (isTooLong) {
      unsent(Errno.EMSGSIZE);
      return;
    }
    lines.sent();
    try {
      var _ = pinger.ping(request.withAttachment(sequence), this);
    } catch (RejectedExecutionException e) {
      unsent(Errno.ENOBUFS);
    }
  }

  @Override
  public void onOutcome(PingRequest probe, PingOutcome outcome) {
    if (probe.attachment() instanceof Long sequence) {
      tasks.add(() -> take(sequence, outcome));
    }
  }

  private void take(long sequence, PingOutcome outcome) throws InterruptedException {
    switch (outcome) {
      case PingOutcome.Reply reply -> reply(sequence, reply, Lines.Kind.REPLY);
      case PingOutcome.LateReply reply -> reply(sequence, reply, Lines.Kind.REPLY);
      case PingOutcome.ReplyFromElsewhere reply -> reply(sequence, reply, Lines.Kind.ELSEWHERE);
      case PingOutcome.FurtherReply reply -> reply(sequence, reply, Lines.Kind.DUPLICATE);
      case PingOutcome.Duplicate reply -> reply(sequence, reply, Lines.Kind.DUPLICATE);
      case PingOutcome.Corrupted reply ->
          reply(
              sequence,
              reply,
              switch (reply.damage()) {
                case CHECKSUM -> Lines.Kind.BAD_CHECKSUM;
                case PAYLOAD -> Lines.Kind.WRONG_DATA;
                case TRUNCATED -> Lines.Kind.TRUNCATED;
              });
      case PingOutcome.IcmpError error -> error(sequence, error);
      case PingOutcome.LateError error -> error(sequence, error);
      case PingOutcome.Notice notice -> lines.refusal(sequence, notice);
      case PingOutcome.NotSent unsent -> unsent(unsent.errno());
      case PingOutcome.Unroutable unsent -> unsent(unsent.errno());
      case PingOutcome.Dropped _ -> lines.dropped(sequence);
      case PingOutcome.TimedOut _, PingOutcome.Withdrawn _ -> {} // ping has no line for it
    }
  }

  private void reply(long sequence, PingOutcome.Answered answer, Lines.Kind kind)
      throws InterruptedException {
    long micros = isTimed ? (answer.rttNanos() + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO : -1;
    if (kind == Lines.Kind.BAD_CHECKSUM) {
      counts.damaged();
    } else {
      counts.acknowledge(sequence, arrivedNanos(answer));
      if (isTimed) {
        counts.time(micros);
        pace.answered(counts.smoothed() * NANOS_PER_MICRO);
      }
      if (kind == Lines.Kind.DUPLICATE) {
        counts.duplicate();
      } else {
        counts.reply(sequence);
      }
    }
    lines.reply(sequence, answer, kind, micros);
  }

  /// When an answer arrived, by the monotonic clock.
  private static long arrivedNanos(PingOutcome answer) {
    return System.nanoTime() - (Times.epochNanos() - answer.epochNanos());
  }

  private void error(long sequence, PingOutcome.Refusal error) throws InterruptedException {
    counts.acknowledge(sequence, arrivedNanos(error));
    counts.error();
    lines.refusal(sequence, error);
  }

  private void unsent(Errno errno) {
    pace.refused(System.nanoTime());
    if (errno.equals(Errno.EMSGSIZE)) {
      counts.error();
    }
    lines.unsent(errno);
  }
}
