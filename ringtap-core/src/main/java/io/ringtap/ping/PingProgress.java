package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.engine.Answer;
import io.ringtap.ping.engine.ProbeSeries;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How far a request has come: counts what the engine reports of its probes, and makes outcomes of
/// it if somebody listens. The receiving thread's.
final class PingProgress implements ProbeSeries.Listener {
  private static final System.Logger LOG = System.getLogger("io.ringtap.ping");
  private static final AtomicBoolean LOGGED = new AtomicBoolean();

  private final PingRequest request;
  private final @Nullable PingListener listener;
  private final Consumer<PingSummary> onEnded;
  private long sent;
  private long received;
  private long elsewhere;
  private long corrupted;
  private long errors;
  private long lost;
  private long withdrawn;
  private long unsent;
  private long late;
  private long duplicates;
  private StampSource stamp = StampSource.KERNEL;
  private @Nullable RttRecorder rtt;

  /// @param onEnded takes the summary when the request has ended, after the listener
  PingProgress(
      PingRequest request, @Nullable PingListener listener, Consumer<PingSummary> onEnded) {
    this.request = request;
    this.listener = listener;
    this.onEnded = onEnded;
  }

  /// The probes that the request asks for, of which this hears.
  ProbeSeries series() {
    PingOptions options = request.options();
    return new ProbeSeries(
        request.target(), request.scopeId(), options.schedule(), options.form(), this);
  }

  @Override
  public void onSent() {
    sent++;
  }

  @Override
  public void onNotSent(int sequence, int errno, long epochNanos) {
    unsent++;
    if (listener != null) {
      tell(new PingOutcome.NotSent(sequence, new Errno(errno), epochNanos));
    }
  }

  @Override
  public void onReply(Answer answer) {
    received++;
    StampSource source = source(answer);
    stamp = stamp.worse(source);
    RttRecorder recorder = rtt;
    if (recorder == null) {
      recorder = new RttRecorder();
      rtt = recorder;
    }
    recorder.record(answer.rttNanos());
    if (listener != null) {
      tell(
          new PingOutcome.Reply(
              answer.sequence(),
              answer.rttNanos(),
              answer.hopLimit(),
              source,
              answer.epochNanos()));
    }
  }

  @Override
  public void onReplyFromElsewhere(Answer answer) {
    elsewhere++;
    if (listener != null) {
      tell(
          new PingOutcome.ReplyFromElsewhere(
              answer.sequence(),
              answer.from(),
              answer.rttNanos(),
              answer.hopLimit(),
              source(answer),
              answer.epochNanos()));
    }
  }

  @Override
  public void onDamaged(Answer answer) {
    corrupted++;
    if (listener != null) {
      tell(
          new PingOutcome.Corrupted(
              answer.sequence(),
              damage(answer),
              answer.rttNanos(),
              answer.hopLimit(),
              source(answer),
              answer.epochNanos()));
    }
  }

  private static Damage damage(Answer answer) {
    return switch (answer.verdict()) {
      case BAD_CHECKSUM -> Damage.CHECKSUM;
      case BAD_PAYLOAD -> Damage.PAYLOAD;
      case CUT_SHORT -> Damage.TRUNCATED;
      case INTACT, FOREIGN -> throw new IllegalArgumentException("the reply is not damaged");
    };
  }

  @Override
  public void onIcmpError(Answer answer, int type, int code) {
    errors++;
    if (listener != null) {
      tell(
          new PingOutcome.IcmpError(
              answer.sequence(),
              answer.from(),
              type,
              code,
              answer.rttNanos(),
              source(answer),
              answer.epochNanos()));
    }
  }

  @Override
  public void onTimeout(int sequence, boolean departed, long epochNanos) {
    lost++;
    if (listener != null) {
      long waitedNanos = request.options().schedule().timeoutNanos();
      tell(new PingOutcome.TimedOut(sequence, waitedNanos, departed, epochNanos));
    }
  }

  @Override
  public void onWithdrawn(int sequence, long epochNanos) {
    withdrawn++;
    if (listener != null) {
      tell(new PingOutcome.Withdrawn(sequence, epochNanos));
    }
  }

  @Override
  public void onLateReply(Answer answer) {
    late++;
    if (listener != null) {
      tell(
          new PingOutcome.LateReply(
              answer.sequence(),
              answer.rttNanos(),
              answer.hopLimit(),
              source(answer),
              answer.epochNanos()));
    }
  }

  @Override
  public void onDuplicate(Answer answer) {
    duplicates++;
    if (listener != null) {
      tell(
          new PingOutcome.Duplicate(
              answer.sequence(),
              answer.from(),
              answer.rttNanos(),
              answer.hopLimit(),
              source(answer),
              answer.epochNanos()));
    }
  }

  private static StampSource source(Answer answer) {
    if (!answer.isArrivalStamped()) {
      return StampSource.USER;
    }
    return answer.isDepartureStamped() ? StampSource.KERNEL : StampSource.KERNEL_RECEIVE;
  }

  @Override
  public void onEnd() {
    PingSummary summary = summary();
    PingListener told = listener;
    if (told != null) {
      try {
        told.onSummary(summary);
      } catch (RuntimeException | Error e) {
        log(e);
      }
    }
    onEnded.accept(summary);
  }

  /// What is known so far.
  PingSummary summary() {
    PingCounts counts =
        new PingCounts(
            sent,
            received,
            elsewhere,
            corrupted,
            errors,
            lost,
            withdrawn,
            unsent,
            late,
            duplicates);
    RttStatistics times = rtt == null ? RttStatistics.NONE : rtt.snapshot();
    return new PingSummary(request, counts, times, stamp);
  }

  /// What a listener throws stays its own.
  private void tell(PingOutcome outcome) {
    PingListener told = listener;
    if (told == null) {
      return;
    }
    try {
      told.onOutcome(request, outcome);
    } catch (RuntimeException | Error e) {
      log(e);
    }
  }

  private static void log(Throwable thrown) {
    if (LOGGED.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.WARNING, "a listener threw; later ones go unmentioned", thrown);
    }
  }
}
