package io.ringtap.device;

/// A queue of an interface as the kernel steers it.
///
/// @param isReceive whether it receives
/// @param number its number among those of its direction
/// @param isSteerable whether the kernel lets its CPUs be set; transmit queues of a device that has
///   only one are not
/// @param cpus the CPUs that process what it receives (receive packet steering, RPS), or that send
///   through it (XPS); empty when it is off
/// @param flows entries of its table of flows (receive flow steering, RFS); 0 when it is off
public record PacketQueue(
    boolean isReceive, int number, boolean isSteerable, CpuSet cpus, int flows) {
  /// As the kernel calls it, such as `rx-0`.
  public String name() {
    return (isReceive ? "rx-" : "tx-") + number;
  }
}
