package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.ExperimentRun;
import io.ringtap.lab.experiment.LabPlan;
import io.ringtap.lab.experiment.Progress;
import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.profile.Watch;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What does each rung of capture buy? The library's ways to capture, with and without fanout, and
/// whole tools beside them, under load from one CPU and from several.
public final class LadderExperiment implements Experiment {
  /// The command line's word.
  public static final String NAME = "ladder";

  private static final ExperimentRun.Subject SUBJECT =
      new ExperimentRun.Subject(
          NAME,
          "The ladder of capture",
          "What does each rung of capture buy, and how far is it from what the kernel can do?",
          LadderReport.METRICS,
          LadderReport.CHARTS);

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
  public boolean hasProfiles() {
    return true;
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    ExperimentRun run = ExperimentRun.begin(plan, progress);
    List<Integer> cpus = UsableCpus.read();
    List<Integer> injecting = cpus.subList(0, Math.min(cpus.size(), MOST_CPUS));
    Optional<CaptureProgram> program = CaptureProgram.compile();
    try (CaptureNetwork stack = CaptureNetwork.create(NAME);
        CaptureNetwork driver = CaptureNetwork.throughDriver(NAME, injecting.size())) {
      Ladder first = new Ladder(plan, run, stack, injecting, program);
      Ladder second = new Ladder(plan, run, driver, injecting, Optional.empty());
      run.steps(first.steps() + second.steps());
      run.profiles(first.profiles() + second.profiles());
      first.measure();
      second.measure();
      return report(run, first, second, program.isPresent());
    } finally {
      if (program.isPresent()) {
        program.get().close();
      }
    }
  }

  private static Report report(ExperimentRun run, Ladder first, Ladder second, boolean isWithC)
      throws IOException, InterruptedException {
    List<Report.Peer> described = new ArrayList<>();
    described.add(new Report.Peer(NOBODY, "", ""));
    Stream.concat(first.rungs.stream(), second.rungs.stream())
        .map(LadderRung::label)
        .distinct()
        .forEach(label -> described.add(new Report.Peer(label, "", "")));
    for (CapturePeer peer : first.peers) {
      described.add(
          PeerPrograms.describe(
              first.network.namespace(), peer.name(), peer.versionCommand(), peer.command()));
    }
    Map<String, String> flags =
        Map.of(
            "packets",
            Long.toString(first.frames),
            "buffer",
            (BUFFER_BYTES >> 20) + " MiB",
            "frame",
            "60 bytes");
    return run.report(SUBJECT, flags, described, notes(run, isWithC));
  }

  private static List<String> notes(ExperimentRun run, boolean isWithC) {
    List<String> notes = new ArrayList<>(LadderReport.NOTES);
    if (!isWithC) {
      notes.add("There is no gcc that could compile the C program, which was left out.");
    }
    run.samples().stream()
        .filter(sample -> sample.failure() == null && !sample.peer().equals(NOBODY))
        .filter(sample ->
            !sample.values().containsKey(LadderRun.CAPTURED)
                || !sample.values().containsKey(LadderRun.DROPPED))
        .map(Sample::peer)
        .distinct()
        .map(peer -> peer + " does not say how many packets it captured or dropped: unknown.")
        .forEach(notes::add);
    return notes;
  }

  /// One ladder and who climbs it.
  private static final class Ladder {
    private final ExperimentRun run;
    private final int runs;
    private final CaptureNetwork network;
    private final long frames;
    private final Map<String, int[]> settings = new LinkedHashMap<>();
    private final List<LadderRung> rungs = new ArrayList<>();
    private final List<CapturePeer> peers;
    private final Set<LadderRung> warm = new HashSet<>(); // those that have run

