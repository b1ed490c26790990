package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.ProcessRun;
import io.ringtap.ping.Pinger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the [CollectedPinger] is started, and what it says.
final class CollectedRun {
  private static final Pattern REPLY = Pattern.compile("(?m)^(\\S+) seq=(\\d+) rtt_ns=(\\d+)$");
  private static final Pattern PAUSES = Pattern.compile("(\\d+) collections, (\\d+) ms");

  private CollectedRun() {}

  /// The command that pings all of `targets` in one JVM, on the path of modules or classes that
  /// this JVM runs on.
  static List<String> command(int count, Duration interval, List<String> targets) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx128m"));
    words.addAll(program());
    words.add(Integer.toString(count));
    words.add(Long.toString(interval.toMillis()));
    words.addAll(targets);
    return words;
  }

  private static List<String> program() {
    String name = CollectedPinger.class.getName();
    Module lab = CollectedPinger.class.getModule();
    return lab.isNamed()
        ? List.of(
            "--enable-native-access=" + Pinger.class.getModule().getName(),
            "-p",
            System.getProperty("jdk.module.path"),
            "-m",
            lab.getName() + "/" + name)
        : List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            name);
  }

  /// Round-trip times of one target by the number of the probe, from 0.
  static Map<Integer, Long> rttNanos(ProcessRun run, String target) {
    Map<Integer, Long> rtts = new HashMap<>();
    Matcher replies = REPLY.matcher(run.output());
    while (replies.find()) {
      if (replies.group(1).equals(target)) {
        Long _ = rtts.put(Integer.parseInt(replies.group(2)) - 1, Long.parseLong(replies.group(3)));
      }
    }
    return rtts;
  }

  /// The mean pause that a run reports, in milliseconds; 0 if it reports none.
  static double meanPauseMillis(ProcessRun run) {
    Matcher pauses = PAUSES.matcher(run.output());
    return pauses.find()
        ? Double.parseDouble(pauses.group(2)) / Math.max(1, Integer.parseInt(pauses.group(1)))
        : 0;
  }
}
