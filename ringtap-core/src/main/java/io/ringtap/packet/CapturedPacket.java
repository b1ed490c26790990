package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A frame to keep: a copy of a lent frame with everything known about it. Immutable except for its
/// bytes; any thread may use it.
public final class CapturedPacket implements Frame {
  private final LinkType linkType;
  private final MemorySegment bytes;
  private final int origlen;
  private final long epochNanos;
  private final int interfaceId;
  private final int interfaceIndex;
  private final Direction direction;
  private final int protocol;
  private final int hardwareType;
  private final int rxhash;
  private final boolean hadVlanTag;
  private final int vlanTci;
  private final int vlanTpid;
  private final boolean isAdapterStamp;
  private final boolean isChecksumMissing;
  private final List<String> comments;

  private CapturedPacket(Frame frame) {
    linkType = frame.linkType();
    bytes = MemorySegment.ofArray(frame.toArray());
    origlen = frame.origlen();
    epochNanos = frame.epochNanos();
    interfaceId = frame.interfaceId();
    interfaceIndex = frame.interfaceIndex();
    direction = frame.direction();
    protocol = frame.protocol();
    hardwareType = frame.hardwareType();
    rxhash = frame.rxhash();
    hadVlanTag = frame.hadVlanTag();
    vlanTci = frame.vlanTci();
    vlanTpid = frame.vlanTpid();
    isAdapterStamp = frame.isAdapterStamp();
    isChecksumMissing = frame.isChecksumMissing();
    comments = List.copyOf(frame.comments());
  }

  /// A copy of `frame` and its bytes.
  public static CapturedPacket copyOf(Frame frame) {
    return frame instanceof CapturedPacket kept ? kept : new CapturedPacket(frame);
  }

  @Override
  public LinkType linkType() {
    return linkType;
  }

  @Override
  public MemorySegment memory() {
    return bytes;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public int caplen() {
    return (int) bytes.byteSize();
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

  @Override
  public List<String> comments() {
    return comments;
  }

  @Override
  public Direction direction() {
    return direction;
  }

  @Override
  public int protocol() {
    return protocol;
  }

  @Override
  public int hardwareType() {
    return hardwareType;
  }

  @Override
  public int rxhash() {
    return rxhash;
  }

  @Override
  public boolean hadVlanTag() {
    return hadVlanTag;
  }

  @Override
  public int vlanTci() {
    return vlanTci;
  }

  @Override
  public int vlanTpid() {
    return vlanTpid;
  }

  @Override
  public boolean isAdapterStamp() {
    return isAdapterStamp;
  }

  @Override
  public boolean isChecksumMissing() {
    return isChecksumMissing;
  }
}
