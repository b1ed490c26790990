package io.ringtap.filter.lowering;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Ancillary;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.packet.LinkType;
import org.jspecify.annotations.Nullable;

/// Where the bytes of a packet with a VLAN tag are when the kernel has taken the tag out: in the
/// frame that it shows, four places before, or in what it reports beside.
///
/// ```
/// Ethernet   | addresses 12 | TPID 2 | TCI 2 | type ...        shown: | addresses 12 | type ...
/// cooked v2  | TPID 2 | ... 18 | TCI 2 | type 2 | ...          shown: | type 2 | ... 18 | ...
/// ```
///
/// @param typeAt where the TPID lies in the whole packet, and in what is shown the type that the
///   tag has after it
/// @param tagAt where the TCI lies, and after it, on cooked packets, the type
/// @param shownFrom the first byte from which on all that follow are shown four places before
record TakenTag(int typeAt, int tagAt, int shownFrom) {
  static final int BYTES = 4;

  private static final int HALF = 2; // bytes of the TPID, and of the TCI

  /// For packets of a link type; null if its packets have no tags.
  static @Nullable TakenTag of(LinkType linkType) {
    if (linkType.equals(LinkType.ETHERNET)) {
      return new TakenTag(LinkHeader.Ethernet.TYPE, LinkHeader.Ethernet.BYTES, 16);
    }
    if (linkType.equals(LinkType.LINUX_SLL)) {
      return new TakenTag(LinkHeader.Cooked.TYPE, 16, 20);
    }
    return linkType.equals(LinkType.LINUX_SLL2)
        ? new TakenTag(LinkHeader.Cooked2.TYPE, LinkHeader.Cooked2.BYTES, 24)
        : null;
  }

  /// Bytes of the whole packet, put together of those shown and those reported.
  Value load(int width, int at) {
    if (at >= shownFrom) {
      return Value.load(width, at - BYTES);
    }
    if (at + width <= tagAt && (at >= typeAt + HALF || at + width <= typeAt)) {
      return Value.load(width, at);
    }
    Value sum = null;
    int place = at;
    while (place < at + width) {
      int left = at + width - place;
      int bytes = left >= HALF && isPair(place) ? HALF : 1;
      Value piece = bytes == HALF ? pair(place) : oneByte(place);
      int shift = 8 * (left - bytes);
      Value shifted =
          shift == 0 ? piece : new Operation(Operator.SHIFT_LEFT, piece, new Constant(shift));
      sum = sum == null ? shifted : new Operation(Operator.OR, sum, shifted);
      place += bytes;
    }
    if (sum == null) {
      throw new IllegalArgumentException("a load is of 1, 2 or 4 bytes, not " + width);
    }
    return sum;
  }

  /// Whether two bytes from `place` on are one of the TPID, the TCI and what is shown.
  private boolean isPair(int place) {
    return place != typeAt - 1
        && place != typeAt + 1
        && place != tagAt - 1
        && place != tagAt + 1
        && place != shownFrom - 1;
  }

  private Value pair(int place) {
    if (place == typeAt) {
      return new Ancillary(AncillaryField.VLAN_TPID);
    }
    if (place == tagAt) {
      return new Ancillary(AncillaryField.VLAN_TAG);
    }
    return Value.load(HALF, shown(place));
  }

  private Value oneByte(int place) {
    boolean isType = place == typeAt || place == typeAt + 1;
    if (!isType && place != tagAt && place != tagAt + 1) {
      return Value.load(1, shown(place));
    }
    Value both = pair(isType ? typeAt : tagAt);
    return place == typeAt || place == tagAt
        ? new Operation(Operator.SHIFT_RIGHT, both, new Constant(8))
        : new Operation(Operator.AND, both, new Constant(0xFF));
  }

  /// Where a byte that is neither of the TPID nor of the TCI is shown.
  private int shown(int place) {
    if (place >= shownFrom) {
      return place - BYTES;
    }
    return place >= tagAt + HALF ? typeAt + place - (tagAt + HALF) : place;
  }
}
