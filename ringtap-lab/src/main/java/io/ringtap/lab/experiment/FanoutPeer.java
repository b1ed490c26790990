package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PeerPrograms;
import io.ringtap.lab.peer.PeerTemplate;
import io.ringtap.lab.peer.PingPeer;
import io.ringtap.lab.peer.PingPeers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way to ping many targets once, as it takes part in the fanout.
///
/// @param name as reports call it
/// @param targets how many it is given
/// @param workers probes that it can have in flight; as many as there are targets where it is
///   asynchronous
/// @param command that pings them
/// @param versionCommand that prints its version; empty if there is none
/// @param received finds in its output how many replies it took, as group 1, which adds up over all
///   matches
/// @param isOfUser whether it is an unknown tool, whose exit code and output mean nothing
record FanoutPeer(
    String name,
    int targets,
    int workers,
    List<String> command,
    List<String> versionCommand,
    Pattern received,
    boolean isOfUser) {
  private static final Pattern RINGTAP = Pattern.compile("(?m)^[^,\n]+,[\\d.]+,\\d+,(\\d+),");
  private static final Pattern FPING = Pattern.compile("xmt/rcv/%loss = \\d+/(\\d+)/");
  private static final Pattern SYNCHRONOUS = Pattern.compile("sent \\d+, received (\\d+)");
  private static final Pattern NOTHING = Pattern.compile("(?!)()");
  private static final List<Integer> POOLS = List.of(64, 512);
  private static final Duration ONE_BY_ONE = Duration.ofSeconds(3);
  private static final Duration NO_INTERVAL = Duration.ofSeconds(1);

  /// All that there are here. One thread alone would take minutes for all targets, and is given as
  /// many as it can ping in three seconds.
  static List<FanoutPeer> present(
      Path ringtap, List<PeerTemplate> templates, int targets, Duration delay) {
    List<FanoutPeer> peers = new ArrayList<>();
    peers.add(ringtap(ringtap, targets));
    if (PeerPrograms.isInstalled("fping")) {
      peers.add(fping(targets));
    }
    for (int pool : POOLS) {
      peers.add(synchronous(pool, targets));
    }
    peers.add(synchronous(1, (int) Math.min(targets, ONE_BY_ONE.dividedBy(delay))));
    templates.forEach(template -> peers.add(other(template, targets)));
    return peers;
  }

  private static FanoutPeer ringtap(Path launcher, int targets) {
    String program = launcher.toAbsolutePath().toString();
    List<String> command =
        List.of(
            program,
            "ping",
            "-q",
            "--csv",
            "-c",
            "1",
            "--rate",
            "0",
            "-s",
            Integer.toString(PingPeer.PAYLOAD),
            FanoutExperiment.target(0) + "-" + FanoutExperiment.target(targets - 1));
    return new FanoutPeer(
        PingPeers.RINGTAP,
        targets,
        targets,
        command,
        List.of(program, "--version"),
        RINGTAP,
        false);
  }

  /// At no rate limit, as Ringtap.
  private static FanoutPeer fping(int targets) {
    List<String> command =
        List.of(
            "fping",
            "-q",
            "-c",
            "1",
            "-i",
            "0",
            "-t",
            "1000",
            "-b",
            Integer.toString(PingPeer.PAYLOAD),
            "-g",
            FanoutExperiment.target(0),
            FanoutExperiment.target(targets - 1));
    return new FanoutPeer("fping", targets, targets, command, List.of("fping", "-v"), FPING, false);
  }

  private static FanoutPeer synchronous(int threads, int targets) {
    List<String> command =
        PingPeers.synchronousCommand(
            threads,
            1,
            NO_INTERVAL,
            FanoutExperiment.target(0),
            FanoutExperiment.target(targets - 1),
            true);
    String name =
        PingPeers.SYNCHRONOUS + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
    return new FanoutPeer(name, targets, threads, command, List.of(), SYNCHRONOUS, false);
  }

  private static FanoutPeer other(PeerTemplate template, int targets) {
    List<String> command =
        template.fill(
            Map.of(
                "target",
                FanoutExperiment.target(0),
                "last",
                FanoutExperiment.target(targets - 1),
                "count",
                "1",
                "interval_ms",
                Long.toString(NO_INTERVAL.toMillis())));
    return new FanoutPeer(template.name(), targets, targets, command, List.of(), NOTHING, true);
  }

  /// What was varied, in words.
  String setting(Duration delay) {
    return targets + " targets at " + delay.toMillis() + " ms";
  }

  /// Replies that it took, by its own word; -1 if it does not say.
  long received(String output) {
    long sum = 0;
    boolean isTold = false;
    Matcher matcher = received.matcher(output);
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
      isTold = true;
    }
    return isTold ? sum : -1;
  }
}
