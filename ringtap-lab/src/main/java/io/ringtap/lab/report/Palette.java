package io.ringtap.lab.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Which colour each peer has, in all pictures and tables. Tools that reports know have theirs in
/// every report; Ringtap's own ways share one strong hue that nobody else has. The colours
/// themselves are in `page.css`.
final class Palette {
  static final int RINGTAP_COLOURS = 4;
  static final int OTHER_COLOURS = 7;

  /// By the first word of the name. Those that share a colour are never in one report: the ones
  /// ping, the others capture.
  private static final Map<String, Integer> KNOWN =
      Map.of(
          "ping",
          0,
          "fping",
          1,
          "hping3",
          2,
          "nping",
          3,
          "tcpdump",
          0,
          "dumpcap",
          1,
          "netsniff-ng",
          2,
          "tshark",
          3);

  private final Map<String, String> styles = new HashMap<>();

  /// @param peers in the order in which they take colours
  Palette(List<String> peers) {
    Set<Integer> taken = new HashSet<>();
    for (String peer : peers) {
      Integer known = KNOWN.get(firstWord(peer));
      if (known != null && taken.add(known)) {
        styles.put(peer, "o" + known);
      }
    }
    int ours = 0;
    for (String peer : peers) {
      if (isRingtap(peer)) {
        styles.putIfAbsent(peer, "r" + ours++ % RINGTAP_COLOURS);
      } else if (!styles.containsKey(peer)) {
        int free =
            IntStream.range(0, OTHER_COLOURS)
                .filter(i -> !taken.contains(i))
                .findFirst()
                .orElse(styles.size() % OTHER_COLOURS);
        taken.add(free);
        styles.put(peer, "o" + free);
      }
    }
  }

  static boolean isRingtap(String peer) {
    return firstWord(peer).startsWith("ringtap");
  }

  private static String firstWord(String peer) {
    return peer.strip().toLowerCase(Locale.ROOT).split("[\\s,:(]", 2)[0];
  }

  /// The CSS class of the peer's colour.
  String style(String peer) {
    return styles.getOrDefault(peer, "o0");
  }
}
