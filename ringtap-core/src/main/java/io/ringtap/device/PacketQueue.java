package io.ringtap.device;

/// A queue of an interface and its packet steering.
///
/// @param isReceive whether it is a receive queue
/// @param number its number among those of its direction
/// @param isSteerable whether its CPUs can be set; the only transmit queue of a device cannot be
///   steered
/// @param cpus the CPUs that process what it receives (receive packet steering, RPS), or that send
///   through it (XPS); empty when it is off
/// @param flows entries of its flow table (receive flow steering, RFS); 0 when it is off
public record PacketQueue(
    boolean isReceive, int number, boolean isSteerable, CpuSet cpus, int flows) {
  /// The kernel's name for it, such as `rx-0`.
  public String name() {
    return (isReceive ? "rx-" : "tx-") + number;
  }
}
