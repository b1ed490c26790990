package io.ringtap.device;

import java.util.Set;

/// The offloads of an interface: work that the device does for the kernel, or that the kernel does
/// later. Some of them make a capture show other frames than those on the wire.
///
/// @param active the kernel's names of the features in use
public record Offloads(Set<String> active) {
  /// Copies the set.
  public Offloads {
    active = Set.copyOf(active);
  }

  /// Generic receive offload: the kernel merges segments before a capture sees them, so the capture
  /// shows one large frame.
  public boolean isGro() {
    return active.contains("rx-gro");
  }

  /// Hardware GRO: the device itself merges segments.
  public boolean isHardwareGro() {
    return active.contains("rx-gro-hw");
  }

  /// Large receive offload: like GRO, but the segments cannot be restored.
  public boolean isLro() {
    return active.contains("rx-lro");
  }

  /// Generic segmentation offload: packets to send are cut into segments after the capture has seen
  /// them.
  public boolean isGso() {
    return active.contains("tx-generic-segmentation");
  }

  /// TCP segmentation offload: the device cuts TCP segments after the capture has seen the packet.
  public boolean isTso() {
    return active.contains("tx-tcp-segmentation") || active.contains("tx-tcp6-segmentation");
  }

  /// The device removes VLAN tags from received frames; the kernel reports them beside the frame.
  public boolean isVlanStripped() {
    return active.contains("rx-vlan-hw-parse") || active.contains("rx-vlan-stag-hw-parse");
  }

  /// Checksums of sent packets are computed after the capture has seen them.
  public boolean isTransmitChecksum() {
    return active.contains("tx-checksum-ip-generic")
        || active.contains("tx-checksum-ipv4")
        || active.contains("tx-checksum-ipv6");
  }
}
