package io.ringtap.testing;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What threads allocate on the heap, as the JVM counts it.
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_ROUNDS = 500;

  private Allocation() {}

  /// Runs `round` on this thread until once nothing was allocated in it. Before that the compiler
  /// replaces the code, on this thread's account, and takes as many rounds as the machine is busy.
  ///
  /// @return how many rounds there were
  /// @throws AssertionError if each of 500 allocated something
  public static int assertNone(Runnable round) {
    return assertNone(MOST_ROUNDS, round);
  }

  /// The same with as many rounds at most.
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
