package io.ringtap.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A frame and its metadata: the one form in which packets pass through Ringtap, wherever they come
/// from. A packet of a live capture, the cursor of a savefile and a [CapturedPacket] are frames;
/// everything that filters, prints, writes or counts packets takes a frame.
///
/// Most frames are lent: one object stands for all packets of a source in turn, and is valid on the
/// thread and inside the call that it is passed to (for a savefile's reader: until its next step).
/// Its memory belongs to the kernel or the reader again afterwards. [#copy] makes one to keep.
///
/// The bytes are those on the wire: a VLAN tag that the network card or the kernel removed has been
/// put back, and a frame of [LinkType#LINUX_SLL2] begins with its pseudo-header.
public interface Frame {
  /// The snaplen that cuts nothing off, the default of `tcpdump`: no captured packet is longer.
  int MAX_SNAPLEN = 262_144;

  /// A complete frame made from bytes, without a stamp or other metadata.
  ///
  /// @param bytes the frame; not copied
  static Frame of(LinkType linkType, byte[] bytes) {
    return MemoryFrame.of(linkType, bytes);
  }

  /// The link type: which header the frame begins with.
  LinkType linkType();

  /// The memory that contains the frame.
  MemorySegment memory();

  /// The offset of the first captured byte in [#memory].
  long offset();

  /// Captured bytes (`caplen`).
  int caplen();

  /// Bytes of the packet on the wire (`len`), an unsigned number: a file may claim 2³¹ or more
  /// ([Integer#toUnsignedLong]), or fewer than were captured.
  int origlen();

  /// The stamp, in nanoseconds since the epoch; 0 if absent.
  long epochNanos();

  /// The index of the frame's interface in the list of the capture or the file, from 0.
  int interfaceId();

  /// The kernel's index of the interface that received or sent the packet; 0 if it is not known.
  default int interfaceIndex() {
    return 0;
  }

  /// The direction of the packet.
  default Direction direction() {
    return Direction.UNKNOWN;
  }

  /// The EtherType that the kernel reports beside the frame (`sll_protocol`), after a VLAN tag that
  /// it removed; 0 if it is not known.
  default int protocol() {
    return 0;
  }

  /// The interface's kind, an `ARPHRD_` number (`sll_hatype`); 0 if it is not known.
  default int hardwareType() {
    return 0;
  }

  /// The kernel's hash of the packet's flow (`tp_rxhash`), if the capture asks for it; otherwise 0.
  default int rxhash() {
    return 0;
  }

  /// Whether the network card or the kernel had removed a VLAN tag from the frame, which has been
  /// put back. False for a tag that was never removed.
  default boolean hadVlanTag() {
    return false;
  }

  /// The priority, drop eligibility and identifier (TCI) of the removed tag; 0 if there was none.
  default int vlanTci() {
    return 0;
  }

  /// The protocol of the removed tag (TPID): 0x8100, 0x88A8 and so on; 0 if there was none.
  default int vlanTpid() {
    return 0;
  }

  /// Whether the network card made the stamp. If not, it is the kernel's or the file's, also if the
  /// card was asked to stamp packets and did not stamp this one.
  default boolean isAdapterStamp() {
    return false;
  }

  /// Whether the checksum was left to the hardware and is not in the frame yet. This is common for
  /// packets that this machine sends, or sends to itself.
  default boolean isChecksumMissing() {
    return false;
  }

  /// The comments that a pcapng file has on the packet, in their order. May allocate.
  default List<String> comments() {
    return List.of();
  }

  /// The frame's layers, valid as long as the frame.
  default PacketLayers layers() {
    return PacketLayers.of(this);
  }

  /// The captured bytes, copied.
  default byte[] toArray() {
    return memory().asSlice(offset(), caplen()).toArray(JAVA_BYTE);
  }

  /// A copy to keep.
  default CapturedPacket copy() {
    return CapturedPacket.copyOf(this);
  }
}
