package io.ringtap.ebpf.kernel;

import io.ringtap.linux.abi.bpf.Bpf;

/// Where the kernel runs an XDP program.
public enum XdpMode {
  /// In the driver, on the frame as the card wrote it.
  NATIVE(Bpf.XDP_FLAGS_DRV_MODE),
  /// Once the kernel has made a packet of the frame: on every interface, and slower.
  GENERIC(Bpf.XDP_FLAGS_SKB_MODE);

  final int flags;

  XdpMode(int flags) {
    this.flags = flags;
  }

  /// The mode in words, such as `native mode`.
  @Override
  public String toString() {
    return this == NATIVE ? "native mode" : "generic mode";
  }
}
