package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// Cisco's VLAN Trunking Protocol: which VLANs a domain has. With `-v` all of them.
public final class VtpPrinter implements Protocol {
  private static final int HEADER = 36; // bytes
  private static final int VLAN = 12; // bytes before the name
  private static final int SUMMARY = 1; // messages
  private static final int SUBSET = 2;
  private static final int REQUEST = 3;
  private static final int MAX_NAME = 32; // bytes

  private static final Names MESSAGES =
      Names.of(
          """
          1 Summary advertisement
          2 Subset advertisement
          3 Advertisement request
          4 Join message\
          """);

  private static final Names THIRD_BYTES =
      Names.of(
          """
          1 Followers
          2 Seq number
          3 Rsvd
          4 Rsvd\
          """);

  private static final Names VLAN_TYPES =
      Names.of(
          """
          1 Ethernet
          2 FDDI
          3 TrCRF
          4 FDDI-net
          5 TrBRF\
          """);

  private static final Names STATES =
      Names.of(
          """
          0 Operational
          1 Suspended\
          """);

  private static final Names FIELDS =
      Names.of(
          """
          1 Source-Routing Ring Number TLV
          2 Source-Routing Bridge Number TLV
          3 STP type TLV
          4 Parent VLAN TLV
          5 Translationally bridged VLANs TLV
          6 Pruning TLV
          7 Bridge Type TLV
          8 Max ARP Hop Count TLV
          9 Max STE Hop Count TLV
          10 Backup CRF Mode TLV\
          """);

  private static final Names STP_TYPES =
      Names.of(
          """
          1 SRT
          2 SRB
          3 Auto\
          """);

  private final Line line;

  public VtpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("vtp");
    if (length < HEADER) {
      line.invalid(at, length);
      return;
    }
    if (!line.needs(at, HEADER)) {
      return;
    }
    int type = line.u8(at + 1);
    line.print("VTPv%u, Message ", line.u8(at));
    line.text(MESSAGES.find(type, "Unknown message type"));
    line.print(" (0x%02x), length %u", type, length);
    if (!line.isVerbose()) {
      boolean _ = line.needs(at, length);
      return;
    }
    line.text("\n\tDomain name: ");
    int name = line.u8(at + 3);
    if (name < 1 || name > MAX_NAME) {
      line.print(" [invalid MgmtD Len %u]", name);
      line.invalid(at, length);
      return;
    }
    line.visibleName(at + 4, name);
    line.text(", ").text(THIRD_BYTES.find(type, "Unknown")).print(": %u", line.u8(at + 2));
    switch (type) {
      case SUMMARY -> summary(at + HEADER);
      case SUBSET -> {
        line.print(", Config Rev %x", line.u32(at + HEADER));
        if (!vlans(at + HEADER + 4, at + length)) {
          line.invalid(at, length);
        }
      }
      case REQUEST -> line.print("\n\tStart value: %u", line.u32(at + HEADER));
      default -> {}
    }
  }

  private void summary(long at) {
    if (line.needs(at, 8)) {
      line.print("\n\t  Config Rev %x, Updater ", line.u32(at)).ipv4(at + 4);
    }
    if (line.needs(at + 8, 12)) {
      line.print(", Timestamp 0x%08x 0x%08x", line.u32(at + 8), line.u32(at + 12));
      line.print(" 0x%08x", line.u32(at + 16));
    }
    if (line.needs(at + 20, 16)) {
      line.text(", MD5 digest: ").hexBytes(at + 20, 16);
    }
  }

  /// @return false if one is malformed
  private boolean vlans(long first, long end) {
    long at = first;
    while (at < end && !line.isCut()) {
      int length = line.u8(at);
      if (length == 0 || !line.needs(at, length)) {
        return true;
      }
      if (length < VLAN) {
        return false;
      }
      line.text("\n\tVLAN info status ").text(STATES.find(line.u8(at + 1), "Unknown"));
      line.text(", type ").text(VLAN_TYPES.find(line.u8(at + 2), "Unknown"));
      line.print(", VLAN-id %u, MTU %u", line.u16(at + 4), line.u16(at + 6));
      line.print(", SAID 0x%08x, Name ", line.u32(at + 8));
      int name = line.u8(at + 3);
      int padded = name + 3 & ~3;
      if (length - VLAN < padded) {
        return false;
      }
      line.visibleName(at + VLAN, name);
      if (!fields(at + VLAN + padded, at + length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /// Fields: a type, the number of two-byte words in the value, and the value.
  private boolean fields(long first, long end) {
    long at = first;
    while (at < end && !line.isCut()) {
      if (end - at < 2) {
        return false;
      }
      int type = line.u8(at);
      int words = line.u8(at + 1);
      line.text("\n\t\t").text(FIELDS.find(type, "Unknown")).print(" (0x%04x) TLV", type);
      if (end - at < words * 2 + 2) {
        line.text(" (TLV goes past the end of the packet)");
        return false;
      }
      if (words != 1) {
        line.print(" (invalid TLV length %u != 1)", words);
        return false;
      }
      value(type, at);
      at += 4;
    }
    return true;
  }

  private void value(int type, long at) {
    int value = line.u16(at + 2);
    switch (type) {
      case 3 -> named(STP_TYPES.find(value, "Unknown"), value);
      case 6 -> named(value == 1 ? "Enabled" : "Disabled", value);
      case 7 -> named(value == 1 ? "SRB" : "SRT", value);
      case 9 -> line.print(", %u", value);
      case 10 -> named(value == 1 ? "Backup" : "Not backup", value);
      default -> line.hexDump("\n\t\t  ", at, 4, false);
    }
  }

  private void named(String name, int value) {
    line.text(", ").text(name).print(" (%u)", value);
  }
}
