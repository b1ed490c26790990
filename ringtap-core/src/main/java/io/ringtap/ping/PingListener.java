package io.ringtap.ping;

/// Hears what becomes of each probe of a request.
///
/// Both methods run on one of the pinger's threads, one call at a time, and hold up all requests of
/// the pinger while they run. So they must be quick, must not block, and must not wait for this
/// pinger: that would never end. What takes longer belongs behind the [future][Ping], or on a
/// thread of the listener's own. Outcomes are objects made only for the listener and may be kept.
///
/// What a listener throws, whatever it is, ends what it listens to: its future completes with that
/// exception, its probes in flight are withdrawn, and it hears no more. For
/// [Pinger#pingAll(java.util.Collection, PingListener)] and [Pinger#sweep(java.util.Iterator,
/// PingListener)] that is all of their requests. What other callers have asked of the pinger goes
/// on.
public interface PingListener {
  /// A probe ended, or an answer came after its end.
  default void onOutcome(PingRequest request, PingOutcome outcome) {}

  /// The request has ended. Late replies and duplicates may still follow for a while.
  default void onSummary(PingSummary summary) {}
}
