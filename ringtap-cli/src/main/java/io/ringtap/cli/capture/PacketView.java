package io.ringtap.cli.capture;

import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Shows packets on standard output. One thread uses it.
interface PacketView {
  /// Shows a packet, whose memory is lent until this returns.
  ///
  /// @param interfaceName where the packet was captured; null where nobody knows
  void show(
      LinkType linkType,
      MemorySegment memory,
      long offset,
      int caplen,
      int origlen,
      long epochNanos,
      @Nullable String interfaceName);

  /// Hands over what has gathered, for no further packet may come for long.
  void flush();
}
