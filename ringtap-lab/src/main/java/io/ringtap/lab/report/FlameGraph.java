package io.ringtap.lab.report;

import io.ringtap.lab.report.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/// A profile's calls: a box for each function on the one that called it, as wide as its share of
/// the samples. Callees stand beside each other by their frequency, not by time. What a box is and
/// how much it has shows when the pointer rests on it.
final class FlameGraph {
  private static final int WIDTH = 960;
  private static final int ROW = 17;
  private static final int LETTERS_FROM = 36; // of width: less holds no name
  private static final int BASELINE = 13;
  private static final int SIDE = 3;
  static final int COLOURS = 5;

  private final Profile profile;
  private final int rows;
  private final double perSample;

  private FlameGraph(Profile profile) {
    this.profile = profile;
    rows = profile.frames().stream().mapToInt(Profile.Frame::depth).max().orElse(0) + 1;
    perSample = (double) WIDTH / Math.max(1, profile.samples());
  }

  /// The picture.
  static String draw(Profile profile) {
    return new FlameGraph(profile).draw();
  }

  private String draw() {
    Svg svg = new Svg(WIDTH, rows * ROW, "calls of " + profile.peer() + ", " + profile.setting());
    List<Profile.Frame> frames = profile.frames();
    double[] next = new double[rows + 1]; // where the next box of each depth begins
    for (Profile.Frame frame : frames) {
      double x = next[frame.depth()];
      double width = frame.samples() * perSample;
      box(svg, frame, x, width);
      next[frame.depth()] = x + width;
      next[frame.depth() + 1] = x;
    }
    return svg.end();
  }

  private void box(Svg svg, Profile.Frame frame, double x, double width) {
    double y = (rows - 1 - frame.depth()) * (double) ROW;
    String tip =
        String.format(
            Locale.ROOT,
            "%s: %.1f %%, %d samples",
            frame.name(),
            100.0 * frame.samples() / Math.max(1, profile.samples()),
            frame.samples());
    svg.bar("box f" + colour(frame), x, y, width, ROW, tip);
    if (width >= LETTERS_FROM) {
      svg.text(
          "in", x + SIDE, y + BASELINE, Anchor.START, Svg.fitted(frame.name(), width - 2 * SIDE));
    }
  }

  /// The same function has the same colour everywhere, and parts have one of their own.
  private static int colour(Profile.Frame frame) {
    return frame.depth() == 0 ? 0 : 1 + Math.floorMod(frame.name().hashCode(), COLOURS - 1);
  }
}
