package io.ringtap.print.switching;

import io.ringtap.print.line.Line;

/// A message of MSTP: the common spanning tree and those of the instances; and what SPB adds to it
/// (IEEE 802.1Q §14).
final class MstpMessage {
  private static final int MIN_BYTES = 102; // without instances
  private static final int VERSION_1_LENGTH = 35; // offsets
  private static final int VERSION_3_LENGTH = 36;
  private static final int NAME = 39;
  private static final int INSTANCES = 102;
  private static final int CONFIGURATION = 64; // bytes that the length of version 3 covers first
  private static final int INSTANCE = 16; // bytes
  private static final int MIN_SPB = 87; // bytes, with their length
  private static final int NAME_BYTES = 32;

  private final Line line;

  MstpMessage(Line line) {
    this.line = line;
  }

  /// Prints what follows the type of the message.
  ///
  /// @return false if it is malformed
  boolean print(long at, long length, boolean isSpb) {
    if (length < MIN_BYTES || line.u8(at + VERSION_1_LENGTH) != 0) {
      return false;
    }
    int claimed = line.u16(at + VERSION_3_LENGTH) + 2;
    if (length < VERSION_3_LENGTH + claimed) {
      return false;
    }
    common(at, length);
    if (line.isVerbose()) {
      instances(at + INSTANCES, claimed - 2 - CONFIGURATION);
    }
    if (!isSpb) {
      return true;
    }
    int added = line.u16(at + VERSION_3_LENGTH + claimed) + 2;
    if (length < VERSION_3_LENGTH + claimed + added || added < MIN_SPB) {
      return false;
    }
    if (line.isVerbose()) {
      shortestPath(at + VERSION_3_LENGTH + claimed);
    }
    return true;
  }

  private void bridge(String name, long at) {
    if (line.needs(at, 8)) {
      line.text(name).print("%04x.", line.u16(at)).hardware(at + 2, 6);
    }
  }

  private void common(long at, long length) {
    int flags = line.u8(at + 4);
    line.text(", CIST Flags [").bits(StpPrinter.FLAGS, flags, "none").print("], length %u", length);
    if (!line.isVerbose()) {
      return;
    }
    line.text("\n\tport-role ").text(StpPrinter.role(flags)).text(", ");
    if (line.needs(at + 5, 12)) {
      bridge("CIST root-id ", at + 5);
      line.print(", CIST ext-pathcost %u", line.u32(at + 13));
    }
    bridge("\n\tCIST regional-root-id ", at + 17);
    line.text(", ").print("CIST port-id %04x,", line.u16(at + 25));
    if (line.needs(at + 27, 8)) {
      StpPrinter.times(line, at + 27);
    }
    line.print("\n\tv3len %u, ", line.u16(at + VERSION_3_LENGTH));
    line.text("MCID Name ").visibleName(at + NAME, NAME_BYTES);
    revision(", rev %u,\n\t\tdigest ", at + NAME + NAME_BYTES);
    line.text(", ");
    line.print("CIST int-root-pathcost %u,", line.u32(at + 89));
    bridge("\n\tCIST bridge-id ", at + 93);
    line.text(", ").print("CIST remaining-hops %u", line.u8(at + 101));
  }

  /// A revision, and the digest of the configuration.
  private void revision(String template, long at) {
    if (line.needs(at, 18)) {
      line.print(template, line.u16(at)).hexBytes(at + 2, 16);
    }
  }

  private void instances(long first, int length) {
    long at = first;
    for (int rest = length; rest >= INSTANCE && line.needs(at, 3); rest -= INSTANCE) {
      int flags = line.u8(at);
      line.print("\n\tMSTI %u, Flags [", line.u16(at + 1) & 0xFFF);
      line.bits(StpPrinter.FLAGS, flags, "none").text("], port-role ").text(StpPrinter.role(flags));
      if (line.needs(at + 1, 12)) {
        bridge("\n\t\tMSTI regional-root-id ", at + 1);
        line.print(", pathcost %u", line.u32(at + 9));
      }
      line.print(
          "\n\t\tMSTI bridge-prio %u, port-prio %u, hops %u",
          line.u8(at + 13) >> 4, line.u8(at + 14) >> 4, line.u8(at + 15));
      at += INSTANCE;
    }
  }

  private void shortestPath(long at) {
    line.print("\n\tv4len %u, ", line.u16(at));
    line.text("AUXMCID Name ").visibleName(at + 3, NAME_BYTES);
    revision(", Rev %u,\n\t\tdigest ", at + 35);
    if (!line.needs(at + 53, 34)) {
      return;
    }
    int agreement = line.u8(at + 53);
    line.print("\n\tAgreement num %u, Discarded", agreement >> 6);
    line.print(
        " Agreement num %u, Agreement valid-flag %u,", agreement >> 4 & 3, agreement >> 3 & 1);
    line.print("\n\tRestricted role-flag: %u", agreement >> 2 & 1);
    // As in tcpdump, the capabilities contain the identifier.
    line.print(", Format id %u cap %u", line.u8(at + 55) >> 4, line.u8(at + 55));
    line.print(", Convention id %u cap %u,", line.u8(at + 56) >> 4, line.u8(at + 56));
    line.print("\n\tEdge count %u, Agreement digest ", line.u16(at + 57)).hexBytes(at + 67, 20);
  }
}
