package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;

/// The fields of LLDP that organizations define, and those of IEEE 802.3 (IEEE 802.3 §79).
final class LldpOrganizations {
  private static final int IANA = 0x00005E;
  private static final int IEEE_8023 = 0x00120F;
  private static final int TIA = 0x0012BB;
  private static final int DCBX = 0x001B21;
  private static final int IEEE_8021 = 0x0080C2;

  private static final Names KINDS =
      Names.of(
          """
          1 MAC/PHY configuration/status
          2 Power via MDI
          3 Link aggregation
          4 Max frame size\
          """);

  private static final Names IANA_KINDS = Names.of("1 MUD-URL");

  static final BitNames STATUS =
      BitNames.of(
          ", ",
          """
          1 supported
          2 enabled\
          """);

  private static final BitNames MODES =
      BitNames.of(
          ", ",
          """
          0x4000 10BASE-T hdx
          0x2000 10BASE-T fdx
          0x1000 100BASE-T4
          0x0800 100BASE-TX hdx
          0x0400 100BASE-TX fdx
          0x0200 100BASE-T2 hdx
          0x0100 100BASE-T2 fdx
          0x0080 Pause for fdx links
          0x0040 Asym PAUSE for fdx
          0x0020 Sym PAUSE for fdx
          0x0010 Asym and Sym PAUSE for fdx
          0x0008 1000BASE-{X LX SX CX} hdx
          0x0004 1000BASE-{X LX SX CX} fdx
          0x0002 1000BASE-T hdx
          0x0001 1000BASE-T fdx\
          """);

  private static final Names MEDIA =
      Names.of(
          """
          0 Unknown
          1 AUI
          2 10BASE_5
          3 FOIRL
          4 10BASE2
          5 10BASET duplex mode unknown
          6 10BASEFP
          7 10BASEFB
          8 10BASEFL duplex mode unknown
          9 10BROAD36
          10 10BASET hdx
          11 10BASET fdx
          12 10BASEFL hdx
          13 10BASEFL fdx
          14 100BASET4
          15 100BASETX hdx
          16 100BASETX fdx
          17 100BASEFX hdx
          18 100BASEFX fdx
          19 100BASET2 hdx
          20 100BASET2 fdx
          21 1000BASEX hdx
          22 1000BASEX fdx
          23 1000BASELX hdx
          24 1000BASELX fdx
          25 1000BASESX hdx
          26 1000BASESX fdx
          27 1000BASECX hdx
          28 1000BASECX fdx
          29 1000BASET hdx
          30 1000BASET fdx
          31 10GBASEX
          32 10GBASELX4
          33 10GBASER
          34 10GBASEER
          35 10GBASELR
          36 10GBASESR
          37 10GBASEW
          38 10GBASEEW
          39 10GBASELW
          40 10GBASESW\
          """);

  private static final BitNames POWER =
      BitNames.of(
          ", ",
          """
          1 PSE
          2 supported
          4 enabled
          8 can be controlled\
          """);

  private static final Names PAIRS =
      Names.of(
          """
          1 signal
          2 spare\
          """);

  private static final Names POWER_CLASSES =
      Names.of(
          """
          1 class0
          2 class1
          3 class2
          4 class3
          5 class4\
          """);

  private final Line line;
  private final LldpBridge bridge;
  private final LldpMedia media;
  private final LldpDataCenter dataCenter;

  LldpOrganizations(Line line) {
    this.line = line;
    this.bridge = new LldpBridge(line);
    this.media = new LldpMedia(line);
    this.dataCenter = new LldpDataCenter(line);
  }

  /// Prints a value, with its organization.
  ///
  /// @param length of the value, 3 or more bytes
  /// @return false if it is not known, and to be dumped
  boolean print(long at, int length) {
    int organization = line.u24(at);
    line.text(": OUI ").text(Organizations.NAMES.find(organization, "Unknown"));
    line.print(" (0x%06x)", organization);
    if (length < 4) {
      return switch (organization) {
        case IEEE_8021, IEEE_8023, IANA, TIA, DCBX -> true;
        default -> false;
      };
    }
    return switch (organization) {
      case IEEE_8021 -> bridge.print(at, length);
      case IEEE_8023 -> ethernet(at, length);
      case IANA -> usage(at, length);
      case TIA -> media.print(at, length);
      case DCBX -> dataCenter.print(at, length);
      default -> false;
    };
  }

  /// Prints the kind of an organization's field.
  static void kind(Line line, Names kinds, int kind) {
    line.text("\n\t  ").text(kinds.find(kind, "unknown")).print(" Subtype (%u)", kind);
  }

  /// Prints the state of link aggregation.
  static void aggregation(Line line, long at) {
    line.text("\n\t    aggregation status [").bits(STATUS, line.u8(at + 4), "none");
    line.print("], aggregation port ID %u", line.u32(at + 5));
  }

  private boolean ethernet(long at, int length) {
    int kind = line.u8(at + 3);
    kind(line, KINDS, kind);
    switch (kind) {
      case 1 -> {
        if (length >= 9) {
          line.text("\n\t    autonegotiation [").bits(STATUS, line.u8(at + 4), "none");
          line.print("] (0x%02x)", line.u8(at + 4));
          line.text("\n\t    PMD autoneg capability [").bits(MODES, line.u16(at + 5), "unknown");
          line.print("] (0x%04x)", line.u16(at + 5));
          int medium = line.u16(at + 7);
          line.text("\n\t    MAU type ").text(MEDIA.find(medium, "unknown"));
          line.print(" (0x%04x)", medium);
        }
      }
      case 2 -> {
        if (length >= 7) {
          line.text("\n\t    MDI power support [").bits(POWER, line.u8(at + 4), "none");
          line.text("], power pair ").text(PAIRS.find(line.u8(at + 5), "unknown"));
          line.text(", power class ").text(POWER_CLASSES.find(line.u8(at + 6), "unknown"));
        }
      }
      case 3 -> {
        if (length >= 9) {
          aggregation(line, at);
        }
      }
      case 4 -> {
        if (length >= 6) {
          line.print("\n\t    MTU size %u", line.u16(at + 4));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Where the manufacturer's usage description is (RFC 8520 §11).
  private boolean usage(long at, int length) {
    if (length < 8) {
      return true;
    }
    int kind = line.u8(at + 3);
    kind(line, IANA_KINDS, kind);
    if (kind != 1) {
      return false;
    }
    line.text("\n\t  MUD-URL=").visibleText(at + 4, length - 4L);
    return true;
  }
}
