package io.ringtap.system.filter;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// A packet that filters are tried on.
///
/// @param bytes what was captured of it
/// @param origlen how long it was, at least as long as `bytes`
public record TestPacket(MemorySegment bytes, int origlen) {
  int caplen() {
    return (int) bytes.byteSize();
  }

  boolean isWhole() {
    return caplen() == origlen;
  }

  @Override
  public String toString() {
    return "%d of %d bytes: %s"
        .formatted(caplen(), origlen, HexFormat.of().formatHex((byte[]) bytes.heapBase().get()));
  }
}
