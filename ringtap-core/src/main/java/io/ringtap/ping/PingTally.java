package io.ringtap.ping;

import org.jspecify.annotations.Nullable;

/// The counts of one request as they grow. The receiving thread's.
final class PingTally {
  long adopted; // probes that the sender has handed over, sent or not
  long decided; // those of them, and of the ones yet to be handed over, that have ended
  boolean isSealed; // whether the sender has handed over the last
  boolean isEnded;
  long sent;
  long received;
  long elsewhere;
  long corrupted;
  long errors;
  long lost;
  long withdrawn;
  long unsent;
  long late;
  long duplicates;
  private StampSource stamp = StampSource.KERNEL;
  private @Nullable RttRecorder rtt;

  boolean isComplete() {
    return isSealed && decided == adopted;
  }

  void record(long rttNanos, StampSource source) {
    received++;
    stamp = stamp.worse(source);
    RttRecorder recorder = rtt;
    if (recorder == null) {
      recorder = new RttRecorder();
      rtt = recorder;
    }
    recorder.record(rttNanos);
  }

  PingSummary summary(PingRequest request) {
    return new PingSummary(
        request,
        sent,
        received,
        elsewhere,
        corrupted,
        errors,
        lost,
        withdrawn,
        unsent,
        late,
        duplicates,
        rtt == null ? RttStatistics.NONE : rtt.snapshot(),
        stamp);
  }
}
