package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Exchange;
import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.lab.peer.PingPeer;
import io.ringtap.lab.peer.PingPeers;
import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.lab.peer.WireRecorder;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whose round-trip times are true? What pingers report of a kernel's host and of virtual hosts
/// with known delays, probe by probe beside what the wire shows: on a quiet machine, with all CPUs
/// busy, and, of Ringtap, in a JVM that collects garbage all the time.
public final class RttExperiment implements Experiment {
  /// The command line's word.
  public static final String NAME = "rtt";

  private static final ExperimentRun.Subject SUBJECT =
      new ExperimentRun.Subject(
          NAME,
          "True round-trip times",
          "Whose round-trip times are true?",
          RttReport.METRICS,
          RttReport.CHARTS);

  private static final int DEFAULT_PROBES = 200;
  private static final int MOST_PROBES = 4000; // ICMP sequence numbers must not come twice
  private static final Duration INTERVAL = Duration.ofMillis(10); // fping sends no faster
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15); // beside the probes' own time
  private static final String VIRTUAL = "10.20.0.0/24";
  private static final long SEED = 1;

  /// What the machine does meanwhile.
  private enum State {
    QUIET("quiet"),
    BUSY("busy"),
    COLLECTING("GC");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  /// Whom the pingers ping.
  private record Host(String label, String address, Duration delay) {
    int number() {
      return (int) IpAddress.parse(address).low();
    }
  }

  private static final List<Host> HOSTS =
      List.of(
          new Host("kernel", PingGround.THERE, Duration.ZERO),
          new Host("1 ms", "10.20.0.1", Duration.ofMillis(1)),
          new Host("10 ms", "10.20.0.10", Duration.ofMillis(10)));

  /// The experiment; it keeps nothing from one run to the next.
  public RttExperiment() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    if (plan.packets() == 1 || plan.packets() > MOST_PROBES) {
      throw new IOException(
          "2 to %d probes to each host, not %d".formatted(MOST_PROBES, plan.packets()));
    }
    ExperimentRun run = ExperimentRun.begin(plan, progress);
    try (PingGround ground = PingGround.lay();
        VirtualHosts hosts = VirtualHosts.start(ground.there(), "tun0", SEED)) {
      ground.there().forward();
      hosts.own(VIRTUAL);
      for (Host host : HOSTS) {
        if (host.delay().isPositive()) {
          hosts.behave(host.address(), HostBehaviour.PROMPT.delay(host.delay()));
        }
      }
      Course course = new Course(plan, run, ground);
      course.measure();
      return course.report();
    }
  }

  /// Who is measured, and where.
  private static final class Course {
    private final ExperimentRun run;
    private final int runs;
    private final PingGround ground;
    private final int probes;
    private final List<PingPeer> peers;
    private final List<Double> pauses = new ArrayList<>();

    Course(LabPlan plan, ExperimentRun run, PingGround ground) {
      this.run = run;
      this.ground = ground;
      runs = plan.runs();
      probes = plan.packets() == 0 ? DEFAULT_PROBES : (int) plan.packets();
      peers = PingPeers.present(plan.ringtap(), plan.peers());
      run.steps(runs * (2 * peers.size() + 1));
    }

    void measure() throws IOException, InterruptedException {
      for (int number = 1; number <= runs; number++) {
        for (PingPeer peer : peers) {
          run.step(peer.name(), State.QUIET.label, number);
          measure(peer, State.QUIET, number);
        }
      }
      for (int number = 1; number <= runs; number++) {
        for (PingPeer peer : peers) {
          run.step(peer.name(), State.BUSY.label, number);
          try (BusyMachine _ =
              BusyMachine.start(ground.here(), Runtime.getRuntime().availableProcessors())) {
            measure(peer, State.BUSY, number);
          }
        }
      }
      for (int number = 1; number <= runs; number++) {
        run.step(PingPeers.RINGTAP, State.COLLECTING.label, number);
        measureCollected(number);
      }
    }

    private Duration patience() {
      return PATIENCE.plus(INTERVAL.multipliedBy(probes));
    }

    /// A process for each host, all at the same time.
    private void measure(PingPeer peer, State state, int number)
        throws IOException, InterruptedException {
      List<MeasuredProcess> processes = new ArrayList<>();
      try (WireRecorder recorder = WireRecorder.start(ground.cable().b())) {
        for (Host host : HOSTS) {
          processes.add(
              MeasuredProcess.start(ground.here(), peer.command(host.address(), probes, INTERVAL)));
        }
        List<ProcessRun> runs = new ArrayList<>();
        for (MeasuredProcess process : processes) {
          runs.add(process.await(patience()));
        }
        List<Exchange> wire = recorder.stop();
        for (int i = 0; i < runs.size(); i++) {
          ProcessRun ended = runs.get(i);
          add(
              new Sample(
                  peer.name(),
                  setting(state, HOSTS.get(i)),
                  number,
                  false,
                  Map.of(),
                  List.of(),
                  ended.failure(peer.accepted())),
              probesTo(HOSTS.get(i), wire),
              peer.read(ended).rttNanos());
        }
      } finally {
        processes.forEach(MeasuredProcess::close);
      }
    }

    /// One process for all hosts.
    private void measureCollected(int number) throws IOException, InterruptedException {
      List<String> command =
          CollectedRun.command(probes, INTERVAL, HOSTS.stream().map(Host::address).toList());
      try (WireRecorder recorder = WireRecorder.start(ground.cable().b());
          MeasuredProcess process = MeasuredProcess.start(ground.here(), command)) {
        ProcessRun ended = process.await(patience());
        List<Exchange> wire = recorder.stop();
        for (Host host : HOSTS) {
          add(
              new Sample(
                  PingPeers.RINGTAP,
                  setting(State.COLLECTING, host),
                  number,
                  false,
                  Map.of(),
                  List.of(),
                  ended.failure(0, 1)),
              probesTo(host, wire),
              CollectedRun.rttNanos(ended, host.address()));
        }
        pauses.add(CollectedRun.meanPauseMillis(ended));
      }
    }

    private static String setting(State state, Host host) {
      return state.label + ", " + host.label();
    }

    private static List<Exchange> probesTo(Host host, List<Exchange> wire) {
      return wire.stream().filter(exchange -> exchange.target() == host.number()).toList();
    }

    /// Adds the samples of one process. Probes are distinguished by their order, in which a pinger
    /// of one target sends them and the wire shows them.
    ///
    /// @param process without values, failed if the process did
    private void add(Sample process, List<Exchange> wire, Map<Integer, Long> reported) {
      int warmUp = (int) Math.min(probes / 2, WARM_UP.dividedBy(INTERVAL));
      RttErrors first = new RttErrors();
      RttErrors rest = new RttErrors();
      for (int probe = 0; probe < wire.size(); probe++) {
        Long rttNanos = reported.get(probe);
        if (rttNanos != null && wire.get(probe).isAnswered()) {
          (probe < warmUp ? first : rest).add(rttNanos, wire.get(probe).rttNanos());
        }
      }
      if (process.failure() != null) {
        run.add(process);
      } else if (rest.isEmpty()) {
        run.add(
            Sample.failed(
                process.peer(),
                process.setting(),
                process.run(),
                "reports no round-trip time of a probe that the wire has seen answered"));
      } else {
        if (!first.isEmpty()) {
          run.add(sample(process, true, first));
        }
        run.add(sample(process, false, rest));
      }
    }

    private static Sample sample(Sample process, boolean isWarmUp, RttErrors errors) {
      return new Sample(
          process.peer(),
          process.setting(),
          process.run(),
          isWarmUp,
          errors.values(),
          isWarmUp ? List.of() : errors.series(),
          null);
    }

    Report report() throws IOException, InterruptedException {
      String target = HOSTS.getFirst().address();
      List<Report.Peer> described = new ArrayList<>();
      for (PingPeer peer : peers) {
        described.add(peer.describe(ground.here(), peer.command(target, probes, INTERVAL)));
      }
      Map<String, String> flags =
          Map.of("probes", Integer.toString(probes), "interval", INTERVAL.toMillis() + " ms");
      return run.report(SUBJECT, flags, described, notes());
    }

    private List<String> notes() {
      List<String> notes = new ArrayList<>(RttReport.NOTES);
      if (!pauses.isEmpty()) {
        double mean = pauses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        notes.add("A collection stopped that JVM for %.1f ms in the mean.".formatted(mean));
      }
      return notes;
    }
  }
}
