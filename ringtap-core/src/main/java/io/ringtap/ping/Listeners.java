package io.ringtap.ping;

import java.util.concurrent.atomic.AtomicBoolean;

/// Calls listeners so that what they throw stays theirs.
final class Listeners {
  private static final System.Logger LOG = System.getLogger("io.ringtap.ping");
  private static final AtomicBoolean LOGGED = new AtomicBoolean();

  private Listeners() {}

  static void tell(PingListener listener, PingRequest request, PingOutcome outcome) {
    try {
      listener.onOutcome(request, outcome);
    } catch (RuntimeException | Error e) {
      log(e);
    }
  }

  static void tell(PingListener listener, PingSummary summary) {
    try {
      listener.onSummary(summary);
    } catch (RuntimeException | Error e) {
      log(e);
    }
  }

  private static void log(Throwable thrown) {
    if (LOGGED.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.WARNING, "a listener threw; later ones go unmentioned", thrown);
    }
  }
}
