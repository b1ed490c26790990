package io.ringtap.print.network;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The extensions that follow the packet an ICMP error quotes (RFC 4884), such as the MPLS labels
/// of that packet (RFC 4950).
final class IcmpExtensions {
  private static final int BEGIN = 136; // bytes from the ICMP header
  private static final int HEADER = 4; // of the extensions, and of each object
  private static final int VERSION = 2;
  private static final int MPLS_STACK = 1;

  private static final Names OBJECTS =
      Names.of(
          """
          1 MPLS Stack Entry
          2 Interface Identification\
          """);

  private final Line line;

  IcmpExtensions(Line line) {
    this.line = line;
  }

  /// @param length bytes of the ICMP message on the wire
  void print(int type, long at, long length) {
    if (type == IcmpType.REDIRECT
        || type == IcmpType.SOURCE_QUENCH
        || length <= BEGIN + HEADER
        || line.isCut()) {
      return;
    }
    long extensions = at + BEGIN;
    long rest = length - BEGIN;
    if (!line.needs(extensions, HEADER + 1)) {
      return;
    }
    int version = line.u8(extensions) >>> 4;
    boolean isCompliant = line.u8(at + 5) != 0; // it says where the quoted packet ends
    boolean canSum = line.has(extensions, rest);
    boolean isValid = canSum && Checksum.isValid(Checksum.sum(line.frame(), extensions, rest));
    if (!isCompliant && version == VERSION && canSum && !isValid) {
      return;
    }
    line.print("\n\tICMP Multi-Part extension v%u", version);
    if (version != VERSION) {
      line.text(" packet not supported");
      return;
    }
    if (canSum) {
      line.print(", checksum 0x%04x (", line.u16(extensions + 2));
      line.print(isValid ? "correct), length %u" : "incorrect), length %u", rest);
    }
    objects(extensions + HEADER, rest - HEADER);
  }

  private void objects(long first, long length) {
    long at = first;
    long rest = length;
    while (rest > HEADER && line.needs(at, HEADER)) {
      int claimed = line.u16(at);
      int objectClass = line.u8(at + 2);
      int type = line.u8(at + 3);
      line.text("\n\t  ").text(OBJECTS.find(objectClass, "unknown"));
      line.print(" Object (%u), Class-Type: %u, length %u", objectClass, type, claimed);
      if (objectClass == 0 || claimed < HEADER) {
        return;
      }
      if (objectClass == MPLS_STACK && type == 1) {
        label(line.u32(at + HEADER));
      } else {
        line.hexDump("\n\t    ", at + HEADER, claimed - HEADER, false);
      }
      at += claimed;
      rest -= claimed;
    }
  }

  private void label(long entry) {
    line.print("\n\t    label %u, tc %u", entry >>> 12, entry >>> 9 & 7);
    line.text((entry & 0x100) != 0 ? ", [S]" : "");
    line.print(", ttl %u", entry & 0xFF);
  }
}
