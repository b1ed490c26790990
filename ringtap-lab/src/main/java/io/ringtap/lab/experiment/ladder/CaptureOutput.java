package io.ringtap.lab.experiment.ladder;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds in a capturing tool's last words how many packets it captured and how many it lost.
///
/// @param captured one after the other is looked for; the first that is found counts, and of its
///   places the last. The number is group 1
/// @param dropped the same
record CaptureOutput(List<Pattern> captured, List<Pattern> dropped) {
  /// tcpdump, and Ringtap, which says the same.
  static final CaptureOutput TCPDUMP =
      of("(\\d+) packets? captured", "(\\d+) packets? dropped by kernel");

  static final CaptureOutput DUMPCAP =
      of("received/dropped on .*?: (\\d+)/", "received/dropped on .*?: \\d+/(\\d+)");

  /// What it calls incoming is what it has seen of the ring, and failed what found no room there.
  static final CaptureOutput NETSNIFF =
      of("(\\d+)\\s+packets incoming", "(\\d+)\\s+packets failed filter");

  /// What most tools say, one way or another.
  static final CaptureOutput OTHER =
      new CaptureOutput(
          patterns(
              "(\\d+) (?:packets?|frames?|pkts?) captured",
              "captured\\s*[:=]?\\s*(\\d+)",
              "(\\d+) (?:packets?|frames?|pkts?) (?:received|seen|processed|read)",
              "(?:received|seen|processed|packets)\\s*[:=]\\s*(\\d+)"),
          patterns(
              "(\\d+) (?:packets?|frames?|pkts?) (?:dropped|lost)",
              "(?:dropped|drops|lost)\\s*[:=]?\\s*(\\d+)"));

  private static CaptureOutput of(String captured, String dropped) {
    return new CaptureOutput(patterns(captured), patterns(dropped));
  }

  private static List<Pattern> patterns(String... expressions) {
    return List.of(expressions).stream()
        .map(expression -> Pattern.compile(expression, Pattern.CASE_INSENSITIVE))
        .toList();
  }

  /// Packets that the tool says it has captured; empty if it does not say.
  OptionalLong capturedIn(String text) {
    return number(captured, text);
  }

  /// Packets that the tool says the kernel had no room for; empty if it does not say.
  OptionalLong droppedIn(String text) {
    return number(dropped, text);
  }

  private static OptionalLong number(List<Pattern> patterns, String text) {
    for (Pattern pattern : patterns) {
      OptionalLong last = OptionalLong.empty();
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        last = OptionalLong.of(Long.parseLong(matcher.group(1)));
      }
      if (last.isPresent()) {
        return last;
      }
    }
    return OptionalLong.empty();
  }
}
