package io.ringtap.device;

import java.util.Set;

/// What of the kernel's work a device, or the kernel on its behalf, does elsewhere or later. Some
/// of it makes a capture show other frames than the wire carried.
///
/// @param active names of the features in use, as the kernel has them
public record Offloads(Set<String> active) {
  /// Copies the set.
  public Offloads {
    active = Set.copyOf(active);
  }

  /// Generic receive offload: the kernel puts segments that arrive together before a capture sees
  /// them, so that it shows one large frame.
  public boolean isGro() {
    return active.contains("rx-gro");
  }

  /// The device itself puts segments together.
  public boolean isHardwareGro() {
    return active.contains("rx-gro-hw");
  }

  /// Large receive offload: as GRO, without a way back to the segments.
  public boolean isLro() {
    return active.contains("rx-lro");
  }

  /// Generic segmentation offload: what departs is cut into segments behind the capture.
  public boolean isGso() {
    return active.contains("tx-generic-segmentation");
  }

  /// TCP segmentation offload: the device cuts TCP's segments, behind the capture.
  public boolean isTso() {
    return active.contains("tx-tcp-segmentation") || active.contains("tx-tcp6-segmentation");
  }

  /// VLAN tags are taken out of frames that arrive. They can be had beside the frame.
  public boolean isVlanStripped() {
    return active.contains("rx-vlan-hw-parse") || active.contains("rx-vlan-stag-hw-parse");
  }

  /// Checksums of what departs are computed behind the capture.
  public boolean isTransmitChecksum() {
    return active.contains("tx-checksum-ip-generic")
        || active.contains("tx-checksum-ipv4")
        || active.contains("tx-checksum-ipv6");
  }
}
