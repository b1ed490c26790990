package io.ringtap.monitor.tui;

import dev.tamboui.style.Color;
import dev.tamboui.style.Style;
import java.time.ZoneId;

/// Which characters and colours a terminal shows. Whatever a colour says, a character says too.
///
/// @param isUnicode whether it shows bars and blocks, or ASCII only
/// @param colours how many
/// @param zone whose times are shown
public record Look(boolean isUnicode, Colours colours, ZoneId zone) {
  /// How many colours a terminal has.
  public enum Colours {
    /// None, or none that are welcome.
    NONE,
    /// The eight of ANSI.
    ANSI,
    /// 256.
    INDEXED
  }

  static final Style PLAIN = Style.EMPTY;
  static final Style STRONG = Style.EMPTY.bold();
  static final Style BAR = Style.EMPTY.reversed();

  private static final int FEW = 220; // yellow
  private static final int SOME = 208; // orange
  private static final int MANY = 196; // red
  private static final double FEW_RATIO = 0.02;
  private static final double SOME_RATIO = 0.1;
  private static final long SLOW_NANOS = 30_000_000;
  private static final long SLOWER_NANOS = 120_000_000;

  /// The levels of a bar, by rising round-trip times.
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private static final String ASCII_BARS = "_.-=+*%#";
  private static final long[] LIMITS = {
    500_000, 2_000_000, 10_000_000, 30_000_000, 60_000_000, 120_000_000, 250_000_000
  };

  boolean isIndexed() {
    return colours == Colours.INDEXED;
  }

  /// A style in a colour, where there are colours.
  Style in(Color color) {
    return colours == Colours.NONE ? PLAIN : PLAIN.fg(color);
  }

  /// What is less important.
  Style faint() {
    return in(Color.DARK_GRAY);
  }

  /// The colour of a loss ratio above 0.
  Color lossColour(double ratio) {
    if (!isIndexed()) {
      return ratio <= SOME_RATIO ? Color.YELLOW : Color.RED;
    }
    return Color.indexed(ratio <= FEW_RATIO ? FEW : ratio <= SOME_RATIO ? SOME : MANY);
  }

  /// The colour of a round-trip time without loss.
  private static Color rttColour(long nanos) {
    return nanos < SLOW_NANOS ? Color.GREEN : nanos < SLOWER_NANOS ? Color.CYAN : Color.BLUE;
  }

  /// The colour of a target's median: loss tells more than latency.
  Style style(TargetRow row) {
    return switch (row.health()) {
      case DOWN -> in(Color.RED).reversed();
      case UNRESOLVED -> in(Color.MAGENTA);
      case LOSSY -> in(lossColour(row.lossRatio()));
      case UP -> in(rttColour(row.rttNanos()));
      case PENDING -> faint();
    };
  }

  /// The character of a target: a bar as high as its round-trip time. Loss is a digit where it has
  /// no colour.
  char symbol(TargetRow row) {
    return switch (row.health()) {
      case DOWN -> 'X';
      case UNRESOLVED -> '?';
      case LOSSY -> colours == Colours.NONE ? lossDigit(row.lossRatio()) : bar(row.rttNanos());
      case UP -> bar(row.rttNanos());
      case PENDING -> isUnicode ? '·' : ',';
    };
  }

  private char bar(long nanos) {
    int level = 0;
    while (level < LIMITS.length && nanos >= LIMITS[level]) {
      level++;
    }
    return (isUnicode ? BARS : ASCII_BARS).charAt(level);
  }

  /// The bar of a part of 1.
  char bar(double part) {
    String bars = isUnicode ? BARS : ASCII_BARS;
    return bars.charAt(Math.clamp(Math.round(part * (bars.length() - 1)), 0, bars.length() - 1));
  }

  /// Tens of percent, from 1 for whatever is less than 15.
  static char lossDigit(double ratio) {
    return (char) ('0' + Math.clamp(Math.round(ratio * 10), 1, 9));
  }

  /// The one for Unicode, or the one for ASCII.
  char pick(char unicode, char ascii) {
    return isUnicode ? unicode : ascii;
  }
}
