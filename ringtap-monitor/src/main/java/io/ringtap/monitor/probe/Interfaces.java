package io.ringtap.monitor.probe;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The indices of interfaces that targets are probed through, by name. They are looked at every two
/// seconds, for an interface that goes and comes again has another one.
final class Interfaces implements AutoCloseable {
  /// The index in place of that of an interface that is not there: the kernel knows no such one and
  /// takes no probe, which is what is to be told. Without an index it would send them elsewhere.
  static final int MISSING = Integer.MAX_VALUE;

  private static final long PERIOD_SECONDS = 2;

  private final Consumer<String> onChange;
  private final Map<String, Integer> indices = new HashMap<>(); // guarded by this
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread; // guarded by this

  /// @param onChange hears which interface has another index, on a thread of its own
  Interfaces(Consumer<String> onChange) {
    this.onChange = onChange;
  }

  /// The index of an interface, which is kept an eye on from now on; 0 without a name.
  synchronized int index(@Nullable String name) {
    if (name == null) {
      return 0;
    }
    if (thread == null) {
      thread = Thread.ofVirtual().name("ringtap-interfaces").start(this::run);
    }
    return indices.computeIfAbsent(name, Interfaces::find);
  }

  private static int find(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      return found == null ? MISSING : found.getIndex();
    } catch (SocketException e) {
      return MISSING;
    }
  }

  private void run() {
    try {
      while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
        for (String name : names()) {
          if (hasChanged(name)) {
            onChange.accept(name);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String[] names() {
    return indices.keySet().toArray(String[]::new);
  }

  private synchronized boolean hasChanged(String name) {
    int now = find(name);
    Integer before = indices.put(name, now);
    return before == null || before != now;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
