package io.ringtap.bpf;

import static io.ringtap.bpf.AncillaryField.*;

import io.ringtap.packet.Frame;
import java.util.concurrent.ThreadLocalRandom;

/// What the kernel knows of a packet beside its bytes: the fields that programs load at
/// `SKF_AD_OFF`, and where the headers begin that they reach through `SKF_NET_OFF` and `SKF_LL_OFF`
/// (`linux/filter.h`). What is not known is 0.
///
/// Mutable, so that one object serves packet after packet: every method that sets a field returns
/// its object. Not for several threads at once.
///
/// ```java
/// Ancillary received = new Ancillary(EtherType.IPV4, PACKET_HOST, 2).mark(7).networkOffset(14);
/// ```
public final class Ancillary {
  private static final int SKF_NET_OFF = -0x10_0000;
  private static final int SKF_LL_OFF = -0x20_0000;
  private static final int TPID_8021Q = 0x8100;
  private static final int NONE = Integer.MIN_VALUE;

  private final int[] values = new int[AncillaryField.values().length];
  private int networkOffset;
  private int linkOffset = NONE;

  /// A packet without VLAN tag.
  ///
  /// @param protocol the EtherType, in host byte order
  /// @param packetType one of `PACKET_HOST`, `PACKET_OUTGOING` and the others of `packet(7)`
  /// @param interfaceIndex where the packet came in or goes out; 0 if at no interface
  public Ancillary(int protocol, int packetType, int interfaceIndex) {
    protocol(protocol).packetType(packetType).interfaceIndex(interfaceIndex);
  }

  /// A packet with the VLAN tag, of TPID 0x8100, that the kernel took out of it.
  ///
  /// @param vlanTag the tag control information, or 0
  /// @param vlanTagPresent whether there was a tag
  public Ancillary(
      int protocol, int packetType, int interfaceIndex, int vlanTag, boolean vlanTagPresent) {
    this(protocol, packetType, interfaceIndex);
    if (vlanTagPresent) {
      vlan(TPID_8021Q, vlanTag);
    } else {
      set(VLAN_TAG, vlanTag);
    }
  }

  /// The EtherType, in host byte order.
  public Ancillary protocol(int etherType) {
    return set(PROTOCOL, etherType);
  }

  /// One of `PACKET_HOST`, `PACKET_OUTGOING` and the others of `packet(7)`.
  public Ancillary packetType(int type) {
    return set(PACKET_TYPE, type);
  }

  /// Where the packet came in or goes out; 0 if at no interface, which ends a program that asks for
  /// it or for the hardware type.
  public Ancillary interfaceIndex(int index) {
    return set(INTERFACE_INDEX, index);
  }

  /// The interface's `ARPHRD_…`.
  public Ancillary hardwareType(int type) {
    return set(HARDWARE_TYPE, type);
  }

  /// The mark of `SO_MARK` and of packet filters.
  public Ancillary mark(int mark) {
    return set(MARK, mark);
  }

  /// The queue of the interface, as `skb->queue_mapping` has it.
  public Ancillary queue(int queue) {
    return set(QUEUE, queue);
  }

  /// The hash of the flow.
  public Ancillary rxHash(int hash) {
    return set(RX_HASH, hash);
  }

  /// The processor that runs the filter.
  public Ancillary cpu(int number) {
    return set(CPU, number);
  }

  /// The VLAN tag that the kernel took out of the frame.
  ///
  /// @param tpid 0x8100 or 0x88a8
  /// @param tag the tag control information
  public Ancillary vlan(int tpid, int tag) {
    return set(VLAN_TAG, tag).set(VLAN_TAG_PRESENT, 1).set(VLAN_TPID, tpid);
  }

  /// No VLAN tag was taken out of the frame.
  public Ancillary untagged() {
    return set(VLAN_TAG, 0).set(VLAN_TAG_PRESENT, 0).set(VLAN_TPID, 0);
  }

  /// Where the payload of the transport protocol begins in the packet; the kernel finds it by
  /// dissecting the flow, and here the caller says it.
  public Ancillary payloadOffset(int offset) {
    return set(PAYLOAD_OFFSET, offset);
  }

  /// The number that the program gets when it asks for a random one. The kernel draws a new one for
  /// each load; here the caller draws one for each packet, and can choose it.
  public Ancillary random(int number) {
    return set(RANDOM, number);
  }

  /// Where the network header begins in the packet: 0 unless set, negative if it lies before the
  /// packet's first byte.
  public Ancillary networkOffset(int offset) {
    networkOffset = offset;
    return this;
  }

  /// Where the link-layer header begins in the packet. Unless this is set there is none.
  public Ancillary linkOffset(int offset) {
    linkOffset = offset;
    return this;
  }

  /// What `frame` says of itself. No VLAN tag is beside it, for a frame has its tags in their
  /// places; the random number is drawn, and what a frame does not know is 0.
  public Ancillary of(Frame frame) {
    return protocol(frame.protocol())
        .packetType(frame.direction().packetType())
        .interfaceIndex(frame.interfaceIndex())
        .hardwareType(frame.hardwareType())
        .rxHash(frame.rxhash())
        .random(ThreadLocalRandom.current().nextInt())
        .untagged();
  }

  int value(int index) {
    return values[index];
  }

  boolean hasInterface() {
    return values[INTERFACE_INDEX.index] != 0;
  }

  /// Where in the packet a byte lies that a program loads at a negative offset, directly or by its
  /// index; negative if nowhere.
  int inPacket(int offset) {
    if (offset >= SKF_NET_OFF) {
      return networkOffset + (offset - SKF_NET_OFF);
    }
    return offset >= SKF_LL_OFF && linkOffset != NONE ? linkOffset + (offset - SKF_LL_OFF) : NONE;
  }

  private Ancillary set(AncillaryField field, int value) {
    values[field.index] = value;
    return this;
  }
}
