package io.ringtap.monitor.web;

import java.util.HashSet;
import java.util.Set;

/// How many streams of events there may be, and whose threads they are.
final class StreamLimit {
  private static final int MAX_STREAMS = 100;

  private final Set<Thread> threads = new HashSet<>();
  private boolean isClosed;

  StreamLimit() {}

  /// The calling thread begins a stream.
  synchronized void enter() throws WebException {
    if (isClosed) {
      throw new WebException(503, "the server is closing");
    }
    if (threads.size() >= MAX_STREAMS) {
      throw new WebException(503, "there are " + MAX_STREAMS + " streams of events; close a page");
    }
    threads.add(Thread.currentThread());
  }

  /// The calling thread has ended its stream.
  synchronized void leave() {
    threads.remove(Thread.currentThread());
  }

  /// How many there are.
  synchronized int count() {
    return threads.size();
  }

  /// Interrupts all of them, and lets no more begin.
  synchronized void close() {
    isClosed = true;
    threads.forEach(Thread::interrupt);
  }
}
