package io.ringtap.ping;

import java.util.function.Consumer;

/// A listener of the caller's, whose exceptions end what it listens to and nothing else. It may
/// throw any Throwable: Kotlin and Scala do not check exceptions.
final class ListenerGuard {
  private final PingListener listener;
  private final Consumer<Throwable> onThrown;
  private volatile boolean hasThrown;

  /// @param onThrown hears, once, what the listener has thrown
  ListenerGuard(PingListener listener, Consumer<Throwable> onThrown) {
    this.listener = listener;
    this.onThrown = onThrown;
  }

  /// Passes on an outcome, unless the listener has thrown before.
  void outcome(PingRequest request, PingOutcome outcome) {
    if (hasThrown) {
      return;
    }
    try {
      listener.onOutcome(request, outcome);
    } catch (Throwable thrown) {
      hasThrown = true;
      onThrown.accept(thrown);
    }
  }

  /// Passes on a summary, unless the listener has thrown before.
  void summary(PingSummary summary) {
    if (hasThrown) {
      return;
    }
    try {
      listener.onSummary(summary);
    } catch (Throwable thrown) {
      hasThrown = true;
      onThrown.accept(thrown);
    }
  }
}
