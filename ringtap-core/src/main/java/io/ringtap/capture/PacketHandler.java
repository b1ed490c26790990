package io.ringtap.capture;

import java.lang.foreign.MemorySegment;

/// Is shown the packets of a ring.
@FunctionalInterface
public interface PacketHandler {
  /// Sees one packet, which is lent: its memory belongs to the kernel again when the call returns.
  ///
  /// @param ring the ring's memory
  /// @param header where the packet's [io.ringtap.linux.Tpacket3Hdr] begins
  void onPacket(MemorySegment ring, long header);
}
