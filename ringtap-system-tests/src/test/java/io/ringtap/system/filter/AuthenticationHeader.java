package io.ringtap.system.filter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Finds authentication headers (RFC 4302) in packets.
final class AuthenticationHeader {
  private static final int AUTHENTICATION = 51;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;
  private static final int OUTSIDE = -1;

  private AuthenticationHeader() {}

  /// Whether the headers behind an IP header come to one, wherever in the packet that IP header is.
  static boolean isIn(TestPacket packet) {
    MemorySegment octets = packet.octets();
    for (int network = 0; network < packet.caplen(); network++) {
      int first = octet(octets, network);
      boolean isReached =
          switch (first >> 4) {
            case 4 -> octet(octets, network + 9) == AUTHENTICATION;
            case 6 -> isReached(octets, octet(octets, network + 6), network + 40);
            default -> false;
          };
      if (isReached) {
        return true;
      }
    }
    return false;
  }

  /// @param next what the header at `at` is
  private static boolean isReached(MemorySegment octets, int next, int at) {
    int header = next;
    int place = at;
    while (header == HOP_BY_HOP
        || header == ROUTING
        || header == FRAGMENT
        || header == DESTINATION) {
      int length = octet(octets, place + 1);
      header = octet(octets, place);
      place += 8 * (length + 1);
    }
    return header == AUTHENTICATION;
  }

  private static int octet(MemorySegment octets, int at) {
    return at < octets.byteSize()
        ? Byte.toUnsignedInt(octets.get(ValueLayout.JAVA_BYTE, at))
        : OUTSIDE;
  }
}