    /// @param program in C that climbs too; a load through the driver has no other climbers than
    ///   the library
    Ladder(
        LabPlan plan,
        ExperimentRun run,
        CaptureNetwork network,
        List<Integer> cpus,
        Optional<CaptureProgram> program)
        throws IOException {
      this.run = run;
      this.network = network;
      runs = plan.runs();
      frames = plan.packets() == 0 ? DEFAULT_FRAMES : plan.packets();
      int several = cpus.size();
      String way = network.isThroughDriver() ? " through the driver" : "";
      settings.put("1 CPU injects" + way, new int[] {cpus.getFirst()});
      if (several > 1) {
        settings.put(
            several + " CPUs inject" + way, cpus.stream().mapToInt(Integer::intValue).toArray());
      }
      List<Integer> fanouts = several > 1 ? List.of(several) : List.of(2);
      peers = new ArrayList<>();
      if (network.isThroughDriver()) {
        rungs.addAll(CaptureRung.ofDriver(fanouts));
        rungs.add(new CountingRung(false));
        rungs.add(new CountingRung(true));
      } else {
        rungs.addAll(CaptureRung.ofStack(fanouts));
        program.ifPresent(
            c -> peers.addAll(c.peers(CaptureNetwork.INTERFACE, BUFFER_BYTES, fanouts)));
        peers.addAll(
            CapturePeer.present(
                plan.ringtap(), plan.peers(), CaptureNetwork.INTERFACE, BUFFER_BYTES));
      }
    }

    int steps() {
      return rungs.size() + runs * profiles();
    }

    /// How many loads there are in one run: one without a listener, and one for each climber.
    int profiles() {
      return settings.size() * (1 + rungs.size() + peers.size());
    }

    void measure() throws IOException, InterruptedException {
      for (Map.Entry<String, int[]> setting : settings.entrySet()) {
        for (int number = 1; number <= runs; number++) {
          measure(setting.getKey(), number, setting.getValue());
        }
      }
      for (Map.Entry<String, int[]> setting : settings.entrySet()) {
        profile(setting.getKey(), setting.getValue());
      }
    }

    private void profile(String setting, int... cpus) throws IOException, InterruptedException {
      profile(
          NOBODY,
          setting,
          () -> {
            CaptureNetwork.Load _ = network.load(frames, 0, cpus);
            return Optional.empty();
          });
      for (LadderRung rung : rungs) {
        profile(
            rung.label(),
            setting,
            () ->
                Optional.ofNullable(rung.run(network, BUFFER_BYTES, frames, cpus).contradiction()));
      }
      for (CapturePeer peer : peers) {
        profile(
            peer.name(),
            setting,
            () ->
                ExperimentRun.failure(
                    new CaptureProcessRun(network, peer, frames, cpus).run(setting, 1, 1)));
      }
    }

    /// One way to capture under load.
    private interface Climb {
      /// @return why it failed; empty if it did not
      Optional<String> run() throws IOException, InterruptedException;
    }

    private void profile(String who, String setting, Climb climb)
        throws IOException, InterruptedException {
      run.profile(
          who,
          setting,
          watch -> {
            network.watch(watch);
            try {
              return climb.run();
            } finally {
              network.watch(Watch.NONE);
            }
          });
    }

    private void measure(String setting, int number, int... cpus)
        throws IOException, InterruptedException {
      run.step(NOBODY, setting, number);
      LadderRun nobody = new LadderRun(network.load(frames, 0, cpus), 0, 0, 0);
      double limitPps = nobody.offeredPps();
      List<Sample.Series> rate = List.of(nobody.load().rate());
      run.add(new Sample(NOBODY, setting, number, false, nobody.ofLoad(), rate, null));
      for (LadderRung rung : rungs) {
        if (warm.add(rung)) {
          run.step(rung.label() + ", warm-up", setting, number);
          LadderRun first = rung.run(network, BUFFER_BYTES, frames, cpus);
          run.add(first.sample(rung.label(), setting, number, true, limitPps));
        }
        run.step(rung.label(), setting, number);
        LadderRun captured = rung.run(network, BUFFER_BYTES, frames, cpus);
        run.add(captured.sample(rung.label(), setting, number, false, limitPps));
      }
      for (CapturePeer peer : peers) {
        run.step(peer.name(), setting, number);
        run.add(new CaptureProcessRun(network, peer, frames, cpus).run(setting, number, limitPps));
      }
    }
  }
}
