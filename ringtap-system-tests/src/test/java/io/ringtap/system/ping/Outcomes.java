package io.ringtap.system.ping;

import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps every outcome that a pinger tells.
final class Outcomes implements PingListener {
  private final Collection<PingOutcome> outcomes = new ConcurrentLinkedQueue<>();

  @Override
  public void onOutcome(PingRequest request, PingOutcome outcome) {
    outcomes.add(outcome);
  }

  List<PingOutcome> all() {
    return List.copyOf(outcomes);
  }

  <T extends PingOutcome> List<T> of(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// One line for each outcome, sorted: the probe's sequence and what it is, without times.
  List<String> lines() {
    return outcomes.stream().map(Outcomes::line).sorted().toList();
  }

  private static String line(PingOutcome outcome) {
    return line(
        outcome.sequence(),
        switch (outcome) {
          case PingOutcome.Reply _ -> "reply";
          case PingOutcome.ReplyFromElsewhere reply -> "from " + reply.from();
          case PingOutcome.Corrupted reply -> "corrupted " + reply.damage();
          case PingOutcome.IcmpError e -> "error " + e.from() + " " + e.type() + "/" + e.code();
          case PingOutcome.TimedOut timeout -> timeout.departed() ? "timeout" : "not departed";
          case PingOutcome.NotSent _, PingOutcome.Unroutable _ -> "not sent";
          case PingOutcome.Withdrawn _ -> "withdrawn";
          case PingOutcome.LateReply _ -> "late";
          case PingOutcome.LateError _ -> "late error";
          case PingOutcome.Notice notice -> "notice " + notice.type() + "/" + notice.code();
          case PingOutcome.FurtherReply reply -> "further " + reply.from();
          case PingOutcome.Dropped _ -> "dropped";
          case PingOutcome.Duplicate _ -> "duplicate";
        });
  }

  static String line(long sequence, String what) {
    return String.format("%05d %s", sequence, what);
  }
}
