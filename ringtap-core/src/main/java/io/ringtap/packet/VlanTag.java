package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The fields after the EtherType of a VLAN tag (IEEE 802.1Q-2018 §9.6), up to the next EtherType.
/// Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | PCP |D|          VID          |           EtherType           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The EtherType before it, the tag's TPID, says of which kind the tag is: see [EtherType#isVlan].
public final class VlanTag {
  /// The tag's control information and the EtherType after it.
  public static final int BYTES = 4;

  /// Offset of priority, drop eligibility and identifier (TCI).
  public static final int CONTROL_INFORMATION = 0;

  /// Offset of the EtherType after the tag.
  public static final int ETHER_TYPE = 2;

  private static final int DROP_ELIGIBLE = 0x1000;

  private VlanTag() {}

  /// Whether `[offset, end)` holds the tag and the EtherType after it.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the tag, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end) ? null : Malformed.cutShort("VLAN tag", BYTES, offset, end);
  }

  /// The whole TCI in one number: priority, drop eligibility, identifier.
  public static int controlInformation(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + CONTROL_INFORMATION);
  }

  /// PCP, 0 to 7.
  public static int priority(MemorySegment frame, long offset) {
    return controlInformation(frame, offset) >>> 13;
  }

  /// DEI; in old equipment CFI.
  public static boolean isDropEligible(MemorySegment frame, long offset) {
    return (controlInformation(frame, offset) & DROP_ELIGIBLE) != 0;
  }

  /// VID, 0 to 4095. Zero is no VLAN: the tag carries only a priority.
  public static int id(MemorySegment frame, long offset) {
    return controlInformation(frame, offset) & 0xFFF;
  }

  /// What follows the tag: one of [EtherType], which may be another tag.
  public static int etherType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ETHER_TYPE);
  }

  /// Writes a tag and the EtherType after it.
  ///
  /// @param priority PCP, 0 to 7
  /// @param isDropEligible DEI
  /// @param id VID, 0 to 4095
  /// @param etherType what follows the tag: one of [EtherType]
  public static void write(
      MemorySegment frame,
      long offset,
      int priority,
      boolean isDropEligible,
      int id,
      int etherType) {
    NetworkOrder.unsignedShort(
        frame,
        offset + CONTROL_INFORMATION,
        priority << 13 | (isDropEligible ? DROP_ELIGIBLE : 0) | (id & 0xFFF));
    NetworkOrder.unsignedShort(frame, offset + ETHER_TYPE, etherType);
  }
}
