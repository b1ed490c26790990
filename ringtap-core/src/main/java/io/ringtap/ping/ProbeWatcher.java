package io.ringtap.ping;

/// Hears what becomes of each probe of a request that is [watched][Pinger#watch], without an object
/// made for it: for requests that go on for years.
///
/// It runs on one of the pinger's threads, one call at a time, and holds up all requests of the
/// pinger while it runs. So it must be quick, must not block, and must not wait for this pinger.
/// What it throws, whatever it is, ends the request it listens to, whose future completes with
/// that.
@FunctionalInterface
public interface ProbeWatcher {
  /// A probe ended, or something came after its end.
  ///
  /// @param outcome lent for this call: the same object stands for the next outcome
  void onOutcome(WatchedOutcome outcome);
}
