package io.ringtap.device;

import java.util.ArrayList;
import java.util.List;

/// What the kernel has counted on one CPU while it took packets from drivers
/// (`/proc/net/softnet_stat`). Each counter has 32 bits and wraps around.
///
/// @param cpu the CPU
/// @param processed packets taken from drivers
/// @param dropped packets thrown away because the CPU's backlog was full
/// @param timeSqueezed how often the budget or time ran out before all packets were processed
/// @param steered how often another CPU sent it packets (RPS)
public record SoftnetCounters(
    int cpu, long processed, long dropped, long timeSqueezed, long steered) {
  private static final int STEERED = 9;
  private static final int CPU = 12; // since kernel 5.10

  /// Reads the counters of all online CPUs; empty if `files` do not contain them.
  public static List<SoftnetCounters> read(KernelFiles files) {
    List<SoftnetCounters> all = new ArrayList<>();
    String text = KernelFiles.text(files.proc().resolve("net/softnet_stat")).orElse("");
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > STEERED) {
        all.add(
            new SoftnetCounters(
                words.length > CPU ? (int) number(words[CPU]) : all.size(),
                number(words[0]),
                number(words[1]),
                number(words[2]),
                number(words[STEERED])));
      }
    }
    return all;
  }

  private static long number(String word) {
    try {
      return Long.parseUnsignedLong(word, 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
