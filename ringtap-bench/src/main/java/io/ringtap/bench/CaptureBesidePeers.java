package io.ringtap.bench;

import io.ringtap.bench.CaptureBench.Run;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CPU time per packet of `ringtap capture`, compared to tcpdump, netsniff-ng and dumpcap, under
/// load from CPU 0: counting, and writing to a disk. Needs root and the tools.
///
/// Arguments: the `ringtap` launcher, the number of frames of a load (10 000 000 by default) and of
/// rounds (3).
///
/// Each process gets two equal loads, one after the other. The first shows the cost of a short run,
/// in which a JVM still compiles, the second that of a long run. CPU time is that of the whole
/// process without its start. Captured and dropped packets are counted over both loads, and half of
/// them is shown for each.
public final class CaptureBesidePeers {
  /// A command that captures until it is interrupted.
  ///
  /// @param captured finds the number of captured packets in its output
  private record Peer(String label, Pattern captured, Pattern dropped, List<String> command) {}

  private static final Pattern TCPDUMP = Pattern.compile("(\\d+) packets? captured");
  private static final Pattern TCPDUMP_DROPPED =
      Pattern.compile("(\\d+) packets? dropped by kernel");
  private static final Pattern NETSNIFF = Pattern.compile("(\\d+)\\s+packets incoming");
  private static final Pattern NETSNIFF_DROPPED =
      Pattern.compile("(\\d+)\\s+packets failed filter");
  private static final Pattern DUMPCAP = Pattern.compile("received/dropped on.*?: (\\d+)/");
  private static final Pattern DUMPCAP_DROPPED =
      Pattern.compile("received/dropped on.*?: \\d+/(\\d+)");
  private static final String KIBIBYTES = Long.toString(CaptureBench.BUFFER_BYTES >> 10);
  private static final String MEBIBYTES = Long.toString(CaptureBench.BUFFER_BYTES >> 20);
  private static final long SETTLE_MILLIS = 2000;
  private static final long IDLE_MILLIS = 1000;

  private CaptureBesidePeers() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String ringtap = Path.of(arguments[0]).toAbsolutePath().toString();
    long frames = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    try (CaptureBench bench = new CaptureBench(frames)) {
      Path file = bench.directory.resolve("written").toAbsolutePath();
      for (int round = 0; round < rounds; round++) {
        for (Peer peer : peers(ringtap, file.toString())) {
          List<Run> both = run(bench, peer);
          add(runs, peer.label() + ", first load", both.getFirst());
          add(runs, peer.label() + ", second", both.getLast());
          Files.deleteIfExists(file);
        }
      }
    }
    CaptureBench.printHead();
    runs.forEach((label, all) -> CaptureBench.print(label, Run.median(all)));
  }

  private static void add(Map<String, List<Run>> runs, String label, Run run) {
    runs.computeIfAbsent(label, _ -> new ArrayList<>()).add(run);
  }

  private static List<Peer> peers(String ringtap, String file) {
    String in = CaptureBench.INTERFACE;
    return List.of(
        tcpdump("count: ringtap", ringtap, "capture", "-i", in, "-B", KIBIBYTES, "--rate"),
        tcpdump(
            "count: tcpdump -w /dev/null", "tcpdump", "-i", in, "-B", KIBIBYTES, "-w", "/dev/null"),
        tcpdump(
            "disk: ringtap, pcapng",
            ringtap,
            "capture",
            "-i",
            in,
            "-B",
            KIBIBYTES,
            "-w",
            file,
            "--format",
            "pcapng"),
        tcpdump(
            "disk: ringtap, pcap",
            ringtap,
            "capture",
            "-i",
            in,
            "-B",
            KIBIBYTES,
            "-w",
            file,
            "--format",
            "pcap"),
        tcpdump("disk: tcpdump", "tcpdump", "-i", in, "-B", KIBIBYTES, "-w", file),
        new Peer(
            "disk: netsniff-ng",
            NETSNIFF,
            NETSNIFF_DROPPED,
            List.of(
                "netsniff-ng",
                "--in",
                in,
                "--out",
                file,
                "--silent",
                "--ring-size",
                MEBIBYTES + "MiB")),
        new Peer(
            "disk: dumpcap",
            DUMPCAP,
            DUMPCAP_DROPPED,
            List.of("dumpcap", "-q", "-i", in, "-B", MEBIBYTES, "-w", file)));
  }

  private static Peer tcpdump(String label, String... command) {
    return new Peer(label, TCPDUMP, TCPDUMP_DROPPED, List.of(command));
  }

  private static List<Run> run(CaptureBench bench, Peer peer)
      throws IOException, InterruptedException {
    Path output = bench.directory.resolve("output");
    Process process =
        bench
            .namespace
            .process(peer.command().toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Thread.sleep(SETTLE_MILLIS);
      long begin = CaptureBench.cpuNanos(process.pid());
      RunningLoad first = bench.load(0);
      Thread.sleep(IDLE_MILLIS);
      long middle = CaptureBench.cpuNanos(process.pid());
      RunningLoad second = bench.load(0);
      Thread.sleep(IDLE_MILLIS);
      long end = CaptureBench.cpuNanos(process.pid());
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(peer.label() + " does not end");
      }
      String said = Files.readString(output);
      long captured = number(peer.captured(), said);
      long dropped = number(peer.dropped(), said);
      if (captured + dropped != first.injected() + second.injected()) {
        throw new IllegalStateException("captured and dropped are not what was offered: " + said);
      }
      return List.of(
          new Run(
              first.injected(), captured / 2, dropped / 2, middle - begin, first.elapsedNanos()),
          new Run(
              second.injected(), captured / 2, dropped / 2, end - middle, second.elapsedNanos()));
    } finally {
      process.destroyForcibly();
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in what it said: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }
}
