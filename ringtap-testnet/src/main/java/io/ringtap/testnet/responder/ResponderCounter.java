package io.ringtap.testnet.responder;

/// What an [XdpResponder] counts.
public enum ResponderCounter {
  /// Echo requests that were answered.
  ECHO_REPLIES(0),
  /// SYN segments that were answered with SYN and ACK.
  SYN_ACKS(1),
  /// SYN segments that were answered with RST.
  RESETS(2),
  /// UDP datagrams that were sent back.
  UDP_REPLIES(3),
  /// Requests to addresses that never answer.
  SILENT(4),
  /// First requests to addresses that do not answer these.
  DEAF(5);

  final int slot; // in the map of counters

  ResponderCounter(int slot) {
    this.slot = slot;
  }
}
