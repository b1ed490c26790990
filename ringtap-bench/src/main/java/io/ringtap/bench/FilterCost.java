package io.ringtap.bench;

import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The cost of packets that do not match a capture's filter: CPU time of the process during a load
/// of UDP packets with the filter `icmp or arp`, compared to the same time without a load. Needs
/// root and tcpdump.
///
/// Arguments: the `ringtap` launcher, and the number of frames (10 000 000 by default).
public final class FilterCost {
  private static final List<String> FILTER = List.of("icmp", "or", "arp");
  private static final long SETTLE_MILLIS = 3000;

  private FilterCost() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String ringtap = Path.of(arguments[0]).toAbsolutePath().toString();
    long frames = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
    String in = CaptureBench.INTERFACE;
    try (CaptureBench bench = new CaptureBench(frames)) {
      measure(bench, "ringtap capture", ringtap, "capture", "-n", "-i", in);
      measure(bench, "ringtap capture --mode recv", ringtap, "capture", "--mode", "recv", "-i", in);
      measure(bench, "tcpdump", "tcpdump", "-n", "-i", in);
    }
  }

  private static void measure(CaptureBench bench, String label, String... start)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(start));
    command.addAll(FILTER);
    Path output = bench.directory.resolve("output");
    Process process =
        bench
            .namespace
            .process(command.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Thread.sleep(SETTLE_MILLIS);
      long begin = CaptureBench.cpuNanos(process.pid());
      RunningLoad load = bench.load(0);
      long loaded = CaptureBench.cpuNanos(process.pid()) - begin;
      TimeUnit.NANOSECONDS.sleep(load.elapsedNanos());
      long idle = CaptureBench.cpuNanos(process.pid()) - begin - loaded;
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(label + " does not end");
      }
      String said = Files.readString(output);
      if (!said.contains("0 packets captured")) {
        throw new IllegalStateException("something matched: " + said);
      }
      IO.println(
          "%-28s %,d packets in %.2f s: %d ms of CPU (%.2f %% of a core), without them %d ms"
              .formatted(
                  label,
                  load.injected(),
                  load.elapsedNanos() / 1e9,
                  loaded / 1_000_000,
                  100.0 * loaded / load.elapsedNanos(),
                  idle / 1_000_000));
    } finally {
      process.destroyForcibly();
    }
  }
}
