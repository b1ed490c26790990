package io.ringtap.lab.report;

import io.ringtap.lab.report.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/// Where the time goes with each peer: lying bars of equal length, in pieces by the share of each
/// group of functions. The peer's own pieces come first, then a mark, then those of the kernel
/// beside it.
final class StackedBars {
  private static final int WIDTH = 960;
  private static final int ROW = 26;
  private static final int BAR = 18;
  private static final int GAP = 8;
  private static final int LEGEND_ROW = 18;
  private static final int LEGEND_COLUMN = 235;
  private static final int SWATCH = 11;
  private static final int LONGEST_NAME = 230;
  private static final int LETTERS_FROM = 26; // of width: less holds no number
  private static final int AXIS = 22;

  private final List<Profile> profiles;
  private final ProfileGroups groups;
  private final double left;

  private StackedBars(List<Profile> profiles, ProfileGroups groups) {
    this.profiles = profiles;
    this.groups = groups;
    double longest =
        profiles.stream().mapToDouble(profile -> Svg.width(profile.peer())).max().orElse(0);
    left = Math.min(longest, LONGEST_NAME) + 2 * GAP;
  }

  /// The picture.
  ///
  /// @param profiles of one setting
  /// @param groups with their colours
  static String draw(List<Profile> profiles, ProfileGroups groups) {
    return new StackedBars(profiles, groups).draw();
  }

  private String draw() {
    List<String> names = groups.shown();
    int columns = WIDTH / LEGEND_COLUMN;
    int legendRows = (names.size() + columns - 1) / columns;
    double top = legendRows * LEGEND_ROW + GAP;
    double bottom = top + profiles.size() * ROW;
    Svg svg = new Svg(WIDTH, (int) bottom + AXIS, "shares of groups of functions");
    for (int i = 0; i < names.size(); i++) {
      int row = i / columns;
      double x = i % columns * LEGEND_COLUMN + GAP;
      double y = row * LEGEND_ROW;
      svg.swatch("box " + groups.style(names.get(i)), x, y + 3, SWATCH, SWATCH);
      svg.text("tick", x + SWATCH + GAP, y + 13, Anchor.START, names.get(i));
    }
    for (int percent = 0; percent <= 100; percent += 25) {
      svg.line("grid", x(percent), top, x(percent), bottom);
      Anchor anchor = percent == 100 ? Anchor.END : Anchor.MIDDLE;
      svg.text("tick", x(percent), bottom + 14, anchor, percent + " %");
    }
    for (int i = 0; i < profiles.size(); i++) {
      bar(svg, profiles.get(i), top + i * ROW);
    }
    return svg.end();
  }

  private double x(double percent) {
    return left + (WIDTH - left) * percent / 100;
  }

  private void bar(Svg svg, Profile profile, double y) {
    double middle = y + ROW / 2.0;
    svg.text(
        "name",
        left - GAP,
        middle + 4,
        Anchor.END,
        Svg.fitted(profile.peer(), Math.min(LONGEST_NAME, left - GAP)));
    double percent = 0;
    for (Profile.Part part : List.of(Profile.Part.PEER, Profile.Part.KERNEL)) {
      for (String group : groups.shown()) {
        double share = groups.percent(profile, part, group);
        if (share > 0) {
          draw(svg, new Piece(part, group, percent, share), middle);
          percent += share;
        }
      }
      if (part == Profile.Part.PEER && percent > 0) {
        svg.line("mark", x(percent), middle - ROW / 2.0 + 1, x(percent), middle + ROW / 2.0 - 1);
      }
    }
  }

  /// A piece of a bar.
  ///
  /// @param from where it begins, in percent of the bar
  /// @param share in percent of the bar
  private record Piece(Profile.Part part, String group, double from, double share) {
    String tip() {
      return String.format(Locale.ROOT, "%s, %s: %.1f %%", part.label(), group, share);
    }
  }

  private void draw(Svg svg, Piece piece, double middle) {
    double x = x(piece.from);
    double width = x(piece.from + piece.share) - x;
    svg.bar("box " + groups.style(piece.group), x, middle - BAR / 2.0, width, BAR, piece.tip());
    if (width >= LETTERS_FROM) {
      String text = String.format(Locale.ROOT, "%.0f", piece.share);
      svg.text("in", x + width / 2, middle + 4, Anchor.MIDDLE, text);
    }
  }
}
