package io.ringtap.lab.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds in a pinger's output what it reports about its probes.
///
/// @param reply a line of a reply; group `seq` is the probe's number, where it has one, and `rtt`
///   its time, in milliseconds unless group `unit` says otherwise
/// @param firstSequence the number of the first probe
/// @param totals has groups `sent` and `received`; the last match counts
record PingOutput(Pattern reply, int firstSequence, Pattern totals) {
  static final PingOutput PING =
      new PingOutput(
          Pattern.compile("icmp_seq=(?<seq>\\d+) .*time=(?<rtt>[\\d.]+) ms(?!.*DUP!)"),
          1,
          Pattern.compile("(?<sent>\\d+) packets transmitted, (?<received>\\d+) received"));
  static final PingOutput FPING =
      new PingOutput(
          Pattern.compile(" : \\[(?<seq>\\d+)], .*?bytes, (?<rtt>[\\d.]+) ms"),
          0,
          Pattern.compile("xmt/rcv/%loss = (?<sent>\\d+)/(?<received>\\d+)/"));
  static final PingOutput RINGTAP =
      new PingOutput(
          Pattern.compile(
              "\"type\":\"reply\".*\"seq\":(?<seq>\\d+),\"rtt_ns\":(?<rtt>\\d+)(?<unit>)"),
          1,
          Pattern.compile("\"sent\":(?<sent>\\d+),\"received\":(?<received>\\d+)"));
  static final PingOutput SYNCHRONOUS =
      new PingOutput(
          Pattern.compile("seq=(?<seq>\\d+) time=(?<rtt>[\\d.]+) ms"),
          1,
          Pattern.compile("sent (?<sent>\\d+), received (?<received>\\d+)"));

  /// What most pingers say, one way or another.
  static final PingOutput OTHER =
      new PingOutput(
          Pattern.compile("time[=<]? ?(?<rtt>\\d+(\\.\\d+)?) ?(?<unit>ms|us|µs|s)\\b"),
          1,
          Pattern.compile(
              "(?<sent>\\d+) (?:packets|probes)? ?(?:transmitted|sent)\\D+(?<received>\\d+)"
                  + " (?:packets )?received"));

  private static final double NANOS_PER_MILLI = 1e6;

  PingResult read(String text) {
    Map<Integer, Long> rtts = new HashMap<>();
    Matcher replies = reply.matcher(text);
    while (replies.find()) {
      int probe =
          hasGroup("seq") ? Integer.parseInt(replies.group("seq")) - firstSequence : rtts.size();
      // Of several answers to a probe the first counts.
      Long _ = rtts.putIfAbsent(probe, nanos(replies));
    }
    OptionalLong sent = OptionalLong.empty();
    OptionalLong received = OptionalLong.empty();
    Matcher sums = totals.matcher(text);
    while (sums.find()) {
      sent = OptionalLong.of(Long.parseLong(sums.group("sent")));
      received = OptionalLong.of(Long.parseLong(sums.group("received")));
    }
    return new PingResult(sent, received, rtts);
  }

  private boolean hasGroup(String name) {
    return reply.namedGroups().containsKey(name);
  }

  private long nanos(Matcher match) {
    double number = Double.parseDouble(match.group("rtt"));
    String unit = hasGroup("unit") ? match.group("unit") : "ms";
    return Math.round(
        switch (unit) {
          case "s" -> number * 1e9;
          case "us", "µs" -> number * 1e3;
          case "" -> number;
          default -> number * NANOS_PER_MILLI;
        });
  }
}
