package io.ringtap.lab.peer;

/// A probe as the wire saw it.
///
/// @param target whom it was sent to, four bytes as a number
/// @param identifier ICMP identifier
/// @param sequence ICMP sequence number
/// @param requestNanos when the request arrived at the far end of the cable, since the epoch
/// @param replyNanos when the first reply left there; -1 if none did
public record Exchange(
    int target, int identifier, int sequence, long requestNanos, long replyNanos) {
  public boolean isAnswered() {
    return replyNanos >= 0;
  }

  /// What no pinger can be faster than.
  public long rttNanos() {
    return replyNanos - requestNanos;
  }

  Exchange answeredAt(long nanos) {
    return new Exchange(target, identifier, sequence, requestNanos, nanos);
  }
}
