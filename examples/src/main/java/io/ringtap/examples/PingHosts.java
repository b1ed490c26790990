package io.ringtap.examples;

import io.ringtap.error.Errno;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Pings names, addresses, prefixes and ranges at once: `PingHosts localhost ::1 127.0.1.0/24`.
public final class PingHosts {
  private PingHosts() {}

  public static void main(String[] arguments) throws IOException {
    PingOptions options = PingOptions.DEFAULT.withCount(3).withInterval(Duration.ofMillis(200));
    List<Ping<PingTotals>> sweeps = new ArrayList<>();
    try (Pinger pinger = Pinger.open()) {
      for (String targets : arguments.length > 0 ? arguments : new String[] {"localhost"}) {
        sweeps.add(pinger.sweep(PingRequest.each(targets, options), new Narrator()));
      }
      sweeps.forEach(sweep -> IO.println(sweep.join().counts()));
    }
  }

  /// Prints each outcome. Runs on the pinger's receiving thread, so it is brief.
  private static final class Narrator implements PingListener {
    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      IO.println(
          request.target()
              + switch (outcome) {
                case PingOutcome.Reply reply -> ": " + reply.rttNanos() / 1000 + " µs";
                case PingOutcome.TimedOut _ -> ": no answer";
                case PingOutcome.IcmpError error -> ": refused by " + error.by();
                case PingOutcome.NotSent(_, Errno errno, _) -> ": not sent: " + errno.name();
                case PingOutcome.ReplyFromElsewhere _,
                    PingOutcome.Corrupted _,
                    PingOutcome.Withdrawn _,
                    PingOutcome.LateReply _,
                    PingOutcome.Duplicate _ ->
                    ": " + outcome;
              });
    }
  }
}
