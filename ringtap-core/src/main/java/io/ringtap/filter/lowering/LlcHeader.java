package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.anyBit;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.greater;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.LlcType;
import org.jspecify.annotations.Nullable;

/// The header of IEEE 802.2: two service access points, then a control field, whose low bits say of
/// which kind a PDU is.
///
/// ```
/// | DSAP 1 | SSAP 1 | control 1 or 2 |         SNAP: | AA | AA | 03 | OUI 3 | type 2 |
///                     .......0  information
///                     ....SS01  supervisory
///                     UUUPUU11  unnumbered, P the poll/final bit
/// ```
final class LlcHeader {
  /// What lies in the place of the access points in Novell's frames, which have no LLC.
  static final int NETWARE = 0xFFFF;

  static final int OUI_APPLE = 0x080007;

  private static final int SNAP = 0xAAAA_0300; // with the OUI's first byte as zero

  private LlcHeader() {}

  /// Whether both access points at `llc` are `sap`.
  static Condition isBetween(int sap, Place llc) {
    return equal(llc.load(2, 0), sap << 8 | sap);
  }

  /// Whether SNAP names this type. The last bytes are tested first.
  static Condition isSnap(int oui, int type, Place llc) {
    return and(
        equal(llc.load(4, 4), (oui & 0xFFFF) << 16 | type),
        equal(llc.load(4, 0), SNAP | oui >>> 16));
  }

  /// `llc`, with the kind of PDU, if any.
  static Condition condition(@Nullable LlcType type, Headers headers, int position) {
    Condition isLlc =
        switch (headers.link) {
          case LinkHeader.Ethernet _ ->
              and(
                  not(greater(headers.linkType.load(2, 0), LinkProtocol.MAX_LENGTH)),
                  not(equal(headers.payload.load(2, 0), NETWARE)));
          case LinkHeader.Wlan _ -> LinkHeader.Wlan.isData(headers);
          default ->
              throw new ExpressionException(position, "'llc' is not for " + headers.link.word());
        };
    Place llc = headers.link.llc(headers);
    return type == null ? isLlc : and(isLlc, hasControl(type, llc.load(1, 2)));
  }

  private static Condition hasControl(LlcType type, Value control) {
    return switch (type) {
      case I -> not(anyBit(control, 0x01));
      case S -> masked(control, 0x03, 0x01);
      case U -> masked(control, 0x03, 0x03);
      case RR -> masked(control, 0x0F, 0x01);
      case RNR -> masked(control, 0x0F, 0x05);
      case REJ -> masked(control, 0x0F, 0x09);
      case UI -> masked(control, 0xEF, 0x03);
      case UA -> masked(control, 0xEF, 0x63);
      case DISC -> masked(control, 0xEF, 0x43);
      case DM -> masked(control, 0xEF, 0x0F);
      case SABME -> masked(control, 0xEF, 0x6F);
      case TEST -> masked(control, 0xEF, 0xE3);
      case XID -> masked(control, 0xEF, 0xAF);
      case FRMR -> masked(control, 0xEF, 0x87);
    };
  }
}
