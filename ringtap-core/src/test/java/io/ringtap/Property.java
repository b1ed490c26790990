package io.ringtap;

import java.util.SplittableRandom;

/// A property test: one claim, tried on many random cases. Every try has a seed of its own, so that
/// a failure is had again alone.
///
/// `-Dprop.tries` says how many cases (1000), `-Dprop.seed` where to begin (anew in every run).
public final class Property {
  private static final int TRIES = Integer.getInteger("prop.tries", 1000);

  /// The claim, for the case that `random` makes; it throws when the claim does not hold.
  public interface Claim {
    void holdsFor(SplittableRandom random) throws Exception;
  }

  private Property() {}

  /// Tries `claim`.
  ///
  /// @throws AssertionError with the seed of the first case for which it does not hold
  public static void forAll(Claim claim) {
    Long given = Long.getLong("prop.seed");
    long seed = given != null ? given : new SplittableRandom().nextLong();
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < TRIES; i++) {
      try {
        claim.holdsFor(new SplittableRandom(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "try %d of %d fails; again with -Dprop.seed=%d -Dprop.tries=1: %s"
                .formatted(i + 1, TRIES, seed, e.getMessage()),
            e);
      }
      seed = seeds.nextLong();
    }
  }
}
