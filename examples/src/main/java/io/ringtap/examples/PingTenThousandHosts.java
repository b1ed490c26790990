package io.ringtap.examples;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.IntStream;

/// Pings ten thousand addresses from a first one on, on two threads, and prints each probe that
/// brought no reply: `PingTenThousandHosts 127.0.0.1`.
public final class PingTenThousandHosts {
  private PingTenThousandHosts() {}

  public static void main(String[] arguments) throws IOException {
    int first = (int) IpAddress.parse(arguments[0]).low();
    PingOptions options = PingOptions.defaults().withCount(3).withTimeout(Duration.ofMillis(500));
    // Drawn as there is room for them: a million would take no more memory.
    Iterator<PingRequest> requests =
        IntStream.range(0, 10_000)
            .mapToObj(i -> PingRequest.to(IpAddress.ofIpv4(first + i)).with(options))
            .iterator();

    try (Pinger pinger = Pinger.open(PingerOptions.defaults().withRate(10_000))) {
      PingTotals totals = pinger.pingAll(requests, new Unanswered()).join();

      IO.println("%d of %d hosts answered".formatted(totals.reachable(), totals.requests()));
    }
  }

  private static final class Unanswered implements PingListener {
    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      if (!(outcome instanceof PingOutcome.Reply)) {
        IO.println(request.target() + ": " + outcome);
      }
    }
  }
}
