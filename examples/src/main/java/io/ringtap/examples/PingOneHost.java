package io.ringtap.examples;

import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/// Pings one host five times and prints what came of it: `PingOneHost 127.0.0.1`.
public final class PingOneHost {
  private PingOneHost() {}

  public static void main(String[] arguments) throws IOException {
    InetAddress target = InetAddress.getByName(arguments.length == 0 ? "localhost" : arguments[0]);
    PingOptions options = PingOptions.DEFAULT.withCount(5).withInterval(Duration.ofMillis(200));

    try (Pinger pinger = Pinger.open()) {
      PingSummary summary = pinger.ping(PingRequest.to(target).with(options)).join();

      IO.println(
          "%d of %d replies, median %d ns, jitter %.0f ns, stamps %s"
              .formatted(
                  summary.counts().received(),
                  summary.counts().sent(),
                  summary.rtt().median(),
                  summary.rtt().jitter(),
                  summary.stamp().word()));
    }
  }
}
