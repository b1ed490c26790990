package io.ringtap.capture;

/// Where the filter of a capture runs.
public enum FilterPlace {
  /// In the kernel: a packet that does not pass costs this process nothing.
  KERNEL,

  /// On the threads of the capture, because the program has a loop, as `protochain` makes one, and
  /// the kernel runs none. The kernel hands over every packet of the captured direction.
  CAPTURE_FOR_ITS_LOOP,

  /// On the threads of the capture, because the filter reads bytes of the pseudo-header that the
  /// kernel does not report, or may read them at a place that is computed of the packet. So it is
  /// on `any` for some filters whose words follow `geneve` on the other side of an `or`.
  CAPTURE_FOR_ITS_LOADS,

  /// On the threads of the capture, because the kernel keeps no program of that size for a socket:
  /// it is beyond `net.core.optmem_max`, in bytes. A higher limit or a shorter filter helps.
  CAPTURE_FOR_ITS_SIZE
}
