package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Leftovers;
import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import io.ringtap.testnet.load.RunningLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What does each rung of capture buy? The library's ways to capture, with and without fanout, and
/// whole tools beside them, under load from one CPU and from several.
public final class LadderExperiment implements Experiment {
  /// The command line's word.
  public static final String NAME = "ladder";

  private static final long DEFAULT_FRAMES = 1_000_000;
  private static final long BUFFER_BYTES = 16L << 20;
  private static final int MOST_CPUS = 4;
  private static final String NOBODY = "nobody listens";

  /// The experiment; it keeps nothing from one run to the next.
  public LadderExperiment() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    int _ = Leftovers.clean();
    Instant begun = Instant.now();
    try (CaptureNetwork network = CaptureNetwork.create(NAME)) {
      Run run = new Run(plan, progress, network);
      run.measure();
      return run.report(begun);
    }
  }

  /// One course of the experiment.
  private static final class Run {
    private final LabPlan plan;
    private final Progress progress;
    private final CaptureNetwork network;
    private final long frames;
    private final Map<String, int[]> settings = new LinkedHashMap<>();
    private final List<CaptureRung> rungs;
    private final List<CapturePeer> peers;
    private final Map<CaptureRung, Boolean> isWarm = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final int steps;
    private int done;

    Run(LabPlan plan, Progress progress, CaptureNetwork network) throws IOException {
      this.plan = plan;
      this.progress = progress;
      this.network = network;
      frames = plan.packets() == 0 ? DEFAULT_FRAMES : plan.packets();
      List<Integer> cpus = UsableCpus.read();
      int several = Math.min(cpus.size(), MOST_CPUS);
      settings.put("1 CPU injects", new int[] {cpus.getFirst()});
      if (several > 1) {
        settings.put(
            several + " CPUs inject",
            cpus.subList(0, several).stream().mapToInt(Integer::intValue).toArray());
      }
      rungs = CaptureRung.all(several > 1 ? List.of(several) : List.of(2));
      peers =
          CapturePeer.present(plan.ringtap(), plan.peers(), CaptureNetwork.INTERFACE, BUFFER_BYTES);
      steps = rungs.size() + settings.size() * plan.runs() * (1 + rungs.size() + peers.size());
    }

    void measure() throws IOException, InterruptedException {
      for (Map.Entry<String, int[]> setting : settings.entrySet()) {
        for (int run = 1; run <= plan.runs(); run++) {
          measure(setting.getKey(), run, setting.getValue());
        }
      }
      progress.step(done, steps, "done");
    }

    private void measure(String setting, int run, int... cpus)
        throws IOException, InterruptedException {
      step(NOBODY, setting, run);
      RunningLoad load = network.load(frames, 0, cpus);
      LadderRun nobody =
          new LadderRun(load.injected(), 0, 0, 0, load.elapsedNanos(), load.cpuNanos());
      double limitPps = nobody.offeredPps();
      samples.add(new Sample(NOBODY, setting, run, false, nobody.ofLoad(), List.of(), null));
      for (CaptureRung rung : rungs) {
        if (isWarm.put(rung, true) == null) {
          step(rung.label() + ", warm-up", setting, run);
          samples.add(sample(rung, setting, run, true, limitPps, cpus));
        }
        step(rung.label(), setting, run);
        samples.add(sample(rung, setting, run, false, limitPps, cpus));
      }
      for (CapturePeer peer : peers) {
        step(peer.name(), setting, run);
        samples.addAll(
            new CaptureProcessRun(network, peer, frames, cpus).run(setting, run, limitPps));
      }
    }

    private Sample sample(
        CaptureRung rung, String setting, int run, boolean isWarmUp, double limitPps, int... cpus)
        throws IOException, InterruptedException {
      LadderRun captured = rung.run(network, BUFFER_BYTES, frames, cpus);
      String failure = captured.contradiction();
      return failure == null
          ? new Sample(
              rung.label(), setting, run, isWarmUp, captured.values(limitPps), List.of(), null)
          : Sample.failed(rung.label(), setting, run, failure);
    }

    private void step(String who, String setting, int run) {
      progress.step(
          done++, steps, "%s, %s, run %d of %d".formatted(who, setting, run, plan.runs()));
    }

    Report report(Instant begun) throws IOException, InterruptedException {
      List<Report.Peer> described = new ArrayList<>();
      described.add(new Report.Peer(NOBODY, "", ""));
      rungs.forEach(rung -> described.add(new Report.Peer(rung.label(), "", "")));
      String version = "";
      for (CapturePeer peer : peers) {
        String own = PeerPrograms.version(network.namespace(), peer.versionCommand());
        version = peer.name().equals(CapturePeer.RINGTAP) ? own : version;
        described.add(new Report.Peer(peer.name(), own, String.join(" ", peer.command())));
      }
      return new Report(
          NAME,
          "The ladder of capture",
          "What does each rung of capture buy, and how far is it from what the kernel can do?",
          begun,
          Duration.between(begun, Instant.now()),
          ThisMachine.describe(version),
          plan.command(),
          flags(),
          described,
          LadderReport.METRICS,
          samples,
          LadderReport.CHARTS,
          notes());
    }

    private Map<String, String> flags() {
      return Map.of(
          "packets",
          Long.toString(frames),
          "runs",
          Integer.toString(plan.runs()),
          "buffer",
          (BUFFER_BYTES >> 20) + " MiB",
          "frame",
          "60 bytes");
    }

    private List<String> notes() {
      Stream<String> silent =
          samples.stream()
              .filter(sample -> sample.failure() == null && !sample.peer().equals(NOBODY))
              .filter(sample ->
                  !sample.values().containsKey(LadderRun.CAPTURED)
                      || !sample.values().containsKey(LadderRun.DROPPED))
              .map(Sample::peer)
              .distinct()
              .map(
                  peer -> peer + " does not say how many packets it captured or dropped: unknown.");
      return Stream.concat(LadderReport.NOTES.stream(), silent).toList();
    }
  }
}
