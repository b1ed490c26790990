package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;

/// A compiler of filters that takes part in a comparison.
interface FilterMaker {
  /// Bytes of a packet that a program keeps.
  int SNAPLEN = 262_144;

  Compilation compile(String expression, LinkType linkType, boolean optimize);
}
