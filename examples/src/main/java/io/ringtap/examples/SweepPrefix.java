package io.ringtap.examples;

import io.ringtap.packet.IpRange;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepAnswer;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import java.io.IOException;

/// Prints which addresses of a prefix or range answer: `SweepPrefix 10.0.0.0/16`.
public final class SweepPrefix {
  private SweepPrefix() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // @start region="program"
    AddressSpace space = AddressSpace.builder().add(IpRange.parse(arguments[0])).build();
    PermutedTargets targets = PermutedTargets.of(space, 1, Shard.WHOLE);
    try (Sweep sweep = Sweep.open(targets, SweepOptions.DEFAULT.withRetries(1))) {
      sweep.start(SweepPrefix::print);
      sweep.await();
      IO.println(sweep.counters().found() + " of " + space.size() + " answered");
    }
    // @end
  }

  /// Runs on the sweep's receiving thread, so it must be quick.
  private static void print(SweepAnswer answer) {
    if (answer.novelty() == SweepAnswer.Novelty.FIRST) {
      IO.println("%s %d ns".formatted(answer.address(), answer.rttNanos()));
    }
  }
}
