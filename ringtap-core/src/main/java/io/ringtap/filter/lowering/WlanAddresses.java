package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.anyBit;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The addresses of a wireless frame. Where sender and receiver are depends on its type and on
/// whether it goes to or comes from the distribution system (DS), the wired side of access points.
///
/// ```
/// | control 1 | flags 1 | duration 2 | address 1 | address 2 | address 3 | sequence 2 | address 4 |
/// ```
///
/// @param frame where it begins
/// @param has the test of an address at an offset from there
record WlanAddresses(Place frame, IntFunction<Condition> has) {
  private static final int ADDRESS_1 = 4;
  private static final int ADDRESS_2 = 10;
  private static final int ADDRESS_3 = 16;
  private static final int ADDRESS_4 = 24;

  private static final int DATA_BIT = 0x08;
  private static final int CONTROL_BIT = 0x04;
  private static final int SUBTYPE_MASK = 0xF0;
  private static final int CTS = 0xC0;
  private static final int ACK = 0xD0;
  private static final int TO_DS = 0x01;
  private static final int FROM_DS = 0x02;

  Condition condition(@Nullable Direction direction) {
    return switch (direction) {
      case null -> or(source(), destination());
      case SRC_OR_DST -> or(source(), destination());
      case SRC_AND_DST -> and(source(), destination());
      case SRC -> source();
      case DST -> destination();
      case ADDR1 -> has.apply(ADDRESS_1);
      case ADDR2 -> and(hasSecond(), has.apply(ADDRESS_2));
      case ADDR3 -> and(not(isControl()), has.apply(ADDRESS_3));
      case ADDR4 -> and(masked(flags(), TO_DS | FROM_DS, TO_DS | FROM_DS), has.apply(ADDRESS_4));
      case RA -> and(anyBit(control(), DATA_BIT), has.apply(ADDRESS_1));
      case TA -> and(anyBit(control(), DATA_BIT), hasSecond(), has.apply(ADDRESS_2));
    };
  }

  private Condition source() {
    Condition fromDs = either(anyBit(flags(), TO_DS), has.apply(ADDRESS_4), has.apply(ADDRESS_3));
    Condition data = either(anyBit(flags(), FROM_DS), fromDs, has.apply(ADDRESS_2));
    return and(
        not(anyBit(control(), CONTROL_BIT)),
        either(anyBit(control(), DATA_BIT), data, has.apply(ADDRESS_2)));
  }

  Condition destination() {
    Condition data = either(anyBit(flags(), TO_DS), has.apply(ADDRESS_3), has.apply(ADDRESS_1));
    return and(
        not(anyBit(control(), CONTROL_BIT)),
        either(anyBit(control(), DATA_BIT), data, has.apply(ADDRESS_1)));
  }

  private static Condition either(Condition test, Condition yes, Condition no) {
    return or(and(not(test), no), and(test, yes));
  }

  /// Whether the frame is not one of those that end after the first address.
  private Condition hasSecond() {
    return or(
        not(isControl()),
        and(not(masked(control(), SUBTYPE_MASK, CTS)), not(masked(control(), SUBTYPE_MASK, ACK))));
  }

  private Condition isControl() {
    return masked(control(), LinkHeader.Wlan.TYPE_MASK, CONTROL_BIT);
  }

  private Value control() {
    return frame.load(1, 0);
  }

  private Value flags() {
    return frame.load(1, 1);
  }
}
