package io.ringtap.socket;

import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketLayers;
import java.lang.foreign.MemorySegment;

/// The frame that a packet socket shows, lent: one object for all packets of a source in turn, read
/// where the kernel or [RecvSource] laid it out. It is valid inside the call that it is passed to,
/// on that thread; the memory may be written to until the call returns.
public final class RingFrame implements Frame {
  private final LinkType linkType;
  private final int interfaceId;
  private final PacketLayers layers = new PacketLayers();
  private MemorySegment memory = MemorySegment.NULL;
  private long header; // of the packet's Tpacket3Hdr, whose form every source gives its packets

  /// A view for the packets of one socket or file.
  ///
  /// @param linkType what its frames begin with
  /// @param interfaceId the interface's place in the capture's list
  public RingFrame(LinkType linkType, int interfaceId) {
    this.linkType = linkType;
    this.interfaceId = interfaceId;
  }

  /// Shows the packet whose [Tpacket3Hdr] begins at `header`.
  public void show(MemorySegment memory, long header) {
    this.memory = memory;
    this.header = header;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public long offset() {
    return header + Tpacket3Hdr.mac(memory, header);
  }

  @Override
  public int caplen() {
    return Tpacket3Hdr.caplen(memory, header);
  }

  @Override
  public int origlen() {
    return Tpacket3Hdr.origlen(memory, header);
  }

  @Override
  public LinkType linkType() {
    return linkType;
  }

  @Override
  public long epochNanos() {
    return Tpacket3Hdr.epochNanos(memory, header);
  }

  @Override
  public int interfaceId() {
    return interfaceId;
  }

  @Override
  public int interfaceIndex() {
    return SockaddrLl.ifindex(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET);
  }

  @Override
  public int protocol() {
    return SockaddrLl.protocol(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET);
  }

  @Override
  public Direction direction() {
    return Direction.of(SockaddrLl.pkttype(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET));
  }

  @Override
  public int rxhash() {
    return Tpacket3Hdr.rxhash(memory, header);
  }

  @Override
  public boolean hadVlanTag() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) != 0;
  }

  @Override
  public int vlanTci() {
    return hadVlanTag() ? Tpacket3Hdr.vlanTci(memory, header) : 0;
  }

  @Override
  public int vlanTpid() {
    return hadVlanTag() ? FrameRestorer.takenTpid(memory, header) : 0;
  }

  @Override
  public boolean isAdapterStamp() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_TS_RAW_HARDWARE) != 0;
  }

  @Override
  public boolean isChecksumMissing() {
    return (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_CSUMNOTREADY) != 0;
  }

  @Override
  public int hardwareType() {
    return SockaddrLl.hatype(memory, header + Tpacket3Hdr.SOCKADDR_OFFSET);
  }

  /// The frame's layers: one object for all packets of a source, found anew by each call.
  @Override
  public PacketLayers layers() {
    layers.read(this);
    return layers;
  }
}
