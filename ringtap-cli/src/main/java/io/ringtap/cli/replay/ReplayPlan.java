package io.ringtap.cli.replay;

import io.ringtap.cli.run.StandardInput;
import io.ringtap.send.Pace;
import io.ringtap.send.SenderOptions;
import org.jspecify.annotations.Nullable;

/// What a replay is to do.
///
/// @param file its name, or [StandardInput#DASH]
/// @param expression that packets must match; null takes all
/// @param sender where they go
/// @param pace when
/// @param extent how often and how many
record ReplayPlan(
    String file, @Nullable String expression, SenderOptions sender, Pace pace, Extent extent) {
  /// How often, and how many.
  ///
  /// @param rounds how often the file is sent; 0 until a signal comes
  /// @param packets that are taken from it over all rounds
  record Extent(int rounds, long packets) {}

  boolean isStandardInput() {
    return file.equals(StandardInput.DASH);
  }

  /// How messages call the file.
  String name() {
    return isStandardInput() ? StandardInput.NAME : file;
  }
}
