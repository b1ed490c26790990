package io.ringtap.capture;

/// Which packets a capture shows, by their direction. On a loopback interface every packet is both
/// sent and received; it is shown once, as received, unless only sent packets are asked for.
public enum Traffic {
  /// Received packets, whatever their destination.
  IN,
  /// Packets that this machine sends.
  OUT,
  /// Both.
  INOUT
}
