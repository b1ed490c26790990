package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.CpuTime;
import io.ringtap.lab.peer.Exchange;
import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.PingPeer;
import io.ringtap.lab.peer.PingResult;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.peer.WireRecorder;
import io.ringtap.lab.profile.Watch;
import io.ringtap.lab.report.Report.Metric;
import io.ringtap.lab.report.Sample;
import io.ringtap.testnet.load.EchoTraffic;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of one pinger in one phase of the flood.
final class FloodRun {
  static final Metric CPU =
      Metrics.lower("cpu_ms_per_s", "CPU a second, while the flood comes", "ms/s", 2);
  static final Metric SOFTIRQ =
      Metrics.lower("softirq_ms_per_s", "softirq of the flood's CPU a second", "ms/s", 0);
  static final Metric SENT = Metrics.neither("sent", "probes sent, on the wire", "", 0);
  static final Metric RECEIVED = Metrics.neither("received", "replies reported", "", 0);
  static final Metric LOSS = Metrics.lower("loss_percent", "loss reported", "%", 2);
  static final Metric WIRE_LOSS = Metrics.lower("wire_loss_percent", "loss on the wire", "%", 2);
  static final Metric OVER_IDEAL = Metrics.lower("run_over_ideal", "run time to the ideal", "×", 2);
  static final Metric REPORTED_RTT =
      Metrics.lower("rtt_told_p50_us", "RTT reported, median", "µs", 1);
  static final Metric WIRE_RTT =
      Metrics.neither("rtt_wire_p50_us", "RTT on the wire, median", "µs", 1);
  static final Metric EXCESS =
      Metrics.lower("rtt_excess_p50_us", "RTT reported over the wire's, median", "µs", 1);
  static final Metric EXCESS_99 =
      Metrics.lower("rtt_excess_p99_us", "RTT reported over the wire's, 99 %", "µs", 1);
  static final Metric FOREIGN = Metrics.neither("foreign_packets", "foreign packets", "", 0);
  static final Metric RATE = Metrics.neither("foreign_pps", "foreign packets a second", "1/s", 0);
  static final Metric KERNEL =
      Metrics.lower("kernel_ns_per_foreign", "kernel, a foreign packet", "ns", 0);

  static final List<Metric> ALL =
      List.of(
          CPU,
          SOFTIRQ,
          Metrics.CPU_USER,
          Metrics.CPU_SYSTEM,
          SENT,
          RECEIVED,
          LOSS,
          WIRE_LOSS,
          Metrics.RUN,
          OVER_IDEAL,
          REPORTED_RTT,
          WIRE_RTT,
          EXCESS,
          EXCESS_99,
          FOREIGN,
          RATE,
          KERNEL,
          Metrics.THREADS,
          Metrics.RSS);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration FIRST_SECOND = Duration.ofSeconds(1);
  private static final int FRAME_BYTES = 98; // an IP packet of 84 bytes
  private static final int LOAD_CPU = 0;

  private final PingGround ground;
  private final FloodSize size;
  private final PingPeer peer;
  private final FloodPhase phase;
  private final int number;
  private final Map<String, Double> values = new HashMap<>();
  private Watch watch = Watch.NONE;

  FloodRun(PingGround ground, FloodSize size, PingPeer peer, FloodPhase phase, int number) {
    this.ground = ground;
    this.size = size;
    this.peer = peer;
    this.phase = phase;
    this.number = number;
  }

  /// Has the time of the flood looked at.
  FloodRun watchedBy(Watch newWatch) {
    watch = newWatch;
    return this;
  }

  /// Measures.
  ///
  /// @return the process's first second, marked as the warm-up, and the run; or why there is none
  List<Sample> measure() throws IOException, InterruptedException {
    List<String> command = peer.command(PingGround.THERE, size.probes(), FloodSize.INTERVAL);
    try (WireRecorder wire = WireRecorder.start(ground.cable().b());
        MeasuredProcess process =
            MeasuredProcess.start(ground.here(), command, watch.environment())) {
      Optional<Exchange> first = awaitFirst(wire, process);
      if (first.isPresent()) {
        Thread.sleep(FloodSize.MARGIN);
        flood(process, first.get());
      }
      ProcessRun run = process.await(first.isPresent() ? PATIENCE.plus(size.window()) : LOOK);
      List<Exchange> exchanges = wire.stop();
      String failure = failure(run, exchanges);
      if (failure != null) {
        return List.of(Sample.failed(peer.name(), phase.label(), number, failure));
      }
      evaluate(run, exchanges);
      return List.of(warmUp(run), sample(run));
    }
  }

