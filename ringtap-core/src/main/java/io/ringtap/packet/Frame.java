package io.ringtap.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// A frame with what is known of it: the one form in which packets go through Ringtap, wherever
/// they come from. What a capture shows, the cursor of a savefile and a [CapturedPacket] are
/// frames; whatever filters, prints, writes or counts packets takes one.
///
/// Most frames are lent: one object stands for all packets of a source in turn, and is valid on the
/// thread and inside the call that it is passed to (of a savefile's reader: until its next step).
/// Its memory belongs to the kernel or the reader again afterwards. [#copy] makes one to keep.
///
/// The frame stands as it was on the wire: a VLAN tag that the card or the kernel took out is in
/// its place again, and a frame of [LinkType#LINUX_SLL2] begins with its pseudo-header.
public interface Frame {
  /// The snaplen that cuts nothing off, as `tcpdump` has it: no packet that is captured is longer.
  int MAX_SNAPLEN = 262_144;

  /// A frame that was made here: whole, without a stamp, and with nothing known beside it.
  ///
  /// @param bytes what the frame is made of, which is not copied
  static Frame of(LinkType linkType, byte[] bytes) {
    return MemoryFrame.of(linkType, bytes);
  }

  /// What the frame begins with.
  LinkType linkType();

  /// What [#offset] is an offset into.
  MemorySegment memory();

  /// Where the captured bytes begin.
  long offset();

  /// Captured bytes (`caplen`).
  int caplen();

  /// Bytes of the packet on the wire (`len`). A file may claim fewer than were captured.
  int origlen();

  /// The stamp, in nanoseconds since the epoch; 0 where there is none.
  long epochNanos();

  /// The place of the frame's interface in the list of the capture or the file, from 0.
  int interfaceId();

  /// The kernel's number of the interface that the packet came or left by; 0 where it is not known.
  default int interfaceIndex() {
    return 0;
  }

  /// Which way the packet went.
  default Direction direction() {
    return Direction.UNKNOWN;
  }

  /// The EtherType as the kernel has it beside the frame (`sll_protocol`), behind a VLAN tag that
  /// it took out; 0 where it is not known.
  default int protocol() {
    return 0;
  }

  /// The interface's kind, an `ARPHRD_` number (`sll_hatype`); 0 where it is not known.
  default int hardwareType() {
    return 0;
  }

  /// The kernel's hash of the packet's flow (`tp_rxhash`); 0 where there is none.
  default int rxhash() {
    return 0;
  }

  /// Whether the card or the kernel had taken a VLAN tag out of the frame, which stands in it
  /// again. A tag that was never taken out is only in the frame.
  default boolean hadVlanTag() {
    return false;
  }

  /// The priority, drop eligibility and identifier of that tag (TCI); 0 where there was none.
  default int vlanTci() {
    return 0;
  }

  /// That tag's protocol: 0x8100, 0x88A8 and so on; 0 where there was none.
  default int vlanTpid() {
    return 0;
  }

  /// Whether the stamp is the network card's own. It is the kernel's or the file's otherwise, also
  /// where a card was asked to stamp and did not stamp this packet.
  default boolean isAdapterStamp() {
    return false;
  }

  /// Whether the sender's machine left the checksum to hardware, so that it is not in the frame
  /// yet. So it is with packets that leave this machine, or never leave it.
  default boolean isChecksumMissing() {
    return false;
  }

  /// The frame's layers. Of a lent frame, they are valid as long as it is.
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
