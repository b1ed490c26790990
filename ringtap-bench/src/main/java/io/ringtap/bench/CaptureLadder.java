package io.ringtap.bench;

import io.ringtap.bench.CaptureBench.Run;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.testnet.RunningLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rungs of packet capture, each beside a C program that climbs it the same way, under load
/// from two CPUs. Needs root and gcc.
///
/// Arguments: frames of a load (4 000 000 unless told) and rounds (5).
///
/// CPU is that of the capturing threads, or of the whole C program. The kernel's work up to the
/// socket is the load's and not in it. The first round, in which the JVM still compiles, is left
/// out.
public final class CaptureLadder {
  /// Counts, as the C program does.
  private static final class Counter implements PacketHandler {
    private long octets;

    @Override
    public void onPacket(Frame packet) {
      octets += packet.origlen();
    }
  }

  /// One way to capture.
  private record Rung(String label, CaptureMode mode, String reference, int threads) {}

  private static final List<Rung> RUNGS =
      List.of(
          new Rung("RECV", CaptureMode.RECV, "recvmmsg", 1),
          new Rung("RECV + fanout x2", CaptureMode.RECV, "recvmmsg", 2),
          new Rung("RING", CaptureMode.RING, "ring", 1),
          new Rung("RING + fanout x2", CaptureMode.RING, "ring", 2));

  private static final int[] LOAD_CPUS = {0, 1};

  private CaptureLadder() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long frames = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    try (CaptureBench bench = new CaptureBench(frames)) {
      Path reference = bench.compile("capture.c");
      for (int round = 0; round <= rounds; round++) {
        boolean isCounted = round > 0;
        add(runs, "nobody listens", nobody(bench), isCounted);
        add(runs, "recv, C, one call a packet", reference(bench, reference, "recv", 1), isCounted);
        for (Rung rung : RUNGS) {
          Run theirs = reference(bench, reference, rung.reference(), rung.threads());
          add(runs, rung.label() + ", C", theirs, isCounted);
          add(runs, rung.label() + ", Ringtap", ringtap(bench, rung), isCounted);
        }
      }
    }
    CaptureBench.printHead();
    runs.forEach((label, all) -> CaptureBench.print(label, Run.median(all)));
  }

  private static void add(Map<String, List<Run>> runs, String label, Run run, boolean isCounted) {
    if (isCounted) {
      runs.computeIfAbsent(label, _ -> new ArrayList<>()).add(run);
    }
  }

  private static Run nobody(CaptureBench bench) throws IOException, InterruptedException {
    RunningLoad load = bench.load(LOAD_CPUS);
    return new Run(load.injected(), 0, 0, 0, load.elapsedNanos());
  }

  private static Run reference(CaptureBench bench, Path program, String mode, int threads)
      throws IOException, InterruptedException {
    String buffer = Long.toString(CaptureBench.BUFFER_BYTES);
    Process process =
        bench
            .namespace
            .process(
                program.toString(), CaptureBench.INTERFACE, mode, Integer.toString(threads), buffer)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      if (!"ready".equals(out.readLine())) {
        throw new IllegalStateException("the C program did not start");
      }
      RunningLoad load = bench.load(LOAD_CPUS);
      process.getOutputStream().close();
      String[] figures = String.valueOf(out.readLine()).split(" ");
      process.waitFor();
      long cpuMicros = Long.parseLong(figures[2]) + Long.parseLong(figures[3]);
      return checked(
          new Run(
              load.injected(),
              Long.parseLong(figures[0]),
              Long.parseLong(figures[1]),
              cpuMicros * 1000,
              load.elapsedNanos()));
    } finally {
      process.destroy();
    }
  }

  private static Run ringtap(CaptureBench bench, Rung rung)
      throws IOException, InterruptedException {
    CaptureOptions options =
        CaptureOptions.on(CaptureBench.INTERFACE)
            .mode(rung.mode())
            .threads(rung.threads())
            .fanout(Fanout.by(FanoutMode.CPU))
            .buffer(CaptureBench.BUFFER_BYTES)
            .build();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Capture capture = bench.namespace.call(() -> Capture.open(options))) {
      capture.start(_ -> new Counter(), _ -> {});
      long[] ids =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("ringtap-capture-"))
              .mapToLong(Thread::threadId)
              .toArray();
      RunningLoad load = bench.load(LOAD_CPUS);
      while (capture.counters().waiting() > 0) {
        Thread.sleep(10);
      }
      long cpu = 0;
      for (long id : ids) {
        cpu += threads.getThreadCpuTime(id);
      }
      capture.stop();
      capture.await();
      CaptureCounters counters = capture.counters();
      return checked(
          new Run(
              load.injected(),
              counters.captured(),
              counters.droppedByKernel(),
              cpu,
              load.elapsedNanos()));
    }
  }

  private static Run checked(Run run) {
    if (run.captured() + run.dropped() != run.offered()) {
      throw new IllegalStateException("captured and dropped are not what was offered: " + run);
    }
    return run;
  }
}
