package io.ringtap.bpf;

import org.jspecify.annotations.Nullable;

/// What the kernel knows of a packet beside its bytes, and loads at an offset of its own
/// (`SKF_AD_…` of `linux/filter.h`). The size of the load makes no difference.
public enum AncillaryField {
  PROTOCOL(0, "proto"),
  PACKET_TYPE(4, "type"),
  /// Ends the program with A as it is when the packet has no interface, as [#HARDWARE_TYPE] does.
  INTERFACE_INDEX(8, "ifidx"),
  /// Where the first netlink attribute of type X lies, from byte A on; 0 if there is none.
  NETLINK_ATTRIBUTE(12, "nla"),
  /// The same among the attributes within the one at byte A.
  NESTED_NETLINK_ATTRIBUTE(16, "nlan"),
  MARK(20, "mark"),
  QUEUE(24, "queue"),
  HARDWARE_TYPE(28, "hatype"),
  RX_HASH(32, "rxhash"),
  CPU(36, "cpu"),
  /// No field: A ^ X.
  XOR_X(40, "xor_x"),
  VLAN_TAG(44, "vlan_tci"),
  VLAN_TAG_PRESENT(48, "vlanp"),
  PAYLOAD_OFFSET(52, "poff"),
  RANDOM(56, "random"),
  VLAN_TPID(60, "vlan_tpid");

  private static final int SKF_AD_OFF = -0x1000;
  private static final int STEP = 4;
  private static final AncillaryField[] ALL = values();

  /// The absolute offset that loads the field.
  final int k;

  /// What `tcpdump -d` calls it.
  final String label;

  /// Its place in the row of fields.
  final int index;

  AncillaryField(int offset, String label) {
    this.k = SKF_AD_OFF + offset;
    this.index = offset / STEP;
    this.label = label;
  }

  /// The absolute offset that loads the field, as an instruction's constant.
  public int k() {
    return k;
  }

  static @Nullable AncillaryField at(int k) {
    int distance = k - SKF_AD_OFF;
    return isAncillary(k) && distance % STEP == 0 && distance / STEP < ALL.length
        ? ALL[distance / STEP]
        : null;
  }

  /// The field of that label; null if there is none.
  static @Nullable AncillaryField labelled(String label) {
    for (AncillaryField field : ALL) {
      if (field.label.equals(label)) {
        return field;
      }
    }
    return null;
  }

  /// Whether an absolute offset lies where the kernel looks for fields and for nothing else.
  static boolean isAncillary(int k) {
    return k < 0 && k >= SKF_AD_OFF;
  }
}
