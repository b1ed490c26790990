package io.ringtap.cli.terminal;

/// The last probes of a target as bars, the oldest first: the lowest bar is the shortest round-trip
/// time among them, the highest the longest; a cross is a probe without a reply.
public final class Sparkline {
  static final int PROBES = 64; // as many as are remembered

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final String ASCII_BARS = "_.-~=+*#";
  private static final char LOSS = '×';
  private static final char ASCII_LOSS = 'x';
  private static final long NONE = -1;

  private final long[] rtts = new long[PROBES];
  private int count;

  public void addRtt(long rttNanos) {
    rtts[count++ % PROBES] = rttNanos;
  }

  public void addLoss() {
    addRtt(NONE);
  }

  /// Appends the last probes, as many as have been seen and fit into `width` characters.
  public void append(StringBuilder text, int width, boolean isUnicode) {
    int shown = Math.min(Math.min(count, PROBES), width);
    long min = Long.MAX_VALUE;
    long max = 0;
    for (int i = count - shown; i < count; i++) {
      long rtt = rtts[i % PROBES];
      if (rtt != NONE) {
        min = Math.min(min, rtt);
        max = Math.max(max, rtt);
      }
    }
    String bars = isUnicode ? BARS : ASCII_BARS;
    for (int i = count - shown; i < count; i++) {
      long rtt = rtts[i % PROBES];
      if (rtt == NONE) {
        text.append(isUnicode ? LOSS : ASCII_LOSS);
      } else {
        double height = max == min ? 0 : (rtt - min) / (double) (max - min);
        text.append(bars.charAt((int) Math.round(height * (bars.length() - 1))));
      }
    }
  }
}
