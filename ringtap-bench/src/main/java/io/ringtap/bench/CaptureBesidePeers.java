package io.ringtap.bench;

import io.ringtap.bench.CaptureBench.Run;
import io.ringtap.lab.RunningLoad;
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

/// CPU time a packet of the `ringtap capture` command beside tcpdump, netsniff-ng and dumpcap, each
/// a process of its own, under load from CPU 0: counting, and writing to a disk. Needs root and the
/// tools.
///
/// Arguments: the `ringtap` launcher, frames of a load (10 000 000 unless told) and rounds (3).
///
/// CPU is that of the process from when it listens until it has ended, so with the JVM's compiling
/// and without its start, which is told at the end.
public final class CaptureBesidePeers {
  /// A command that captures until it is interrupted.
  ///
  /// @param captured finds in its output how many packets it has captured
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
          runs.computeIfAbsent(peer.label(), _ -> new ArrayList<>()).add(run(bench, peer));
          Files.deleteIfExists(file);
        }
      }
    }
    CaptureBench.printHead();
    runs.forEach((label, all) -> CaptureBench.print(label, Run.median(all)));
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

  private static Run run(CaptureBench bench, Peer peer) throws IOException, InterruptedException {
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
      long before = CaptureBench.cpuNanos(process.pid());
      RunningLoad load = bench.load(0);
      Thread.sleep(IDLE_MILLIS);
      long cpu = CaptureBench.cpuNanos(process.pid()) - before;
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(peer.label() + " does not end");
      }
      String said = Files.readString(output);
      return new Run(
          load.injected(),
          number(peer.captured(), said),
          number(peer.dropped(), said),
          cpu,
          load.elapsedNanos());
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
