package io.ringtap.capture;

/// How packets are read from the kernel.
public enum CaptureMode {
  /// `recvmmsg(2)`: a copy and a share of a system call for each packet.
  RECV,

  /// A TPACKET_V3 ring shared with the kernel: no system call while packets wait.
  RING,

  /// An XDP program in the driver, before the kernel makes a packet of a frame: it sees received
  /// frames only, of Ethernet interfaces. By default it watches: what the filter matches is copied
  /// while the frame goes on to the host. [CaptureOptions#withStealing] takes it from the host.
  /// Threads share the interfaces' receive queues: fanout, and the shape and retire time of a ring,
  /// mean nothing here. What of the faster ways is missing is in [Capture#notices]. Needs Linux
  /// 5.18, for stealing 5.9, and CAP_BPF, CAP_NET_ADMIN and CAP_NET_RAW.
  XDP
}
