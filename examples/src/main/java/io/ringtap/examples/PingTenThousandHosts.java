package io.ringtap.examples;

import io.ringtap.error.Errno;
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

/// Pings ten thousand addresses from a first one on, on two threads, and hears of each probe as it
/// ends: `PingTenThousandHosts 127.0.0.1`.
public final class PingTenThousandHosts {
  private static final int HOSTS = 10_000;

  private PingTenThousandHosts() {}

  public static void main(String[] arguments) throws IOException {
    int first = (int) IpAddress.parse(arguments.length == 0 ? "127.0.0.1" : arguments[0]).low();
    PingOptions options =
        PingOptions.DEFAULT
            .withCount(3)
            .withInterval(Duration.ofSeconds(1))
            .withTimeout(Duration.ofMillis(500));
    // Drawn as there is room for them: a million would take no more memory.
    Iterator<PingRequest> requests =
        IntStream.range(0, HOSTS)
            .mapToObj(i -> PingRequest.to(IpAddress.ofIpv4(first + i)).with(options))
            .iterator();

    try (Pinger pinger = Pinger.open(PingerOptions.DEFAULT.withRate(10_000))) {
      PingTotals totals = pinger.sweep(requests, new Narrator()).join();

      IO.println(
          "%d of %d hosts answered; %d probes, %d replies, %d lost, %d refused"
              .formatted(
                  totals.reachable(),
                  totals.requests(),
                  totals.counts().sent(),
                  totals.counts().received(),
                  totals.counts().lost(),
                  totals.counts().errors()));
    }
  }

  /// Mentions what is out of the ordinary. Runs on the pinger's receiving thread, so it is brief.
  private static final class Narrator implements PingListener {
    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      switch (outcome) {
        case PingOutcome.Reply _ -> {}
        case PingOutcome.TimedOut(int sequence, _, _, _) ->
            IO.println(request.target() + ": no answer to probe " + sequence);
        case PingOutcome.IcmpError(int sequence, IpAddress by, int type, int code, _, _, _) ->
            IO.println(
                request.target()
                    + ": probe %d refused by %s, type %d code %d"
                        .formatted(sequence, by, type, code));
        case PingOutcome.NotSent(int sequence, Errno errno, _) ->
            IO.println(request.target() + ": probe " + sequence + " not sent: " + errno);
        case PingOutcome.Corrupted _,
            PingOutcome.ReplyFromElsewhere _,
            PingOutcome.Withdrawn _,
            PingOutcome.LateReply _,
            PingOutcome.Duplicate _ ->
            IO.println(request.target() + ": " + outcome);
      }
    }
  }
}
