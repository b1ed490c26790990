package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Exchange;
import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.peer.WireRecorder;
import io.ringtap.lab.report.Report.Better;
import io.ringtap.lab.report.Report.Metric;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One run of one pinger of the fanout.
final class FanoutRun {
  static final Metric TARGETS = Metrics.neither("targets", "targets", "", 0);
  static final Metric ANSWERED = Metrics.neither("answered", "answered on the wire", "", 0);
  static final Metric RECEIVED = Metrics.neither("received", "replies reported", "", 0);
  static final Metric LOSS = Metrics.lower("loss_percent", "loss reported", "%", 2);
  static final Metric IDEAL = Metrics.neither("ideal_s", "ideal, all at once", "s", 2);
  static final Metric MODEL =
      Metrics.neither("model_ideal_s", "ideal for so many in flight", "s", 2);
  static final Metric PROBING =
      Metrics.lower("probing_s", "first request to last reply, on the wire", "s", 3);
  static final Metric OVER_IDEAL = Metrics.lower("run_over_ideal", "run time to the ideal", "×", 1);
  static final Metric SPEED =
      new Metric("targets_per_s", "targets answered a second", "1/s", 0, Better.HIGHER);

  static final List<Metric> ALL =
      List.of(
          Metrics.RUN,
          OVER_IDEAL,
          PROBING,
          SPEED,
          TARGETS,
          IDEAL,
          MODEL,
          ANSWERED,
          RECEIVED,
          LOSS,
          Metrics.THREADS,
          Metrics.RSS,
          Metrics.CPU_USER,
          Metrics.CPU_SYSTEM);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int[] ACCEPTED = {0, 1}; // 1 where something was lost

  private FanoutRun() {}

  /// Measures.
  static Sample measure(PingGround ground, FanoutPeer peer, Duration delay, int number)
      throws IOException, InterruptedException {
    try (WireRecorder wire = WireRecorder.start(ground.cable().b());
        MeasuredProcess process = MeasuredProcess.start(ground.here(), peer.command())) {
      ProcessRun run = process.await(PATIENCE);
      List<Exchange> answered = wire.stop().stream().filter(Exchange::isAnswered).toList();
      String failure = peer.isOfUser() && !run.isOverdue() ? null : run.failure(ACCEPTED);
      if (failure == null && answered.isEmpty()) {
        failure = "no probe was answered on the wire";
      }
      if (failure != null) {
        return Sample.failed(peer.name(), peer.setting(delay), number, failure);
      }
      Map<String, Double> values = values(peer, delay, run, answered);
      return new Sample(
          peer.name(), peer.setting(delay), number, false, values, run.series(), null);
    }
  }

  private static Map<String, Double> values(
      FanoutPeer peer, Duration delay, ProcessRun run, List<Exchange> answered) {
    Map<String, Double> values = new HashMap<>();
    Metrics.addCost(run, values);
    double seconds = run.took().toNanos() / 1e9;
    double ideal = delay.toNanos() / 1e9;
    int rounds = (peer.targets() + peer.workers() - 1) / peer.workers();
    values.put(TARGETS.name(), (double) peer.targets());
    values.put(IDEAL.name(), ideal);
    values.put(MODEL.name(), rounds * ideal);
    values.put(OVER_IDEAL.name(), seconds / ideal);
    values.put(ANSWERED.name(), (double) answered.size());
    long first = answered.stream().mapToLong(Exchange::requestNanos).min().orElseThrow();
    long last = answered.stream().mapToLong(Exchange::replyNanos).max().orElseThrow();
    values.put(PROBING.name(), (last - first) / 1e9);
    long received = peer.received(run.output() + "\n" + run.errors());
    // A reply that the pinger missed is none.
    values.put(SPEED.name(), (received >= 0 ? received : answered.size()) / seconds);
    if (received >= 0) {
      values.put(RECEIVED.name(), (double) received);
      values.put(LOSS.name(), 100.0 * (peer.targets() - received) / peer.targets());
    }
    return values;
  }
}
