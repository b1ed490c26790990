package io.ringtap.cli.sweep;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Times;
import io.ringtap.send.Pace;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.space.PermutedTargets;

/// What a sweep is to do.
///
/// @param space the addresses
/// @param targets those of this shard, with their ports
/// @param identity what a saved state must agree with
/// @param options how they are probed
record SweepPlan(
    SpaceArguments.Space space,
    PermutedTargets targets,
    SweepState.Identity identity,
    SweepOptions options) {
  /// The rest of it, from a position on.
  SweepPlan from(long position) {
    return new SweepPlan(space, targets, identity, options.withFirstPosition(position));
  }

  /// What is about to happen, in words.
  String text() {
    long completed = options.firstPosition();
    StringBuilder text = new StringBuilder();
    append(text, targets.size(), "target").append(" at ");
    append(text, space.addresses().size(), "address");
    if (space.publicSize() > 0) {
      text.append(", ").append(space.publicSize()).append(" of them not local");
    }
    if (space.excluded() > 0) {
      append(text.append(", "), space.excluded(), "address").append(" left out");
    }
    if (completed > 0) {
      append(text.append("; "), completed, "target").append(" done before");
    }
    long probes = (targets.size() - completed) * options.schedule().probes();
    append(text.append("; "), probes, "probe").append(paceText(probes));
    return text.append("; seed ").append(identity.seed()).toString();
  }

  private static StringBuilder append(StringBuilder text, long count, String what) {
    text.append(count == Long.MAX_VALUE ? "more than 2^62" : Long.toString(count));
    text.append(' ').append(what);
    return text.append(count == 1 ? "" : what.endsWith("s") ? "es" : "s");
  }

  private static String duration(double seconds) {
    return seconds < 1 ? "less than a second" : Times.words(seconds);
  }

  private String paceText(long probes) {
    return switch (options.schedule().pace()) {
      case Pace.Packets(double rate) ->
          " at " + Figures.si(rate) + " a second: " + duration(probes / rate);
      case Pace.Bits(double rate) -> " at " + Figures.bitRate(rate);
      case Pace.Unlimited _, Pace.Recorded _ -> " as fast as the kernel takes them";
    };
  }
}
