package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import org.jspecify.annotations.Nullable;

/// M3UA: the signaling of telephone networks over SCTP (RFC 4666).
public final class M3uaPrinter implements Protocol {
  private static final int HEADER = 8; // bytes
  private static final int HEAD = 4; // bytes of a parameter before its value

  private static final Names CLASSES =
      Names.of(
          """
          0 Management
          1 Transfer
          2 SS7
          3 ASP
          4 ASP
          9 Routing Key Management\
          """);

  private static final Names MANAGEMENT =
      Names.of(
          """
          0 Error
          1 Notify\
          """);

  private static final Names TRANSFER = Names.of("1 Data");

  private static final Names NETWORK =
      Names.of(
          """
          1 Destination Unavailable
          2 Destination Available
          3 Destination State Audit
          4 Signalling Congestion
          5 Destination User Part Unavailable
          6 Destination Restricted\
          """);

  private static final Names STATE =
      Names.of(
          """
          1 Up
          2 Down
          3 Heartbeat
          4 Up Acknowledgement
          5 Down Acknowledgement
          6 Heartbeat Acknowledgement\
          """);

  private static final Names TRAFFIC =
      Names.of(
          """
          1 Active
          2 Inactive
          3 Active Acknowledgement
          4 Inactive Acknowledgement\
          """);

  private static final Names ROUTING_KEYS =
      Names.of(
          """
          1 Registration Request
          2 Registration Response
          3 Deregistration Request
          4 Deregistration Response\
          """);

  private static final Names PARAMETERS =
      Names.of(
          """
          0x0004 INFO String
          0x0006 Routing Context
          0x0007 Diagnostic Info
          0x0009 Heartbeat Data
          0x000B Traffic Mode Type
          0x000C Error Code
          0x000D Status
          0x0011 ASP Identifier
          0x0012 Affected Point Code
          0x0013 Correlation ID
          0x0200 Network Appearance
          0x0204 User/Cause
          0x0205 Congestion Indications
          0x0206 Concerned Destination
          0x0207 Routing Key
          0x0208 Registration Result
          0x0209 Deregistration Result
          0x020A Local Routing Key Identifier
          0x020B Destination Point Code
          0x020C Service Indicators
          0x020E Originating Point Code List
          0x0210 Protocol Data
          0x0212 Registration Status
          0x0213 Deregistration Status\
          """);

  private final Line line;

  public M3uaPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("m3ua");
    if (length < HEADER) {
      line.invalid();
      return;
    }
    if (line.u8(at) != 1) {
      return;
    }
    int messageClass = line.u8(at + 2);
    int type = line.u8(at + 3);
    line.text("\n\t\t");
    line.name(CLASSES.find(messageClass), "Unknown message class %u", messageClass);
    Names types = types(messageClass);
    if (types != null) {
      line.text(" ").name(types.find(type), "Unknown (0x%02x)", type).text(" Message");
    }
    long claimed = line.u32(at + 4);
    if (claimed != length) {
      line.print("\n\t\t\t@@@@@@ Corrupted length %u of message @@@@@@", claimed);
    } else {
      parameters(at + HEADER, at + length);
    }
  }

  private static @Nullable Names types(int messageClass) {
    return switch (messageClass) {
      case 0 -> MANAGEMENT;
      case 1 -> TRANSFER;
      case 2 -> NETWORK;
      case 3 -> STATE;
      case 4 -> TRAFFIC;
      case 9 -> ROUTING_KEYS;
      default -> null;
    };
  }

  private void parameters(long first, long end) {
    long at = first;
    while (at < end) {
      if (end - at < HEAD) {
        line.invalid();
        return;
      }
      int tag = line.u16(at);
      line.text("\n\t\t\t").name(PARAMETERS.find(tag), "Unknown Parameter (0x%04x)", tag);
      line.text(": ");
      int bytes = line.u16(at + 2);
      if (bytes < HEAD) {
        line.invalid();
        return;
      }
      int padded = bytes + 3 & ~3;
      if (!line.has(at, padded)) {
        line.mark("m3ua");
        return;
      }
      boolean isNumber = tag == 0x0006 || tag == 0x0013 || tag == 0x0200;
      if (!isNumber) {
        line.print("(length %u)", bytes);
      } else if (bytes < HEAD + 4) {
        line.invalid();
      } else {
        line.print("0x%08x", line.u32(at + HEAD));
      }
      at += padded;
    }
  }
}
