package io.ringtap.cli.ping;

import io.ringtap.device.NetworkInterface;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingerOptions;
import io.ringtap.target.Family;
import io.ringtap.target.TargetParser;
import io.ringtap.target.TargetSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command line asks for, checked.
///
/// @param specs the targets on the command line
/// @param files files of further targets, `-` for standard input
/// @param parser reads the files' targets
/// @param isEveryAddress whether a name stands for all of its addresses
/// @param deadline null for none
/// @param shielded the interface that is shielded from foreign replies; null for none
record PingPlan(
    List<TargetSpec> specs,
    List<String> files,
    TargetParser parser,
    Family family,
    boolean isEveryAddress,
    PingOptions options,
    PingerOptions pingerOptions,
    @Nullable Deadline deadline,
    @Nullable NetworkInterface shielded) {
  /// When the run ends in any case.
  ///
  /// @param after since its beginning
  /// @param answers after which a target is done before that; 0 for no such number
  record Deadline(Duration after, long answers) {}

  /// How many targets the command line names, a name counting as one; files not counted.
  long size() {
    long sum = 0;
    for (TargetSpec spec : specs) {
      long size = spec.size();
      sum = Long.MAX_VALUE - size < sum ? Long.MAX_VALUE : sum + size;
    }
    return sum;
  }

  /// Whether there is exactly one target.
  boolean isSingle() {
    return size() == 1 && isSizeExact();
  }

  /// Whether [#size] is the number of targets there will be.
  boolean isSizeExact() {
    return files.isEmpty() && !(isEveryAddress && hasName());
  }

  private boolean hasName() {
    for (TargetSpec spec : specs) {
      if (spec instanceof TargetSpec.Name) {
        return true;
      }
    }
    return false;
  }
}
