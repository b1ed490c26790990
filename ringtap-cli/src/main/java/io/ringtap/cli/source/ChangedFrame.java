package io.ringtap.cli.source;

import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A frame with another stamp, and no more than some of its bytes. One object stands for all frames
/// of a run in turn.
public final class ChangedFrame implements Frame {
  private final long shiftNanos;
  private final int snaplen;
  private Frame frame = Frame.of(LinkType.ETHERNET, new byte[0]);

  /// @param shiftNanos what is added to each stamp
  /// @param snaplen the most bytes that are kept
  public ChangedFrame(long shiftNanos, int snaplen) {
    this.shiftNanos = shiftNanos;
    this.snaplen = snaplen;
  }

  /// Whether this changes anything of a frame.
  public boolean changes(Frame of) {
    return shiftNanos != 0 || of.caplen() > snaplen;
  }

  /// Stands for another frame.
  public Frame of(Frame newFrame) {
    frame = newFrame;
    return this;
  }

  @Override
  public LinkType linkType() {
    return frame.linkType();
  }

  @Override
  public MemorySegment memory() {
    return frame.memory();
  }

  @Override
  public long offset() {
    return frame.offset();
  }

  @Override
  public int caplen() {
    return Math.min(frame.caplen(), snaplen);
  }

  @Override
  public int origlen() {
    return frame.origlen();
  }

  @Override
  public long epochNanos() {
    return frame.epochNanos() + shiftNanos;
  }

  @Override
  public int interfaceId() {
    return frame.interfaceId();
  }

  @Override
  public Direction direction() {
    return frame.direction();
  }

  @Override
  public List<String> comments() {
    return frame.comments();
  }
}
