package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// LDP: labels of MPLS for routes (RFC 5036), over UDP and TCP.
public final class LdpPrinter implements Protocol {
  private static final int HEADER = 10; // bytes of a PDU's header
  private static final int MESSAGE = 8; // bytes of a message's header
  private static final int UNCOUNTED = 4; // bytes of both that their lengths do not count

  private static final Names MESSAGES =
      Names.of(
          """
          0x0001 Notification
          0x0100 Hello
          0x0200 Initialization
          0x0201 Keepalive
          0x0300 Address
          0x0301 Address Withdraw
          0x0400 Label Mapping
          0x0401 Label Request
          0x0402 Label Withdraw
          0x0403 Label Release
          0x0404 Label Abort Request\
          """);

  private final Line line;
  private final LdpValues values;

  public LdpPrinter(Line line) {
    this.line = line;
    this.values = new LdpValues(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("ldp");
    long at = first;
    long rest = length;
    while (rest > HEADER + MESSAGE) {
      int bytes = pdu(at);
      if (bytes == 0) {
        return;
      }
      if (rest < bytes) {
        line.print(" [remaining length %u < %u]", rest, bytes);
        line.invalid();
        return;
      }
      at += bytes;
      rest -= bytes;
    }
  }

  /// @return its length; 0 if nothing after it is to be printed
  private int pdu(long at) {
    int version = line.needs(at, HEADER) ? line.u16(at) : 0;
    int claimed = line.u16(at + 2);
    line.text(line.isVerbose() ? "\n\tLDP" : "LDP");
    if (version != 1) {
      line.print(" version %u packet not supported", version);
      return 0;
    }
    if (claimed < HEADER - UNCOUNTED) {
      line.print(", pdu-length: %u (too short, < %u)", claimed, HEADER - UNCOUNTED);
      return 0;
    }
    line.text(", Label-Space-ID: ").ipv4(at + 4);
    line.print(":%u, pdu-length: %u", line.u16(at + 8), claimed);
    boolean isWhole = line.isVerbose() && messages(at + HEADER, claimed + UNCOUNTED - HEADER);
    return isWhole ? claimed + UNCOUNTED : 0;
  }

  private boolean messages(long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 0 && line.needs(at, MESSAGE)) {
      int type = line.u16(at);
      int claimed = line.u16(at + 2);
      line.text("\n\t  ").text(MESSAGES.find(type & 0x7FFF, "Unknown"));
      line.print(" Message (0x%04x), length: %u", type & 0x7FFF, claimed);
      if (claimed < MESSAGE - UNCOUNTED) {
        line.print(" (too short, < %u)", MESSAGE - UNCOUNTED);
        return false;
      }
      line.print(", Message ID: 0x%08x", line.u32(at + 4));
      line.text(type >= 0x8000 ? ", Flags: [continue processing" : ", Flags: [ignore");
      line.text(" if unknown]");
      if (line.needs(at, claimed)) {
        body(type & 0x7FFF, at + MESSAGE, claimed + UNCOUNTED - MESSAGE);
      }
      if (line.verbosity() > 1) {
        line.hexDump("\n\t  ", at + MESSAGE, claimed, false);
      }
      at += claimed + (long) UNCOUNTED;
      // A message may pass the end of its PDU: sixteen bits count what is left, as in tcpdump.
      rest = rest - claimed - UNCOUNTED & 0xFFFF;
    }
    return true;
  }

  private void body(int type, long at, int length) {
    switch (type) {
      case 0x0001, 0x0100, 0x0200, 0x0201, 0x0300, 0x0301, 0x0400, 0x0402 ->
          values.print(at, length);
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t  ", at, length, false);
        }
      }
    }
  }
}
