package io.ringtap.ping;

/// Where the two ends of a round-trip time came from, best first.
public enum StampSource {
  /// Both ends are the kernel's own packet stamps: no scheduling, no garbage collection in the
  /// number.
  KERNEL("kernel"),
  /// The reply carries the kernel's stamp; the request's departure was not seen and was read in
  /// user space just before the send call, so the number is too large by what the call took.
  KERNEL_RECEIVE("kernel-rx"),
  /// Both ends were read in user space, because the clock of the kernel's stamps was set meanwhile.
  USER("user");

  private final String word;

  StampSource(String word) {
    this.word = word;
  }

  /// The word that stands in output, such as `kernel-rx`.
  public String word() {
    return word;
  }

  /// The less exact of two sources.
  StampSource worse(StampSource other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
