package io.ringtap.testing;

import java.util.SplittableRandom;

/// Checks a claim on many random cases, in a test marked [Randomized]. Every case has its own seed,
/// so that a failing case can be repeated by itself.
///
/// In a build the seeds are the same in every run, so the result never depends on chance. System
/// properties change that:
///
/// - `property.seed` tries only the case with this seed;
/// - `property.seconds` explores: it tries fresh seeds for this time and prints each failing case
///   when it is found, with the command that repeats it (see `./dev explore`).
public final class Property {
  private static final long FIRST_SEED = 20_261_122;
  private static final int TRIES = 1000;
  private static final int PRINTED = 20; // the most failures printed in one exploration
  private static final Long GIVEN_SEED = Long.getLong("property.seed");
  private static final Long SECONDS = Long.getLong("property.seconds");

  /// The claim.
  @FunctionalInterface
  public interface Claim {
    /// Builds a case from `random` and throws if the claim does not hold for it.
    ///
    /// @throws Exception of any kind, which counts as a failure
    void holdsFor(SplittableRandom random) throws Exception;
  }

  private Property() {}

  /// Tries `claim` on 1000 cases.
  ///
  /// @throws AssertionError with the seed of the first case for which it does not hold
  public static void forAll(Claim claim) {
    forAll(TRIES, claim);
  }

  /// Tries `claim` on `tries` cases.
  ///
  /// @throws AssertionError with the seed of the first case for which it does not hold
  public static void forAll(int tries, Claim claim) {
    Randomized.Extension.Running test = Randomized.Extension.running();
    if (GIVEN_SEED != null) {
      check(test, claim, GIVEN_SEED);
      System.out.println(test.name() + ": the claim holds for seed " + GIVEN_SEED);
    } else if (SECONDS != null) {
      explore(test, claim, SECONDS * test.share());
    } else {
      SplittableRandom seeds = new SplittableRandom(FIRST_SEED);
      for (int i = 0; i < tries; i++) {
        check(test, claim, seeds.nextLong());
      }
    }
  }

  private static void explore(Randomized.Extension.Running test, Claim claim, long seconds) {
    SplittableRandom seeds = new SplittableRandom();
    long start = System.nanoTime();
    long cases = 0;
    int failures = 0;
    AssertionError first = null;
    do {
      try {
        check(test, claim, seeds.nextLong());
      } catch (AssertionError e) {
        first = first == null ? e : first;
        failures++;
        if (failures <= PRINTED) {
          System.out.println("FOUND " + e.getMessage() + "\n");
        }
      }
      cases++;
    } while (System.nanoTime() - start < seconds * 1_000_000_000);
    System.out.printf("explored %s: %d cases, %d failed%n", test.name(), cases, failures);
    if (first != null) {
      throw first;
    }
  }

  private static void check(Randomized.Extension.Running test, Claim claim, long seed) {
    try {
      claim.holdsFor(new SplittableRandom(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "%s: %s%nagain with: %s".formatted(test.name(), e.getMessage(), test.command(seed)), e);
    }
  }
}
