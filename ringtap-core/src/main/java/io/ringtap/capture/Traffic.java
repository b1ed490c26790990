package io.ringtap.capture;

/// Which packets a capture is shown, by their direction. On a loopback interface every packet both
/// leaves and comes; unless departing ones are asked for it is shown as it comes.
public enum Traffic {
  /// What comes to this machine, for whomever it is.
  IN,
  /// What leaves this machine.
  OUT,
  /// Both.
  INOUT
}
