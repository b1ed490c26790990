package io.ringtap.ebpf;

/// What an XDP program returns: what becomes of the frame (`enum xdp_action` of `linux/bpf.h`).
public enum XdpAction {
  /// Dropped, as an error that the kernel's tracing shows.
  ABORTED(0),
  /// Dropped.
  DROP(1),
  /// On to the kernel's network stack.
  PASS(2),
  /// Out of the interface that it came from.
  TX(3),
  /// To the place that a call of a helper has chosen: a socket, a CPU, or another interface.
  REDIRECT(4);

  private final int number;

  XdpAction(int number) {
    this.number = number;
  }

  /// The number that the program returns.
  public int number() {
    return number;
  }
}
