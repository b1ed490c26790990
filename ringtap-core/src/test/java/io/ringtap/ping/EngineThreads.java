package io.ringtap.ping;

import java.util.Arrays;
import java.util.List;

/// The threads of all open pingers.
final class EngineThreads {
  private EngineThreads() {}

  static List<Thread> alive() {
    Thread[] threads = new Thread[Thread.activeCount() + 64];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getName().startsWith("ringtap-"))
        .toList();
  }
}
