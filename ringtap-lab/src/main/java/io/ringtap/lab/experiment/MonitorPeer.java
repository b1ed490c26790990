package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.peer.PingPeers;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A program that watches many hosts, as it takes part in the comparison of monitors.
///
/// @param name as reports call it
/// @param versionCommand that prints its version
/// @param form of the command that the experiment runs
/// @param program how it is set up and started
/// @param metrics where its metrics are, on the loopback interface; empty if it has none
record MonitorPeer(
    String name, List<String> versionCommand, String form, Program program, String metrics) {
  private static final String SMOKEPING_PROBER = "prometheus-smokeping-prober";
  private static final String SMOKEPING = "smokeping";
  private static final int FIRST = 0x0a400001; // 10.64.0.1
  private static final int STEP_SECONDS = 60;
  private static final int PINGS = 20; // of each step

  /// How a monitor is set up.
  @FunctionalInterface
  interface Program {
    /// Writes its configuration.
    ///
    /// @param directory an empty one, for all that it writes
    /// @param targets how many there are
    /// @param measured when the measured time begins
    /// @return the command that starts it in the foreground
    List<String> prepare(Path directory, int targets, Instant measured) throws IOException;
  }

  /// All that there are here, Ringtap first.
  static List<MonitorPeer> present(Path ringtap) {
    List<MonitorPeer> peers = new ArrayList<>();
    String launcher = ringtap.toAbsolutePath().toString();
    peers.add(
        new MonitorPeer(
            PingPeers.RINGTAP,
            List.of(launcher, "--version"),
            "ringtap monitor --config FILE",
            (directory, targets, _) -> ringtap(launcher, directory, targets),
            "http://127.0.0.1:9427/metrics"));
    if (PeerPrograms.isInstalled(SMOKEPING_PROBER)) {
      peers.add(
          new MonitorPeer(
              "smokeping_prober",
              List.of(SMOKEPING_PROBER, "--version"),
              SMOKEPING_PROBER + " --privileged --config.file=FILE",
              (directory, targets, _) -> smokepingProber(directory, targets),
              "http://127.0.0.1:9374/metrics"));
    }
    if (PeerPrograms.isInstalled(SMOKEPING) && PeerPrograms.isInstalled("fping")) {
      peers.add(
          new MonitorPeer(
              "smokeping + fping",
              List.of(SMOKEPING, "--version"),
              SMOKEPING + " --config=FILE --nodaemon",
              MonitorPeer::smokeping,
              ""));
    }
    return peers;
  }

  /// A note for each that is missing.
  static List<String> missing() {
    return PeerPrograms.notesOfMissing(SMOKEPING_PROBER, SMOKEPING, "fping");
  }

  private static String target(int number) {
    return IpAddress.ofIpv4(FIRST + number).toString();
  }

  private static List<String> ringtap(String launcher, Path directory, int targets)
      throws IOException {
    Path file = directory.resolve("monitor.yml");
    Files.writeString(
        file,
        """
        groups:
          - name: targets
            interval: 1s
            targets: [%s-%s]
        store:
          path: store
        web:
          listen: 127.0.0.1:9427
        """
            .formatted(target(0), target(targets - 1)));
    return List.of(launcher, "monitor", "--config", file.toString());
  }

  private static List<String> smokepingProber(Path directory, int targets) throws IOException {
    StringBuilder hosts = new StringBuilder();
    IntStream.range(0, targets).forEach(i -> hosts.append("  - ").append(target(i)).append('\n'));
    Path file = directory.resolve("smokeping_prober.yml");
    Files.writeString(
        file, "targets:\n- interval: 1s\n  network: ip4\n  protocol: icmp\n  hosts:\n" + hosts);
    return List.of(
        SMOKEPING_PROBER,
        "--privileged",
        "--config.file=" + file,
        "--web.listen-address=127.0.0.1:9374");
  }

  /// With a step of a minute and 20 pings a second apart; sent within 1 ms of each other, for at
  /// fping's 10 ms a round of a thousand would take ten seconds. Its steps begin 5 s after the
  /// measured time does, so each measured minute has one whole step.
  private static List<String> smokeping(Path directory, int targets, Instant measured)
      throws IOException {
    for (String made : List.of("data", "cache", "run")) {
      Files.createDirectory(directory.resolve(made));
    }
    Files.writeString(directory.resolve("mail"), "none\n");
    Files.writeString(directory.resolve("page.html"), "<html></html>\n");
    StringBuilder hosts = new StringBuilder();
    for (int i = 0; i < targets; i++) {
      hosts.append("++ t").append(i).append("\nmenu = t\ntitle = t\nhost = ");
      hosts.append(target(i)).append('\n');
    }
    long begin = (measured.getEpochSecond() + 5) % STEP_SECONDS;
    long offset = Math.ceilDiv(100 * begin, STEP_SECONDS) % 100; // it knows whole percents only
    Path file = directory.resolve("smokeping.conf");
    Files.writeString(
        file,
        """
        *** General ***
        owner = lab
        contact = lab@localhost
        mailhost = localhost
        cgiurl = http://localhost/smokeping.cgi
        imgcache = %1$s/cache
        imgurl = cache
        datadir = %1$s/data
        piddir = %1$s/run
        smokemail = %1$s/mail
        tmail = %1$s/mail
        sendmail = /bin/true
        offset = %2$d%%
        *** Database ***
        step = %3$d
        pings = %4$d
        AVERAGE 0.5 1 1008
        *** Presentation ***
        template = %1$s/page.html
        + overview
        width = 600
        height = 50
        range = 10h
        + detail
        width = 600
        height = 200
        unison_tolerance = 2
        "Last 3 Hours" 3h
        *** Probes ***
        + FPing
        binary = %5$s
        mininterval = 0.001
        *** Targets ***
        probe = FPing
        menu = Top
        title = lab
        + all
        menu = all
        title = all
        %6$s\
        """
            .formatted(directory, offset, STEP_SECONDS, PINGS, fping(), hosts));
    return List.of(SMOKEPING, "--config=" + file, "--nodaemon");
  }

  private static String fping() {
    return Files.isExecutable(Path.of("/usr/sbin/fping")) ? "/usr/sbin/fping" : "/usr/bin/fping";
  }

  /// How long the measured time is at least.
  static Duration measured() {
    return Duration.ofSeconds(STEP_SECONDS);
  }
}
