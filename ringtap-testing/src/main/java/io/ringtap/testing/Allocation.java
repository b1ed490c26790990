package io.ringtap.testing;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Heap allocation of threads, as counted by the JVM.
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_ROUNDS = 500;

  private Allocation() {}

  /// Runs `round` on this thread until one run allocates nothing. Earlier runs may allocate while
  /// the JIT compiler replaces the code; how many depends on how busy the machine is.
  ///
  /// @return the number of runs
  /// @throws AssertionError if each of 500 runs allocated something
  public static int assertNone(Runnable round) {
    return assertNone(MOST_ROUNDS, round);
  }

  /// The same with another maximum number of runs.
  public static int assertNone(int mostRounds, Runnable round) {
    long least = Long.MAX_VALUE;
    for (int rounds = 1; rounds <= mostRounds; rounds++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      round.run();
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (allocated == 0) {
        return rounds;
      }
      least = Math.min(least, allocated);
    }
    return fail("each of %d rounds allocated %d bytes or more", mostRounds, least);
  }

  /// Bytes that this thread has allocated so far.
  public static long soFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /// Bytes that a thread has allocated so far.
  public static long by(Thread thread) {
    return THREADS.getThreadAllocatedBytes(thread.threadId());
  }
}
