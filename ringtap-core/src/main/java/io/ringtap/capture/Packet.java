package io.ringtap.capture;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;

/// A captured packet, lent. One object shows all packets of a source in turn: it is valid inside
/// the call that it is passed to, on that thread, and its memory belongs to the kernel again
/// afterwards. [#copy] makes one to keep.
///
/// The frame stands as it was on the wire: a VLAN tag that the card or the kernel took out is in
/// its place again, and a packet of a cooked socket begins with the pseudo-header of
/// [LinkType#LINUX_SLL2].
public final class Packet {
  private final LinkType linkType;
  private final int source;
  private MemorySegment memory = MemorySegment.NULL;
  private long header; // of the packet's Tpacket3Hdr, whose form every source gives its packets

  /// A view for the packets of one socket or file.
  ///
  /// @param linkType what its frames begin with
  /// @param source the interface's place in [CaptureOptions#interfaces]
  Packet(LinkType linkType, int source) {
    this.linkType = linkType;
    this.source = source;
  }

  /// Shows the packet whose [Tpacket3Hdr] begins at `header`.
  void show(MemorySegment memory, long header) {
    this.memory = memory;
    this.header = header;
  }

  /// What [#offset] is an offset into. May be written to, until the call returns.
  public MemorySegment memory() {
    return memory;
  }

  /// Where the captured octets begin.
  public long offset() {
    return header + Tpacket3Hdr.mac(memory, header);
  }

  /// Captured octets.
  public int caplen() {
    return Tpacket3Hdr.caplen(memory, header);
  }

  /// Octets of the packet as it was.
  public int origlen() {
    return Tpacket3Hdr.origlen(memory, header);
  }

  /// What the frame begins with.
  public LinkType linkType() {
    return linkType;
  }

  /// The stamp, in nanoseconds since the epoch.
  public long epochNanos() {
    return Tpacket3Hdr.epochNanos(memory, header);
  }

  /// The place of the packet's interface in [CaptureOptions#interfaces], or in the file's list.
  public int source() {
    return source;
  }

  /// The index of the interface that the packet came or left by (`sll_ifindex`); 0 in a file that
  /// does not tell.
  public int interfaceIndex() {
    return SockaddrLl.ifindex(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET);
  }

  /// The EtherType as the kernel tells it (`sll_protocol`), after a tag that it took out; 0 in a
  /// file that does not tell.
  public int protocol() {
    return SockaddrLl.protocol(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET);
  }

  /// Which way the packet went.
  public Direction direction() {
    return Direction.of(SockaddrLl.pkttype(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET));
  }

  /// The kernel's hash of the packet's flow (`tp_rxhash`); 0 where there is none, as in `RECV` mode
  /// and in files.
  public int rxhash() {
    return Tpacket3Hdr.rxhash(memory, header);
  }

  /// Whether the card or the kernel had taken a VLAN tag out of the frame, which stands in it
  /// again. A tag that was never taken out is in the frame alone.
  public boolean hadVlanTag() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) != 0;
  }

  /// That tag's VLAN identifier, 0 to 4095.
  public int vlanId() {
    return Tpacket3Hdr.vlanTci(memory, header) & 0xFFF;
  }

  /// That tag's priority (PCP), 0 to 7.
  public int vlanPriority() {
    return Tpacket3Hdr.vlanTci(memory, header) >>> 13;
  }

  /// That tag's protocol: 0x8100, 0x88A8 and so on.
  public int vlanTpid() {
    return FrameRestorer.tpid(memory, header);
  }

  /// Whether the stamp is the network card's own. It is the kernel's otherwise, also where a card
  /// was asked to stamp and did not stamp this packet.
  public boolean isAdapterStamp() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_TS_RAW_HARDWARE) != 0;
  }

  /// Whether the sender's machine left the checksum to hardware, so that it is not in the frame
  /// yet. So it is with packets that leave this machine, or never leave it.
  public boolean isChecksumMissing() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_CSUMNOTREADY) != 0;
  }

  /// A copy to keep.
  public CapturedPacket copy() {
    return new CapturedPacket(
        memory.asSlice(offset(), caplen()).toArray(JAVA_BYTE),
        origlen(),
        linkType,
        epochNanos(),
        source,
        interfaceIndex(),
        direction());
  }
}
