package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.PingPeer;
import io.ringtap.lab.peer.PingPeers;
import io.ringtap.lab.peer.PingResult;
import io.ringtap.lab.peer.ProcessRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The [CollectedPinger] as a peer, by the name of Ringtap.
final class CollectedPeer implements PingPeer {
  private static final Pattern REPLY = Pattern.compile("seq=(\\d+) time=([\\d.]+) ms");
  private static final Pattern PAUSES = Pattern.compile("(\\d+) collections, (\\d+) ms");
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return PingPeers.RINGTAP;
  }

  @Override
  public List<String> command(String target, int count, Duration interval) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        CollectedPinger.class.getName(),
        target,
        Integer.toString(count),
        Long.toString(interval.toMillis()));
  }

  @Override
  public PingResult read(ProcessRun run) {
    Map<Integer, Long> rtts = new HashMap<>();
    Matcher replies = REPLY.matcher(run.output());
    while (replies.find()) {
      long nanos = Math.round(Double.parseDouble(replies.group(2)) * NANOS_PER_MILLI);
      Long _ = rtts.put(Integer.parseInt(replies.group(1)) - 1, nanos);
    }
    return new PingResult(OptionalLong.empty(), OptionalLong.of(rtts.size()), rtts);
  }

  /// The mean pause that a run tells of, in milliseconds; 0 if it tells of none.
  static double meanPauseMillis(ProcessRun run) {
    Matcher pauses = PAUSES.matcher(run.output());
    return pauses.find()
        ? Double.parseDouble(pauses.group(2)) / Math.max(1, Integer.parseInt(pauses.group(1)))
        : 0;
  }

  @Override
  public int[] accepted() {
    return new int[] {0, 1};
  }

  @Override
  public List<String> versionCommand() {
    return List.of();
  }
}
