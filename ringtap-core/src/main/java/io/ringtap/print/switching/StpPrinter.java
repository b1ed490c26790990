package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// The spanning tree protocols: STP of IEEE 802.1D, RSTP, MSTP and SPB of IEEE 802.1Q §14.
public final class StpPrinter implements Protocol {
  private static final int BYTES = 4; // protocol, version, type
  private static final int CONFIGURATION = 35; // bytes of STP; RSTP has one more
  private static final int RAPID = 2; // the version of RSTP, and the type of what it sends
  private static final int MULTIPLE = 3;
  private static final int TOPOLOGY_CHANGE = 0x80;

  private static final Names VERSIONS =
      Names.of(
          """
          0 802.1d
          2 802.1w
          3 802.1s
          4 802.1aq\
          """);

  private static final Names TYPES =
      Names.of(
          """
          0x00 Config
          0x02 Rapid STP
          0x80 Topology Change\
          """);

  static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 Topology change
          0x02 Proposal
          0x10 Learn
          0x20 Forward
          0x40 Agreement
          0x80 Topology change ACK\
          """);

  private static final String[] ROLES = {"Unknown", "Alternate", "Root", "Designated"};

  private final Line line;
  private final MstpMessage multiple;

  public StpPrinter(Line line) {
    this.line = line;
    this.multiple = new MstpMessage(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("stp");
    if (length < BYTES) {
      line.invalid();
      return;
    }
    if (line.u16(at) != 0) {
      line.print("unknown STP version, length %u", length);
      return;
    }
    int version = line.u8(at + 2);
    line.text("STP ").name(VERSIONS.find(version), "Unknown STP protocol (0x%02x)", version);
    if (VERSIONS.find(version) == null) {
      return;
    }
    int type = line.u8(at + 3);
    line.text(", ").name(TYPES.find(type), "Unknown BPDU Type (0x%02x)", type);
    if (type == TOPOLOGY_CHANGE) {
      return;
    }
    if (type == RAPID && version >= MULTIPLE) {
      if (!multiple.print(at, length, version > MULTIPLE)) {
        line.invalid();
      }
    } else if (type == 0 || (type == RAPID && version == RAPID)) {
      configuration(at, length, version == RAPID, type == 0 ? CONFIGURATION : CONFIGURATION + 1);
    }
  }

  private void configuration(long at, long length, boolean isRapid, int least) {
    if (length < least) {
      line.invalid();
      return;
    }
    int flags = line.u8(at + 4);
    line.text(", Flags [").bits(FLAGS, flags, "none").text("]");
    if (line.needs(at + 17, 10)) {
      line.print(", bridge-id %04x.", line.u16(at + 17)).hardware(at + 19, 6);
      line.print(".%04x, length %u", line.u16(at + 25), length);
    }
    if (!line.isVerbose() || !line.needs(at + 27, 8)) {
      return;
    }
    times(line, at + 27);
    line.print("\n\troot-id %04x.", line.u16(at + 5)).hardware(at + 7, 6);
    line.print(", root-pathcost %u", line.u32(at + 13));
    if (isRapid) {
      line.text(", port-role ").text(role(flags));
    }
  }

  /// The role of the port that the flags of a message contain.
  static String role(int flags) {
    return ROLES[flags >> 2 & 3];
  }

  /// Prints the four times of a message, which were captured.
  static void times(Line line, long at) {
    time(line, "\n\tmessage-age ", line.u16(at));
    time(line, ", max-age ", line.u16(at + 2));
    time(line, ", hello-time ", line.u16(at + 4));
    time(line, ", forwarding-delay ", line.u16(at + 6));
  }

  /// Prints a time in units of 1/256 seconds with two decimal places, half a hundredth rounded to
  /// the even one.
  private static void time(Line line, String name, int units) {
    int hundredths = units * 100 / 256;
    int rest = units * 100 % 256;
    if (rest > 128 || (rest == 128 && hundredths % 2 == 1)) {
      hundredths++;
    }
    line.text(name).print("%u.%02us", hundredths / 100, hundredths % 100);
  }
}
