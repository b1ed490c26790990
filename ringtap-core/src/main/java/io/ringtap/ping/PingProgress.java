package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingOutcome.Damage;
import io.ringtap.ping.PingOutcome.Timestamps;
import io.ringtap.ping.engine.probe.Answer;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.socket.RouteCheck;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How far a request has come: counts what the engine reports of its probes, and makes outcomes of
/// it if somebody listens. The receiving thread's.
final class PingProgress implements ProbeSeries.Listener {
  private final PingRequest request;
  private final @Nullable ListenerGuard listener;
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
  private long lateErrors;
  private long duplicates;
  private long departuresUnseen;
  private long further;
  private long dropped;
  private long notices;
  private StampSource stamp = StampSource.KERNEL;
  private @Nullable RttRecorder rtt;

  /// @param onEnded takes the summary when the request has ended, after the listener
  PingProgress(
      PingRequest request, @Nullable ListenerGuard listener, Consumer<PingSummary> onEnded) {
    this.request = request;
    this.listener = listener;
    this.onEnded = onEnded;
  }

  /// The probes that the request asks for, of which this hears.
  ProbeSeries series() {
    return request.series(this);
  }

  @Override
  public void onSent() {
    sent++;
  }

  @Override
  public void onNotSent(long sequence, int errno, long epochNanos) {
    unsent++;
    if (listener != null) {
      RouteCheck route =
          new RouteCheck(request.target(), request.scopeId(), request.options().form());
      Errno why = new Errno(errno);
      listener.outcome(
          request,
          route.refuses(why)
              ? new PingOutcome.Unroutable(sequence, why, epochNanos)
              : new PingOutcome.NotSent(sequence, why, route.mtu(why), epochNanos));
    }
  }

  @Override
  public void onReply(Answer answer) {
    received++;
    decided(answer);
    stamp = stamp.worse(source(answer));
    RttRecorder recorder = rtt;
    if (recorder == null) {
      recorder = new RttRecorder();
      rtt = recorder;
    }
    recorder.record(answer.rttNanos());
    if (listener != null) {
      listener.outcome(request, new PingOutcome.Reply(answer.sequence(), arrival(answer)));
    }
  }

  @Override
  public void onReplyFromElsewhere(Answer answer) {
    elsewhere++;
    decided(answer);
    if (listener != null) {
      listener.outcome(
          request, new PingOutcome.ReplyFromElsewhere(answer.sequence(), arrival(answer)));
    }
  }

  @Override
  public void onDamaged(Answer answer) {
    corrupted++;
    decided(answer);
    if (listener != null) {
      listener.outcome(
          request,
          new PingOutcome.Corrupted(
              answer.sequence(), damage(answer), answer.payloadBytes(), arrival(answer)));
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
  public void onIcmpError(Answer error) {
    errors++;
    decided(error);
    if (listener != null) {
      listener.outcome(
          request,
          new PingOutcome.IcmpError(
              error.sequence(), error.icmpType(), error.icmpCode(), error.mtu(), arrival(error)));
    }
  }

  @Override
  public void onTimeout(long sequence, boolean departed, long epochNanos) {
    lost++;
    if (!departed) {
      departuresUnseen++;
    }
    if (listener != null) {
      long waitedNanos = request.options().schedule().timeoutNanos(sequence);
      listener.outcome(
          request, new PingOutcome.TimedOut(sequence, waitedNanos, departed, epochNanos));
    }
  }

  @Override
  public void onDropped(long sequence, boolean departed, long epochNanos) {
    dropped++;
    if (!departed) {
      departuresUnseen++;
    }
    if (listener != null) {
      long waitedNanos = request.options().schedule().timeoutNanos(sequence);
      listener.outcome(request, new PingOutcome.Dropped(sequence, waitedNanos, epochNanos));
    }
  }

  @Override
  public void onWithdrawn(long sequence, long epochNanos) {
    withdrawn++;
    if (listener != null) {
      listener.outcome(request, new PingOutcome.Withdrawn(sequence, epochNanos));
    }
  }

  @Override
  public void onLateReply(Answer answer) {
    late++;
    if (listener != null) {
      listener.outcome(request, new PingOutcome.LateReply(answer.sequence(), arrival(answer)));
    }
  }

  @Override
  public void onLateError(Answer error) {
    lateErrors++;
    if (listener != null) {
      listener.outcome(
          request,
          new PingOutcome.LateError(
              error.sequence(), error.icmpType(), error.icmpCode(), error.mtu(), arrival(error)));
    }
  }

  @Override
  public void onNotice(Answer notice) {
    notices++;
    if (listener != null) {
      listener.outcome(
          request,
          new PingOutcome.Notice(
              notice.sequence(), notice.icmpType(), notice.icmpCode(), arrival(notice)));
    }
  }

  @Override
  public void onFurtherReply(Answer answer) {
    further++;
    if (listener != null) {
      listener.outcome(request, new PingOutcome.FurtherReply(answer.sequence(), arrival(answer)));
    }
  }

  @Override
  public void onDuplicate(Answer answer) {
    duplicates++;
    if (listener != null) {
      listener.outcome(request, new PingOutcome.Duplicate(answer.sequence(), arrival(answer)));
    }
  }

  /// A probe ends by an answer.
  private void decided(Answer answer) {
    if (answer.isDepartureUnseen()) {
      departuresUnseen++;
    }
  }

  private static Arrival arrival(Answer answer) {
    return new Arrival(
        answer.from(),
        answer.rttNanos(),
        answer.hopLimit(),
        answer.trafficClass(),
        source(answer),
        answer.epochNanos(),
        answer.hasTimes()
            ? new Timestamps(answer.timeMillis(0), answer.timeMillis(1), answer.timeMillis(2))
            : null,
        HopRecord.in(answer.headerOptions()));
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
    if (listener != null) {
      listener.summary(summary);
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
            lateErrors,
            duplicates,
            departuresUnseen,
            further,
            dropped,
            notices);
    RttStatistics times = rtt == null ? RttStatistics.NONE : rtt.snapshot();
    return new PingSummary(request, counts, times, stamp);
  }
}
