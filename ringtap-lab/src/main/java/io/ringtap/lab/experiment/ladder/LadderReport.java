package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.report.Chart;
import io.ringtap.lab.report.Report.Better;
import io.ringtap.lab.report.Report.Metric;
import java.util.List;

/// What the report of the ladder has of tables, pictures and words.
final class LadderReport {
  static final List<Metric> METRICS =
      List.of(
          new Metric(LadderRun.OFFERED, "Offered", "", 0, Better.NEITHER),
          new Metric(LadderRun.CAPTURED, "Captured", "", 0, Better.NEITHER),
          new Metric(LadderRun.DROPPED, "Dropped", "", 0, Better.LOWER),
          new Metric(LadderRun.CAPTURED_PERCENT, "Captured of offered", "%", 1, Better.HIGHER),
          new Metric(LadderRun.CAPTURED_PPS, "Captured a second", "pps", 0, Better.HIGHER),
          new Metric(LadderRun.LIMIT_PERCENT, "Captured of the limit", "%", 1, Better.HIGHER),
          new Metric(LadderRun.CPU_NANOS, "CPU of who captures", "ns/packet", 1, Better.LOWER),
          new Metric(LadderRun.OFFERED_PPS, "Offered a second", "pps", 0, Better.HIGHER),
          new Metric(LadderRun.LOAD_NANOS, "CPU of the load", "ns/packet", 1, Better.LOWER));

  static final List<Chart> CHARTS =
      List.of(
          bars("CPU of who captures, a captured packet", LadderRun.CPU_NANOS, "ns/packet"),
          bars("Captured of what the kernel can do alone", LadderRun.LIMIT_PERCENT, "%"),
          bars("CPU of the load, an offered packet", LadderRun.LOAD_NANOS, "ns/packet"),
          new Chart(
              Chart.Kind.LINES,
              "Rate of the load over time",
              LadderRun.LOAD_PPS,
              List.of(),
              "time, s",
              "packets a second",
              false),
          new Chart(
              Chart.Kind.LINES,
              "CPU of each process since its start",
              "cpu_s",
              List.of(),
              "time, s",
              "CPU, s",
              false));

  static final List<String> NOTES =
      List.of(
          "The load is made by the kernel: frames of 60 bytes arrive at an interface as from a"
              + " card, as fast as the injecting CPUs can. With nobody listening that is the"
              + " limit.",
          "Through the driver: the frames are sent into the other end of a cable (veth), so that"
              + " they meet XDP in the driver; for the rungs without XDP, and without a listener, a"
              + " program there passes them on. Offered is what came in, as the interface counts:"
              + " what veth's rings of 256 frames had no room for did not. The host sees what is"
              + " watched, and not what is stolen, which is why stealing can pass the limit of what"
              + " the host's stack takes. veth copies each frame and has no zero-copy: a network"
              + " card in native mode spares the copy, and its interrupts come on the CPUs of its"
              + " queues.",
          "xdp counting takes no packet: a program in the kernel counts by source and passes all"
              + " on, or drops all; its CPU of who captures is one reading of the counts, however"
              + " many packets there were.",
          "captured + dropped = offered is checked in every run; a run in which it does not hold"
              + " has failed.",
          "CPU of who captures: of the library, its capturing threads; of a tool, the whole"
              + " process, without its start and end. CPU of the load is the kernel's for each"
              + " frame up to the sockets, into which it puts the packets itself: what a rung costs"
              + " there is its figure less that of nobody.",
          "Captured a second is over the load's time: of that up to one buffer's worth ("
              + "16 MiB, the same for all) was worked off after it.",
          "Fanout is by CPU: with one CPU injecting, one of its threads gets all packets.",
          "First runs: of the library, the first load that a rung meets in this JVM; of a tool, a"
              + " load of 200 000 packets a second ahead of the load itself, which shows what a"
              + " young process costs. It is taken to have been captured whole, for tools print"
              + " their counts at the end.",
          "Those who capture share the CPUs with the load.");

  private LadderReport() {}

  private static Chart bars(String title, String metric, String unit) {
    return new Chart(Chart.Kind.BARS, title, metric, List.of(), "injecting CPUs", unit, false);
  }
}