  /// Waits for the first probe; empty if none comes, or the process has ended without one.
  private static Optional<Exchange> awaitFirst(WireRecorder wire, MeasuredProcess process)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean isOver = !process.isAlive() || System.nanoTime() - deadline > 0;
      Optional<Exchange> first = wire.awaitFirst(LOOK);
      if (first.isPresent() || isOver) {
        return first;
      }
    }
  }

  /// Measures what the process costs while the flood comes, or while all is quiet for as long.
  private void flood(MeasuredProcess process, Exchange first)
      throws IOException, InterruptedException {
    watch.begin();
    CpuTime before = process.cpu();
    long softirqBefore = SoftirqTime.nanos(LOAD_CPU);
    long begin = System.nanoTime();
    Optional<EchoTraffic> traffic = phase.traffic(ground.cable().a().mac(), first);
    if (traffic.isEmpty()) {
      Thread.sleep(size.window());
    } else {
      FrameLoad load = FrameLoad.on(ground.cable().b()).outgoing();
      load.echo(traffic.get()).size(FRAME_BYTES);
      load.frames(size.packets()).rate(size.rate()).cpus(LOAD_CPU);
      try (DriverProgram _ = DriverProgram.on(ground.cable().a());
          RunningLoad running = load.start()) {
        long deadline = begin + size.window().toNanos();
        while (running.isRunning() && System.nanoTime() - deadline < 0) {
          Thread.sleep(10);
        }
        running.stop();
        running.await();
        addLoad(running);
      }
      sleepUntil(begin + size.window().toNanos());
    }
    CpuTime used = process.cpu().since(before);
    double seconds = (System.nanoTime() - begin) / 1e9;
    values.put(CPU.name(), used.nanos() / 1e6 / seconds);
    long softirq = SoftirqTime.nanos(LOAD_CPU) - softirqBefore;
    values.put(SOFTIRQ.name(), softirq / 1e6 / seconds);
    watch.end();
  }

  private void addLoad(RunningLoad load) {
    values.put(FOREIGN.name(), (double) load.injected());
    values.put(RATE.name(), load.injected() / (load.elapsedNanos() / 1e9));
    if (load.injected() > 0) {
      values.put(KERNEL.name(), load.cpuNanos() / (double) load.injected());
    }
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private @Nullable String failure(ProcessRun run, List<Exchange> exchanges) {
    String failure = run.failure(peer.accepted());
    if (failure != null && exchanges.isEmpty() && run.isOverdue()) {
      return "no probe was seen on the wire within " + PATIENCE.toSeconds() + " s";
    }
    return failure == null && exchanges.isEmpty() ? "no probe was seen on the wire" : failure;
  }

  private void evaluate(ProcessRun run, List<Exchange> exchanges) {
    Metrics.addCost(run, values);
    values.put(OVER_IDEAL.name(), run.took().toNanos() / 1e9 / size.idealSeconds());
    values.put(SENT.name(), (double) exchanges.size());
    long answered = exchanges.stream().filter(Exchange::isAnswered).count();
    values.put(WIRE_LOSS.name(), 100.0 * (exchanges.size() - answered) / exchanges.size());
    PingResult result = peer.read(run);
    if (result.received().isPresent()) {
      long received = result.received().getAsLong();
      values.put(RECEIVED.name(), (double) received);
      values.put(LOSS.name(), 100.0 * (exchanges.size() - received) / exchanges.size());
    }
    RttComparison.of(exchanges, result.rttNanos()).ifPresent(this::add);
  }

  private void add(RttComparison rtts) {
    values.put(REPORTED_RTT.name(), rtts.reportedNanos(0.5) / 1e3);
    values.put(WIRE_RTT.name(), rtts.wireNanos(0.5) / 1e3);
    values.put(EXCESS.name(), rtts.excessNanos(0.5) / 1e3);
    values.put(EXCESS_99.name(), rtts.excessNanos(0.99) / 1e3);
  }

  private Sample warmUp(ProcessRun run) {
    double seconds = run.cpuSecondsWithin(FIRST_SECOND);
    return new Sample(
        peer.name(),
        phase.label(),
        number,
        true,
        Map.of(CPU.name(), seconds * 1e3),
        List.of(),
        null);
  }

  private Sample sample(ProcessRun run) {
    return new Sample(peer.name(), phase.label(), number, false, values, run.series(), null);
  }
}
