package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.peer.PingPeer;
import io.ringtap.lab.peer.PingPeers;
import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Chart.Kind;
import io.ringtap.lab.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Does a pinger's cost rise with other people's ICMP? Each pinger probes one host in turn, while
/// all is quiet, while other hosts ping its machine, and while replies come that are not its own.
public final class FloodExperiment implements Experiment {
  private static final long PACKETS = 20_000_000;

  /// Measures nothing until it is run.
  public FloodExperiment() {}

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public boolean hasProfiles() {
    return true;
  }

  @Override
  public Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException {
    ExperimentRun run = ExperimentRun.begin(plan, progress);
    List<PingPeer> peers = new ArrayList<>(PingPeers.present(plan.ringtap(), plan.peers()));
    peers.add(1, PingPeers.shielded(plan.ringtap())); // beside Ringtap without
    long packets = plan.packets() == 0 ? PACKETS : plan.packets();
    FloodSize size = FloodSize.of(peers.size(), plan.runs(), packets);
    try (PingGround ground = PingGround.lay()) {
      ground.here().sysctl("net.ipv4.icmp_echo_ignore_all", "1");
      List<Report.Peer> described = new ArrayList<>();
      for (PingPeer peer : peers) {
        List<String> command = peer.command(PingGround.THERE, size.probes(), FloodSize.INTERVAL);
        described.add(peer.describe(ground.here(), command));
      }
      run.steps(plan.runs() * FloodPhase.values().length * peers.size());
      run.profiles(FloodPhase.values().length * peers.size());
      for (int number = 1; number <= plan.runs(); number++) {
        for (FloodPhase phase : FloodPhase.values()) {
          // The peers take turns, so that what changes on the machine meets all of them.
          for (PingPeer peer : peers) {
            run.step(peer.name(), phase.label(), number);
            run.add(new FloodRun(ground, size, peer, phase, number).measure());
          }
        }
      }
      for (FloodPhase phase : FloodPhase.values()) {
        for (PingPeer peer : peers) {
          run.profile(
              peer.name(),
              phase.label(),
              watch ->
                  ExperimentRun.failure(
                      new FloodRun(ground, size, peer, phase, 1).watchedBy(watch).measure()));
        }
      }
      return run.report(subject(), flags(size, packets), described, notes(size));
    }
  }

  private ExperimentRun.Subject subject() {
    return new ExperimentRun.Subject(
        name(),
        "A pinger in other people's ICMP",
        "Does a pinger's cost rise with other people's ICMP?",
        FloodRun.ALL,
        charts());
  }

  private static Map<String, String> flags(FloodSize size, long packets) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("packets", Long.toString(packets));
    flags.put("packets of each flood", Long.toString(size.packets()));
    flags.put("packets a second, as wanted", Long.toString(size.rate()));
    flags.put("probes of each run", Integer.toString(size.probes()));
    flags.put("interval of probes", FloodSize.INTERVAL.toMillis() + " ms");
    flags.put("flood comes for", size.window().toMillis() + " ms");
    return flags;
  }

  private static List<Chart> charts() {
    List<String> phases =
        List.of(
            FloodPhase.QUIET.label(), FloodPhase.ORDINARY.label(), FloodPhase.LOOK_ALIKES.label());
    return List.of(
        new Chart(
            Kind.BARS,
            "CPU of the pinger's process",
            FloodRun.CPU.name(),
            phases,
            "",
            "CPU, ms/s",
            false),
        new Chart(
            Kind.BARS,
            "softirq of the CPU that the flood comes by",
            FloodRun.SOFTIRQ.name(),
            phases,
            "",
            "softirq, ms/s",
            false),
        new Chart(
            Kind.LINES,
            "CPU of the pinger's process over time",
            "cpu_s",
            phases,
            "since its start, s",
            "CPU, s",
            false),
        new Chart(
            Kind.BARS,
            "RTT reported over the wire's, 99 %",
            FloodRun.EXCESS_99.name(),
            phases,
            "",
            "excess, µs",
            true));
  }

  private static List<String> notes(FloodSize size) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "ordinary echo: echo requests of 84 bytes from 65,536 other hosts. The pinger's machine is"
            + " set not to answer them, for answering is the kernel's cost and no pinger's.");
    notes.add(
        "look-alikes: echo replies of 84 bytes from the very address that is pinged, with 4,096"
            + " identifiers that are not the pinger's own.");
    notes.add(
        "The flood is made inside the kernel on CPU 0 and comes in bursts: every 10 ms those that"
            + " are due, at the speed of that CPU. A socket that is shown the flood may overflow in"
            + " a burst and lose its own replies.");
    notes.add(
        "CPU a second is measured from %d ms after the first probe, for %d ms; the warm-up is the first second of the process, its start included."
            .formatted(FloodSize.MARGIN.toMillis(), size.window().toMillis()));
    notes.add(
        "kernel, a foreign packet: CPU time that the kernel took for each packet of the flood up to"
            + " the sockets, which no process is charged with; the lab's injecting is in it.");
    notes.add(
        "softirq: what CPU 0 spends on receiving packets and bringing them to sockets, by the"
            + " kernel's ticks; the flood's, and what else the machine receives there.");
    notes.add(
        "The flood comes over the cable, through a program in the driver (XDP) that passes it, or"
            + " that of ringtap --shield, which drops echo replies that answer nothing. That one"
            + " sends its first probe after two seconds, in which it learns who else asks.");
    notes.add(
        "RTT on the wire is that between request and reply at the far end of the cable, by the"
            + " kernel's stamps.");
    notes.add(
        "synchronous is the lab's own example of the blocking model: a raw socket, recvfrom, each"
            + " packet examined in user space.");
    notes.add(
        "A synchronous thread whose reply was lost sends nothing until its timeout of one second"
            + " has passed, and what is overdue then follows at once. So a loss keeps it from its"
            + " probes and hides further ones.");
    notes.addAll(PeerPrograms.notesOfMissing("ping", "fping"));
    return notes;
  }
}
