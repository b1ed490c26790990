package io.ringtap.system.filter;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// A packet that filters are tried on.
///
/// @param octets what was captured of it
/// @param origlen how long it was, at least as long as `octets`
record TestPacket(MemorySegment octets, int origlen) {
  int caplen() {
    return (int) octets.byteSize();
  }

  boolean isWhole() {
    return caplen() == origlen;
  }

  @Override
  public String toString() {
    return "%d of %d bytes: %s"
        .formatted(caplen(), origlen, HexFormat.of().formatHex((byte[]) octets.heapBase().get()));
  }
}
