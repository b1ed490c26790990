package io.ringtap.bench;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.Pinger;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// One probe to each of 65 536 addresses, answered by the kernel of another namespace over a veth
/// pair: the engine and fping in turn, and the ratio of their medians. The engine's first round, in
/// which the JVM still compiles, is reported separately. Needs root and fping.
public final class SweepBesideFping {
  private static final int ROUNDS = 9;
  private static final int ADDRESSES = 65_536;
  private static final String PREFIX = "10.50.0.0";

  private SweepBesideFping() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (NetworkNamespace here = NetworkNamespace.create("here");
        NetworkNamespace there = NetworkNamespace.create("there")) {
      VethPair cable = VethPair.create(here, "h0", there, "t0");
      cable.a().address("10.99.0.1/24");
      cable.b().address("10.99.0.2/24");
      here.routes().via(PREFIX + "/16", "10.99.0.2");
      there.routes().local(PREFIX + "/16");

      List<Long> engine = new ArrayList<>();
      List<Long> fping = new ArrayList<>();
      try (Pinger pinger = here.call(() -> Pinger.open())) {
        for (int round = 0; round < ROUNDS; round++) {
          engine.add(sweep(pinger));
          fping.add(fping(here));
        }
      }
      long first = engine.removeFirst();
      IO.println("fping            %s, median %d ms".formatted(fping, median(fping)));
      IO.println("engine, cold     %d ms".formatted(first));
      IO.println("engine           %s, median %d ms".formatted(engine, median(engine)));
      IO.println("engine / fping   %.2f".formatted(median(engine) / (double) median(fping)));
    }
  }

  private static long sweep(Pinger pinger) {
    PingOptions options = PingOptions.DEFAULT.withCount(1).withTimeout(Duration.ofMillis(500));
    int first = (int) IpAddress.parse(PREFIX).low();
    long begin = System.nanoTime();
    PingTotals totals =
        pinger
            .sweep(
                IntStream.range(0, ADDRESSES)
                    .mapToObj(i -> PingRequest.to(IpAddress.ofIpv4(first + i)).with(options))
                    .iterator())
            .join();
    long millis = (System.nanoTime() - begin) / 1_000_000;
    if (totals.counts().received() != ADDRESSES) {
      throw new IllegalStateException("not every probe was answered: " + totals);
    }
    return millis;
  }

  private static long fping(NetworkNamespace here) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process =
        here.process("fping", "-q", "-i", "0", "-c", "1", "-t", "500", "-g", PREFIX + "/16")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("fping ended with " + exit);
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
