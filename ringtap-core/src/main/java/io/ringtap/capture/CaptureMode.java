package io.ringtap.capture;

/// How packets are read from the kernel.
public enum CaptureMode {
  /// `recvmmsg(2)`: a copy and a share of a system call for each packet.
  RECV,

  /// A TPACKET_V3 ring shared with the kernel: no system call while packets wait.
  RING
}
