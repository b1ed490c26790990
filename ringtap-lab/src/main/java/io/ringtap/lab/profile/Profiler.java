package io.ringtap.lab.profile;

import io.ringtap.lab.report.Profile;
import io.ringtap.lab.report.Profile.SystemCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes profiles of peers under load: of each it samples one run, and counts the system calls of
/// another one, since counting would show in the samples. What the kernel does not permit here is
/// left out.
///
/// Not thread-safe; one profile at a time.
public final class Profiler {
  private final Symbolizer symbolizer = new Symbolizer();
  private final List<String> refusals = new ArrayList<>();
  private final boolean canSample;
  private final boolean canCount;

  /// A run of what is measured.
  @FunctionalInterface
  public interface Work {
    /// Runs it once.
    ///
    /// @param watch to be called around the load
    /// @return why the run failed; empty if it did not
    Optional<String> run(Watch watch) throws IOException, InterruptedException;
  }

  /// Finds out what is permitted here.
  public Profiler() {
    canSample = isPermitted("no profile", Sampling::open);
    canCount = isPermitted("system calls are not counted", SystemCallCounter::begun);
  }

  private interface Opening {
    AutoCloseable open() throws IOException;
  }

  private boolean isPermitted(String without, Opening opening) {
    try (AutoCloseable _ = opening.open()) {
      return true;
    } catch (Exception e) {
      refusals.add(without + ": " + e.getMessage());
      return false;
    }
  }

  /// What is left out and why, a line for each; empty if nothing is.
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /// How often each peer will run for its profile.
  public int runs() {
    return (canSample ? 1 : 0) + (canSample && canCount ? 1 : 0);
  }

  /// Profiles.
  ///
  /// @param peer as samples of the report have it
  /// @param setting as samples of the report have it
  /// @return the profile, without system calls if the run in which they were counted failed; empty
  ///   if nothing could be sampled
  /// @throws IOException if the work throws it, or the kernel refuses what it has permitted before
  public Optional<Profile> profile(String peer, String setting, Work work)
      throws IOException, InterruptedException {
    if (!canSample) {
      return Optional.empty();
    }
    try (Sampling sampling = Sampling.open()) {
      Optional<String> failure = work.run(sampling);
      Optional<Profile> profile = sampling.profile(peer, setting, symbolizer);
      if (failure.isPresent() || profile.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(profile.get().withSystemCalls(canCount ? count(work) : List.of()));
    }
  }

  private static List<SystemCall> count(Work work) throws IOException, InterruptedException {
    try (SystemCallCounter counter = SystemCallCounter.create()) {
      return work.run(counter).isPresent() ? List.of() : counter.counted();
    }
  }
}
