package io.ringtap.ping;

/// Hears what becomes of each probe of a request.
///
/// Both methods run on the pinger's receiving thread, so they must be quick and must not block;
/// outcomes are objects made only for the listener and may be kept. What a listener throws is
/// logged once and otherwise ignored: other requests go on.
public interface PingListener {
  /// A probe ended, or an answer came after its end.
  default void onOutcome(PingRequest request, PingOutcome outcome) {}

  /// The request has ended. Late replies and duplicates may still follow for a while.
  default void onSummary(PingSummary summary) {}
}
