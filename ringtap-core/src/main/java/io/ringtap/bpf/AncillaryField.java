package io.ringtap.bpf;

import org.jspecify.annotations.Nullable;

/// What the kernel knows of a packet beside its octets, and loads at an offset of its own
/// (`SKF_AD_…` of `linux/filter.h`).
public enum AncillaryField {
  PROTOCOL(0, "proto"),
  PACKET_TYPE(4, "type"),
  INTERFACE_INDEX(8, "ifidx"),
  VLAN_TAG(44, "vlan_tci"),
  VLAN_TAG_PRESENT(48, "vlanp"),
  VLAN_TPID(60, "vlan_tpid");

  private static final int SKF_AD_OFF = -0x1000;

  /// The absolute offset that loads the field.
  final int k;

  /// What `tcpdump -d` calls it.
  final String label;

  AncillaryField(int offset, String label) {
    this.k = SKF_AD_OFF + offset;
    this.label = label;
  }

  /// The absolute offset that loads the field, as an instruction's constant.
  public int k() {
    return k;
  }

  static @Nullable AncillaryField at(int k) {
    for (AncillaryField field : values()) {
      if (field.k == k) {
        return field;
      }
    }
    return null;
  }
}
