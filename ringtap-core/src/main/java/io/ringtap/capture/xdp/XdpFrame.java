package io.ringtap.capture.xdp;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketLayers;
import java.lang.foreign.MemorySegment;

/// A frame as XDP saw it, lent: one object for all frames of a source in turn. It is valid inside
/// the call that it is passed to, on that thread.
final class XdpFrame implements Frame {
  private final int interfaceId;
  private final int interfaceIndex;
  private final PacketLayers layers = new PacketLayers();
  private MemorySegment memory = MemorySegment.NULL;
  private long offset;
  private int caplen;
  private int origlen;
  private long epochNanos;

  /// @param interfaceId the interface's place in the capture's list
  /// @param interfaceIndex the kernel's index of it
  XdpFrame(int interfaceId, int interfaceIndex) {
    this.interfaceId = interfaceId;
    this.interfaceIndex = interfaceIndex;
  }

  /// Shows the frame that begins at `offset`.
  void show(MemorySegment memory, long offset, int caplen, int origlen, long epochNanos) {
    this.memory = memory;
    this.offset = offset;
    this.caplen = caplen;
    this.origlen = origlen;
    this.epochNanos = epochNanos;
  }

  @Override
  public LinkType linkType() {
    return LinkType.ETHERNET;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int caplen() {
    return caplen;
  }

  @Override
  public int origlen() {
    return origlen;
  }

  @Override
  public long epochNanos() {
    return epochNanos;
  }

  @Override
  public int interfaceId() {
    return interfaceId;
  }

  @Override
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /// The frame's layers: one object for all frames of a source, found anew by each call.
  @Override
  public PacketLayers layers() {
    layers.read(this);
    return layers;
  }
}
