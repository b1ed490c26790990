package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.report.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// One run of a capturing tool, which is given two loads one after the other: a slow one, which
/// everybody can follow and in which a JVM compiles, and then the load itself. Tools print their
/// counts at their end, so that what was dropped is taken to be of the second load.
final class CaptureProcessRun {
  /// The slow load.
  static final long FIRST_PPS = 200_000;

  static final long MOST_FIRST_FRAMES = 150_000;

  private static final Duration START_PATIENCE = Duration.ofSeconds(10);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(5);
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 20;
  private static final long SETTLE_MILLIS = 200;
  private static final long IDLE_MILLIS = 50;
  private static final long IDLE_NANOS = 3_000_000; // of CPU in that time

  private final CaptureNetwork network;
  private final CapturePeer peer;
  private final long frames;
  private final int[] cpus;

  CaptureProcessRun(CaptureNetwork network, CapturePeer peer, long frames, int... cpus) {
    this.network = network;
    this.peer = peer;
    this.frames = frames;
    this.cpus = cpus.clone();
  }

  /// Runs the tool.
  ///
  /// @param limitPps what the kernel did with nobody listening
  /// @return the samples of both loads, or one that gives the failure
  List<Sample> run(String setting, int run, double limitPps)
      throws IOException, InterruptedException {
    try (MeasuredProcess process =
        MeasuredProcess.start(
            network.namespace(), interruptible(peer.command()), network.environment())) {
      awaitListener(process);
      long begin = process.cpu().nanos();
      long firstFrames = Math.min(frames, MOST_FIRST_FRAMES);
      CaptureNetwork.Load first = network.load(firstFrames, FIRST_PPS, cpus[0]);
      awaitIdle(process);
      long middle = process.cpu().nanos();
      CaptureNetwork.Load second = network.load(frames, 0, cpus);
      awaitIdle(process);
      long end = process.cpu().nanos();
      boolean wasAlive = process.isAlive();
      process.interrupt();
      ProcessRun ended = process.await(END_PATIENCE);
      String failure = ended.failure(peer.accepted());
      if (failure == null && !wasAlive) {
        failure = "ended before it was interrupted";
      }
      if (failure == null && captured(ended).orElse(Long.MAX_VALUE) < first.offered()) {
        failure = "captured fewer packets than the slow load had";
      }
      LadderRun slow = new LadderRun(first, first.offered(), 0, middle - begin);
      LadderRun load = counted(second, first.offered(), ended, end - middle);
      if (failure == null && peer.isKnown()) {
        failure = load.captured() == LadderRun.UNKNOWN ? "prints no counts" : load.contradiction();
      }
      return failure == null
          ? List.of(
              new Sample(peer.name(), setting, run, true, slow.values(limitPps), List.of(), null),
              new Sample(
                  peer.name(),
                  setting,
                  run,
                  false,
                  load.values(limitPps),
                  series(load, ended),
                  null))
          : List.of(Sample.failed(peer.name(), setting, run, failure));
    }
  }

  /// Whoever runs the lab in the background may have left SIGINT ignored, which is inherited.
  private static List<String> interruptible(List<String> command) {
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.addAll(command);
    return words;
  }

  private OptionalLong captured(ProcessRun ended) {
    return peer.output().capturedIn(said(ended));
  }

  private static List<Sample.Series> series(LadderRun load, ProcessRun ended) {
    List<Sample.Series> all = new ArrayList<>(ended.series());
    all.add(load.load().rate());
    return all;
  }

  private static String said(ProcessRun ended) {
    return ended.output() + "\n" + ended.errors();
  }

  private LadderRun counted(
      CaptureNetwork.Load load, long before, ProcessRun ended, long cpuNanos) {
    OptionalLong captured = captured(ended);
    OptionalLong dropped = peer.output().droppedIn(said(ended));
    return new LadderRun(
        load,
        captured.isPresent() ? captured.getAsLong() - before : LadderRun.UNKNOWN,
        dropped.orElse(LadderRun.UNKNOWN),
        cpuNanos);
  }

  /// A tool that captures by other means than a packet socket is waited for in vain, and then given
  /// the load.
  private void awaitListener(MeasuredProcess process) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (process.isAlive()
        && !network.hasListener()
        && System.nanoTime() - begin < START_PATIENCE.toNanos()) {
      Thread.sleep(POLL_MILLIS);
    }
    Thread.sleep(SETTLE_MILLIS);
  }

  /// Waits until the tool has worked off what it was given, which it need not be shown at once.
  private void awaitIdle(MeasuredProcess process) throws InterruptedException {
    long begin = System.nanoTime();
    long lastBusy = begin;
    long before = process.cpu().nanos();
    while (process.isAlive()
        && System.nanoTime() - lastBusy < peer.retire().toNanos()
        && System.nanoTime() - begin < DRAIN_PATIENCE.toNanos()) {
      Thread.sleep(IDLE_MILLIS);
      long now = process.cpu().nanos();
      if (now - before >= IDLE_NANOS) {
        lastBusy = System.nanoTime();
      }
      before = now;
    }
  }
}
