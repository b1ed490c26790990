package io.ringtap.sweep;

import io.ringtap.error.Errno;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Probes of one address family that are about to leave. Their time is written into them directly
/// before the send call, and again if the link pushes back. The sending thread uses it.
final class ProbeBatch implements AutoCloseable {
  /// Longer than the kernel waits for a neighbor that does not answer, by default: until then it
  /// may have no room for another one.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ProbeOutlet outlet;
  private final ProbeWriter writer;
  private final SweepTally tally;
  private final int probesOfRound;
  private final SweepTarget[] targets = new SweepTarget[ProbeOutlet.CAPACITY];
  private final int[] attempts = new int[ProbeOutlet.CAPACITY];

  /// @param probesOfRound probes to a target before it is sent any again
  ProbeBatch(ProbeOutlet outlet, ProbeWriter writer, SweepTally tally, int probesOfRound) {
    this.outlet = outlet;
    this.writer = writer;
    this.tally = tally;
    this.probesOfRound = probesOfRound;
    for (int i = 0; i < targets.length; i++) {
      targets[i] = new SweepTarget();
    }
  }

  /// Bytes of a probe's frame.
  int frameBytes() {
    return outlet.linkBytes() + writer.bytes();
  }

  boolean isFull() {
    return outlet.isFull();
  }

  boolean isEmpty() {
    return outlet.size() == 0;
  }

  /// Adds a probe to a batch that is not full.
  void add(SweepTarget target, int attempt) {
    int index = outlet.add(writer.bytes(), target);
    targets[index].set(target);
    attempts[index] = attempt;
  }

  /// Sends all, and waits for room for up to five seconds if there is none. What the kernel then
  /// has no room for, or refuses, is counted by error.
  ///
  /// @param isStopping makes it wait no longer
  void send(BooleanSupplier isStopping) {
    long waitingSince = 0;
    boolean isStale = true;
    while (outlet.done() < outlet.size()) {
      if (isStale) {
        write();
        isStale = false;
      }
      int rc = outlet.send();
      if (rc > 0) {
        count(rc);
        waitingSince = 0;
      } else if (Errno.EAGAIN.is(rc) || Errno.ENOBUFS.is(rc)) {
        tally.waited();
        long now = System.nanoTime();
        waitingSince = waitingSince == 0 ? now : waitingSince;
        if (isStopping.getAsBoolean() || now - waitingSince > PATIENCE_NANOS) {
          refuse(rc);
          waitingSince = 0;
        } else {
          outlet.awaitRoom();
          isStale = true;
        }
      } else if (!Errno.EINTR.is(rc)) {
        refuse(rc);
      }
    }
    outlet.clear();
  }

  private void write() {
    long now = System.nanoTime();
    for (int i = outlet.firstChangeable(); i < outlet.size(); i++) {
      writer.write(outlet.memory(), outlet.offset(i), targets[i], attempts[i], now);
    }
  }

  private void count(int sent) {
    int again = 0;
    for (int i = outlet.done() - sent; i < outlet.done(); i++) {
      again += attempts[i] >= probesOfRound ? 1 : 0;
    }
    tally.sent(sent, again, (long) sent * frameBytes());
  }

  private void refuse(int rc) {
    tally.refused(rc);
    outlet.skip();
  }

  @Override
  public void close() {
    outlet.close();
  }
}
