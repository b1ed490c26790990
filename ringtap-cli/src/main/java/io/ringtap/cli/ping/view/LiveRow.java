package io.ringtap.cli.ping.view;

import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.RttStatistics;

/// What the live table shows of one target.
final class LiveRow {
  private final String label;
  private final Sparkline sparkline = new Sparkline();
  private final RttRecorder rtts = new RttRecorder();
  private RttStatistics rtt = rtts.snapshot();
  private boolean isStale;
  private long sent;
  private long received;
  private long last = -1;

  LiveRow(String label) {
    this.label = label;
  }

  void add(PingOutcome outcome) {
    switch (outcome) {
      case PingOutcome.Reply reply -> {
        sent++;
        received++;
        last = reply.rttNanos();
        rtts.record(last);
        sparkline.addRtt(last);
        isStale = true;
      }
      case PingOutcome.ReplyFromElsewhere _,
          PingOutcome.Corrupted _,
          PingOutcome.IcmpError _,
          PingOutcome.TimedOut _ -> {
        sent++;
        last = -1;
        sparkline.addLoss();
      }
      case PingOutcome.NotSent _, PingOutcome.Unroutable _ -> {
        last = -1;
        sparkline.addLoss();
      }
      case PingOutcome.Withdrawn _,
          PingOutcome.LateReply _,
          PingOutcome.LateError _,
          PingOutcome.Duplicate _ -> {}
    }
  }

  String label() {
    return label;
  }

  long sent() {
    return sent;
  }

  /// The part of the decided probes that had no reply; NaN before there is one.
  double loss() {
    return sent == 0 ? Double.NaN : (sent - received) / (double) sent;
  }

  /// The last probe's round-trip time; -1 if it had no reply.
  long last() {
    return last;
  }

  RttStatistics rtt() {
    if (isStale) {
      rtt = rtts.snapshot();
      isStale = false;
    }
    return rtt;
  }

  Sparkline sparkline() {
    return sparkline;
  }
}
