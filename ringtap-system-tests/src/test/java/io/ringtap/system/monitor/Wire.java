package io.ringtap.system.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The echo requests that tcpdump has seen, in their order, and whether each had a reply.
record Wire(List<Echo> echoes) {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d+)\\.(\\d{3})\\d* IP (\\S+) > (\\S+): ICMP echo (request|reply), (id \\d+, seq"
              + " \\d+),.*");

  /// A request.
  ///
  /// @param answerMillis how long its answer took; -1 if there was none
  record Echo(String host, long epochMillis, long answerMillis) {
    boolean isAnswered() {
      return answerMillis >= 0;
    }
  }

  /// @param lines as `tcpdump -tt -n` writes them
  static Wire of(List<String> lines) {
    List<Echo> echoes = new ArrayList<>();
    Map<String, Integer> newest = new HashMap<>(); // numbers come again after 65536 requests
    for (String line : lines) {
      Matcher echo = LINE.matcher(line);
      if (!echo.matches()) {
        throw new AssertionError("not understood: " + line);
      }
      boolean isRequest = echo.group(5).equals("request");
      String host = isRequest ? echo.group(4) : echo.group(3);
      String identity = host + " " + echo.group(6);
      long millis = Long.parseLong(echo.group(1) + echo.group(2));
      if (isRequest) {
        newest.put(identity, echoes.size());
        echoes.add(new Echo(host, millis, -1));
      } else {
        long sent = echoes.get(newest.get(identity)).epochMillis;
        echoes.set(newest.get(identity), new Echo(host, sent, millis - sent));
      }
    }
    return new Wire(echoes);
  }

  /// Those to some hosts, in their order.
  List<Echo> to(List<String> hosts) {
    return echoes.stream().filter(echo -> hosts.contains(echo.host)).toList();
  }

  /// When the first request to a host after a time was sent that had a reply, or had none.
  long firstAfter(String host, long epochMillis, boolean isAnswered) {
    return echoes.stream()
        .filter(echo -> echo.host.equals(host) && echo.isAnswered() == isAnswered)
        .mapToLong(Echo::epochMillis)
        .filter(millis -> millis >= epochMillis)
        .findFirst()
        .orElseThrow();
  }
}
