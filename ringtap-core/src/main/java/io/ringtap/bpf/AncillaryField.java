package io.ringtap.bpf;

import org.jspecify.annotations.Nullable;

/// What the kernel knows of a packet beside its bytes, and loads at an offset of its own
/// (`SKF_AD_…` of `linux/filter.h`). The size of the load makes no difference.
public enum AncillaryField {
  /// The EtherType, also where the socket does not see the link-layer header.
  PROTOCOL(0, "proto"),
  /// `PACKET_HOST`, `PACKET_OUTGOING` or another type of `packet(7)`.
  PACKET_TYPE(4, "type"),
  /// The index of the interface. If the packet has none, the program ends and returns A as it is,
  /// as with [#HARDWARE_TYPE].
  INTERFACE_INDEX(8, "ifidx"),
  /// Where the first netlink attribute of type X lies, from byte A on; 0 if absent.
  NETLINK_ATTRIBUTE(12, "nla"),
  /// The same among the attributes within the one at byte A.
  NESTED_NETLINK_ATTRIBUTE(16, "nlan"),
  /// The firewall mark (`SO_MARK` of `socket(7)`).
  MARK(20, "mark"),
  /// The queue, as `queue_mapping` of the kernel's `struct sk_buff` has it.
  QUEUE(24, "queue"),
  /// The hardware type of the interface, an `ARPHRD_` number of `linux/if_arp.h`.
  HARDWARE_TYPE(28, "hatype"),
  /// The hash of the flow; 0 if none has been computed.
  RX_HASH(32, "rxhash"),
  /// The number of the CPU that runs the program.
  CPU(36, "cpu"),
  /// No field: A ^ X.
  XOR_X(40, "xor_x"),
  /// The tag control information of the VLAN tag that the kernel took out of the frame.
  VLAN_TAG(44, "vlan_tci"),
  /// 1 if the kernel took a VLAN tag out of the frame, otherwise 0.
  VLAN_TAG_PRESENT(48, "vlanp"),
  /// Where the payload after the transport header begins, in bytes; 0 if the kernel cannot parse
  /// the packet.
  PAYLOAD_OFFSET(52, "poff"),
  /// A random number of 32 bits, another at each load.
  RANDOM(56, "random"),
  /// The TPID of the VLAN tag that the kernel took out of the frame, such as 0x8100.
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

  /// The field that a load at an absolute offset takes; null if none.
  public static @Nullable AncillaryField at(int k) {
    int distance = k - SKF_AD_OFF;
    return isAncillary(k) && distance % STEP == 0 && distance / STEP < ALL.length
        ? ALL[distance / STEP]
        : null;
  }

  /// The field of that label; null if absent.
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
