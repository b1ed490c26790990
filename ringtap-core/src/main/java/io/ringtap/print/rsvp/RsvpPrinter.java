package io.ringtap.print.rsvp;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// RSVP: paths with reserved bandwidth (RFC 2205), and with labels of MPLS (RFC 3209).
public final class RsvpPrinter implements Protocol {
  private static final int HEADER = 8; // bytes
  private static final int BUNDLE = 12; // type of a message

  private static final Names TYPES =
      Names.of(
          """
          1 Path
          2 Resv
          3 PathErr
          4 ResvErr
          5 PathTear
          6 ResvTear
          7 ResvConf
          12 Bundle
          13 Acknowledgement
          14 Hello (Old)
          15 Refresh
          20 Hello\
          """);

  private final Line line;
  private final RsvpObjects objects;

  public RsvpPrinter(Line line) {
    this.line = line;
    this.objects = new RsvpObjects(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("rsvp");
    if (!line.needs(at, HEADER) || !isSupported(at)) {
      return;
    }
    int type = line.u8(at + 1);
    if (!line.isVerbose()) {
      line.text("RSVPv1 ").name(TYPES.find(type), "unknown (%u)", type);
      line.print(" Message, length: %u", length);
      return;
    }
    int bytes = header("\n\t", at);
    if (bytes == 0) {
      return;
    }
    if (type == BUNDLE) {
      bundle(at + HEADER, bytes - HEADER);
    } else if (TYPES.find(type) != null) {
      objects.print("\n\t  ", at + HEADER, bytes - HEADER);
    } else {
      line.hexDump("\n\t    ", at + HEADER, bytes - HEADER, false);
    }
  }

  private boolean isSupported(long at) {
    int version = line.u8(at) >> 4;
    if (version != 1) {
      line.print("ERROR: RSVP version %u packet not supported", version);
    }
    return version == 1;
  }

  /// Prints the header of a message.
  ///
  /// @return the message's length, or 0 if it is too short
  private int header(String before, long at) {
    int type = line.u8(at + 1);
    int bytes = line.u16(at + 6);
    line.text(before).text("RSVPv1 ").name(TYPES.find(type), "unknown, type: %u", type);
    line.print(" Message (%u), Flags: [", type);
    line.text((line.u8(at) & 1) != 0 ? "Refresh reduction capable" : "none");
    line.print(
        "], length: %u, ttl: %u, checksum: 0x%04x", bytes, line.u8(at + 4), line.u16(at + 2));
    if (bytes < HEADER) {
      line.print("ERROR: common header too short %u < %u", bytes, HEADER);
      return 0;
    }
    return bytes;
  }

  private void bundle(long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 0 && line.needs(at, HEADER) && isSupported(at)) {
      int bytes = header("\n\t  ", at);
      if (bytes == 0) {
        return;
      }
      if (rest < bytes) {
        line.print("ERROR: common header too large %u > %u", bytes, rest);
        return;
      }
      if (!objects.print("\n\t    ", at + HEADER, bytes - HEADER)) {
        return;
      }
      at += bytes;
      rest -= bytes;
    }
  }
}
