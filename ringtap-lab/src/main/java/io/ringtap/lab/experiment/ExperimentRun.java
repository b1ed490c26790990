package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Leftovers;
import io.ringtap.lab.peer.PingPeers;
import io.ringtap.lab.profile.Profiler;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Profile;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One run of an experiment: its steps as they begin, its samples, and at the end the report of
/// them.
public final class ExperimentRun {
  /// What the reports of an experiment have in common.
  ///
  /// @param name on the command line
  /// @param title of the report
  /// @param question that it answers
  /// @param metrics in the order of tables
  /// @param charts to draw
  public record Subject(
      String name,
      String title,
      String question,
      List<Report.Metric> metrics,
      List<Chart> charts) {}

  private final LabPlan plan;
  private final Progress progress;
  private final Instant begun = Instant.now();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Profile> profiles = new ArrayList<>();
  private final List<String> profileNotes = new ArrayList<>();
  private final Optional<Profiler> profiler;
  private int steps;
  private int done;

  private ExperimentRun(LabPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    profiler = plan.isProfiled() ? Optional.of(new Profiler()) : Optional.empty();
    profiler.ifPresent(present -> {
      present.refusals().forEach(progress::notice);
      profileNotes.addAll(present.refusals());
    });
  }

  /// Begins: ends what an earlier lab has left behind, so that it does not disturb this one.
  public static ExperimentRun begin(LabPlan plan, Progress progress)
      throws IOException, InterruptedException {
    int _ = Leftovers.clean();
    return new ExperimentRun(plan, progress);
  }

  /// Sets how many steps there will be, without those of profiles.
  public void steps(int count) {
    steps += count;
  }

  /// Adds the steps of profiles.
  ///
  /// @param count how often [#profile] will be called
  public void profiles(int count) {
    steps += count * profiler.map(Profiler::runs).orElse(0);
  }

  /// Shows that the next step begins: the run number `run` of `who` in `setting`.
  public void step(String who, String setting, int run) {
    progress.step(done++, steps, "%s, %s, run %d of %d".formatted(who, setting, run, plan.runs()));
  }

  /// Finds out where the time goes while a peer works, if that was asked for and is permitted.
  ///
  /// @param work runs the peer once, and is called for each thing that is to be found out
  public void profile(String peer, String setting, Profiler.Work work)
      throws IOException, InterruptedException {
    if (profiler.isEmpty()) {
      return;
    }
    Profiler.Work shown =
        watch -> {
          progress.step(done++, steps, "%s, %s, profile".formatted(peer, setting));
          return work.run(watch);
        };
    Optional<Profile> profile = profiler.get().profile(peer, setting, shown);
    profile.ifPresent(profiles::add);
    if (profile.isEmpty() && profiler.get().runs() > 0) {
      profileNotes.add("There is no profile of %s, %s: its run failed.".formatted(peer, setting));
    }
  }

  /// Why a run of which these are the samples failed; empty if it did not.
  public static Optional<String> failure(List<Sample> samples) {
    return samples.stream().map(Sample::failure).filter(Objects::nonNull).findFirst();
  }

  /// Adds a sample.
  public void add(Sample sample) {
    samples.add(sample);
  }

  /// Adds samples.
  public void add(List<Sample> more) {
    samples.addAll(more);
  }

  /// The samples so far.
  public List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  /// Ends.
  ///
  /// @param flags sizes and choices, beside the number of runs
  /// @param peers what was compared; the first whose name begins with `ringtap` gives our version
  public Report report(
      Subject subject, Map<String, String> flags, List<Report.Peer> peers, List<String> notes)
      throws IOException {
    progress.step(done, steps, "done");
    Map<String, String> all = new HashMap<>(flags);
    all.put("runs", Integer.toString(plan.runs()));
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(profileNotes);
    String version =
        peers.stream()
            .filter(peer -> peer.name().startsWith(PingPeers.RINGTAP))
            .map(Report.Peer::version)
            .findFirst()
            .orElse("");
    return new Report(
        subject.name(),
        subject.title(),
        subject.question(),
        begun,
        Duration.between(begun, Instant.now()),
        ThisMachine.describe(version),
        plan.command(),
        all,
        peers,
        subject.metrics(),
        samples,
        subject.charts(),
        profiles,
        allNotes);
  }
}
