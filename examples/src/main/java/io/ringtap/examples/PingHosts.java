package io.ringtap.examples;

import io.ringtap.error.Errno;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.time.Duration;

/// Pings names, addresses, prefixes or ranges, and prints each probe without a reply: `PingHosts
/// localhost ::1 127.0.1.0/24`.
public final class PingHosts {
  private PingHosts() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    PingOptions options = PingOptions.DEFAULT.withCount(3).withInterval(Duration.ofMillis(200));
    try (Pinger pinger = Pinger.open()) {
      for (String targets : arguments) {
        var sweep = pinger.sweep(PingRequest.each(targets, options), new Narrator());
        IO.println(sweep.join().counts());
      }
    }
    // @end
  }

  /// Runs on the pinger's receiving thread, so it must be quick.
  private static final class Narrator implements PingListener {
    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      switch (outcome) {
        case PingOutcome.Reply _ -> {}
        case PingOutcome.NotSent(_, Errno errno, _, _) -> IO.println("not sent: " + errno.name());
        default -> IO.println(request.target() + ": " + outcome);
      }
    }
  }
}
