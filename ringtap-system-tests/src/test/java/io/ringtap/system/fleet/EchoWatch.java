package io.ringtap.system.fleet;

import io.ringtap.system.Tcpdump;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who has probed which target when, as tcpdump sees it on the way to the targets.
final class EchoWatch implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("(\\d+)\\.(\\d{6}) IP (\\S+) > (\\S+): ICMP echo request, .*");
  private static final long STEADY_MICROS = 2_000_000;

  private final Tcpdump tcpdump;
  private final List<Echo> echoes = new ArrayList<>();

  /// A request.
  record Echo(long micros, String source, String target) {}

  private EchoWatch(Tcpdump tcpdump) {
    this.tcpdump = tcpdump;
  }

  static EchoWatch on(Link link) throws IOException {
    return new EchoWatch(
        Tcpdump.on(
            link,
            "-tt",
            "--snapshot-length=128",
            "--buffer-size=16384",
            "icmp[icmptype] == icmp-echo"));
  }

  /// All requests so far, by their time.
  List<Echo> echoes() {
    for (String line : tcpdump.linesFrom(echoes.size())) {
      Matcher request = REQUEST.matcher(line);
      if (!request.matches()) {
        throw new AssertionError("not understood: " + line);
      }
      echoes.add(
          new Echo(
              Long.parseLong(request.group(1) + request.group(2)),
              request.group(3),
              request.group(4)));
    }
    return echoes;
  }

  /// Whether in the last two seconds, and after a time, each target was probed by one agent only,
  /// and each of some agents has probed some.
  boolean isSteady(long sinceMicros, int targets, Set<String> sources) {
    List<Echo> all = echoes();
    long from = all.isEmpty() ? 0 : all.getLast().micros - STEADY_MICROS;
    if (from < sinceMicros) {
      return false;
    }
    Map<String, String> probing = new HashMap<>();
    for (Echo echo : all.reversed()) {
      if (echo.micros < from) {
        break;
      }
      String other = probing.put(echo.target, echo.source);
      if (other != null && !other.equals(echo.source)) {
        return false;
      }
    }
    return probing.size() == targets && new HashSet<>(probing.values()).equals(sources);
  }

  /// The longest time between two requests to the same target, of which the second came after a
  /// time, whoever sent them.
  long silenceMicros(long fromMicros) {
    Map<String, Long> newest = new HashMap<>();
    long longest = 0;
    for (Echo echo : echoes()) {
      Long before = newest.put(echo.target, echo.micros);
      if (before != null && echo.micros >= fromMicros) {
        longest = Math.max(longest, echo.micros - before);
      }
    }
    return longest;
  }

  /// The longest time for which two agents have probed a target by turns after a time. An agent
  /// that takes a target over, and has it for two intervals, has it alone.
  long twiceMicros(long fromMicros, long intervalMicros) {
    Map<String, Turns> turns = new HashMap<>();
    for (Echo echo : echoes()) {
      if (echo.micros >= fromMicros) {
        turns.computeIfAbsent(echo.target, _ -> new Turns()).add(echo, 2 * intervalMicros);
      }
    }
    return turns.values().stream().mapToLong(each -> each.longest).max().orElse(0);
  }

  /// The changes of the agent that probes a target.
  private static final class Turns {
    private String source = "";
    private long first;
    private long last;
    private long longest;

    private void add(Echo echo, long apart) {
      if (source.isEmpty()) {
        last = echo.micros - apart - 1;
      } else if (!source.equals(echo.source)) {
        first = echo.micros - last > apart ? echo.micros : first;
        last = echo.micros;
        longest = Math.max(longest, last - first);
      }
      source = echo.source;
    }
  }

  @Override
  public void close() {
    tcpdump.close();
  }
}
