package io.ringtap.lab.peer;

/// CPU time as the kernel accounts for it, in nanoseconds. The sum is exact to what the source
/// tells; how it splits is estimated by the kernel from its ticks.
///
/// @param userNanos in user mode
/// @param systemNanos in the kernel on behalf of the process
public record CpuTime(long userNanos, long systemNanos) {
  static final CpuTime NONE = new CpuTime(0, 0);

  /// Both together.
  public long nanos() {
    return userNanos + systemNanos;
  }

  /// What was used since `earlier`.
  public CpuTime since(CpuTime earlier) {
    return new CpuTime(userNanos - earlier.userNanos, systemNanos - earlier.systemNanos);
  }

  CpuTime plus(CpuTime other) {
    return new CpuTime(userNanos + other.userNanos, systemNanos + other.systemNanos);
  }
}
