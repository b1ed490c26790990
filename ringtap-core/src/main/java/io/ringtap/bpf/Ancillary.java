package io.ringtap.bpf;

/// What the kernel knows of a packet beside its bytes, for the loads at `SKF_AD_OFF`
/// (`linux/filter.h`).
///
/// @param protocol the EtherType, in host byte order
/// @param packetType one of `PACKET_HOST`, `PACKET_OUTGOING` and the others of `packet(7)`
/// @param interfaceIndex where the packet came in or goes out
/// @param vlanTag the tag control information that the kernel took out of the frame, or 0
/// @param vlanTagPresent whether there was one
public record Ancillary(
    int protocol, int packetType, int interfaceIndex, int vlanTag, boolean vlanTagPresent) {

  /// A packet without VLAN tag.
  public Ancillary(int protocol, int packetType, int interfaceIndex) {
    this(protocol, packetType, interfaceIndex, 0, false);
  }

  int value(AncillaryField field) {
    return switch (field) {
      case PROTOCOL -> protocol;
      case PACKET_TYPE -> packetType;
      case INTERFACE_INDEX -> interfaceIndex;
      case VLAN_TAG -> vlanTag;
      case VLAN_TAG_PRESENT -> vlanTagPresent ? 1 : 0;
      case VLAN_TPID -> vlanTagPresent ? 0x8100 : 0;
    };
  }
}
