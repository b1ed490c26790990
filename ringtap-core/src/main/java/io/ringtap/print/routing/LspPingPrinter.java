package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.UtcTime;

/// LSP ping: where a path of MPLS goes (RFC 4379), over UDP.
public final class LspPingPrinter implements Protocol {
  private static final int HEADER = 32; // bytes
  private static final int HEAD = 4; // bytes: type and length of a value
  private static final long SECONDS_TO_1970 = 2_208_988_800L;

  private static final Names MESSAGES =
      Names.of(
          """
          1 MPLS Echo Request
          2 MPLS Echo Reply\
          """);

  private static final Names REPLIES =
      Names.of(
          """
          1 Do not reply
          2 Reply via an IPv4/IPv6 UDP packet
          3 Reply via an IPv4/IPv6 UDP packet with Router Alert
          4 Reply via application level control channel\
          """);

  private static final Names CODES =
      Names.of(
          """
          0 No return code or return code contained in the Error Code TLV
          1 Malformed echo request received
          2 One or more of the TLVs was not understood
          3 Replying router is an egress for the FEC at stack depth
          4 Replying router has no mapping for the FEC at stack depth
          5 Reserved
          6 Reserved
          7 Reserved
          8 Label switched at stack-depth
          9 Label switched but no MPLS forwarding at stack-depth
          10 Mapping for this FEC is not the given label at stack depth
          11 No label entry at stack-depth
          12 Protocol not associated with interface at FEC stack depth
          13 Premature termination of ping due to label stack shrinking to a single label\
          """);

  private static final Names TYPES =
      Names.of(
          """
          1 Target FEC Stack
          2 Downstream Mapping
          3 Pad
          5 Vendor Enterprise Code
          7 Interface Label Stack
          9 Error Code
          10 Reply TOS Byte
          15 BFD Discriminator
          0xfc00 Vendor Private Code\
          """);

  private final Line line;
  private final UtcTime time;
  private final LspPingTargets targets;

  public LspPingPrinter(Line line) {
    this.line = line;
    this.time = new UtcTime(line);
    this.targets = new LspPingTargets(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("lspping");
    if (length < HEADER) {
      line.text("\n\t\t packet is too short");
      return;
    }
    if (!line.needs(at, HEADER)) {
      return;
    }
    int version = line.u16(at);
    int message = line.u8(at + 4);
    if (version != 1) {
      line.print("LSP-PING version %u packet not supported", version);
      return;
    }
    if (!line.isVerbose()) {
      line.text("LSP-PINGv1, ").name(MESSAGES.find(message), "unknown (%u)", message);
      line.print(", seq %u, length: %u", line.u32(at + 12), length);
      return;
    }
    line.text("\n\tLSP-PINGv1, msg-type: ").text(MESSAGES.find(message, "unknown"));
    line.print(" (%u), length: %u\n\t  reply-mode: ", message, length);
    int reply = line.u8(at + 5);
    line.text(REPLIES.find(reply, "unknown")).print(" (%u)", reply);
    result(line.u8(at + 6), line.u8(at + 7));
    line.print("\n\t  Sender Handle: 0x%08x, Sequence: %u", line.u32(at + 8), line.u32(at + 12));
    line.text("\n\t  Sender Timestamp: ");
    moment(at + 16);
    line.text(" Receiver Timestamp: ");
    if (line.u64(at + 24) == 0) {
      line.text("no timestamp");
    } else {
      moment(at + 24);
    }
    if (!values(at + HEADER, length - HEADER)) {
      line.text("\n\t\t packet is too short");
    }
  }

  private void result(int code, int depth) {
    line.text("\n\t  Return Code: ").text(CODES.find(code, "unknown"));
    switch (code) {
      case 3, 4, 8, 10, 11, 12 -> line.print(" %u", depth);
      default -> {}
    }
    line.print(" (%u)\n\t  Return Subcode: (%u)", code, depth);
  }

  private void moment(long at) {
    long seconds = line.u32(at);
    line.print("%u.%09u", seconds, (line.u32(at + 4) * 1_000_000_000) >>> 32);
    if (seconds != 0) {
      line.text(" (");
      time.iso(seconds - SECONDS_TO_1970);
      line.text(")");
    }
  }

  /// Prints values.
  ///
  /// @return whether they were all there
  private boolean values(long first, long length) {
    long at = first;
    long rest = length;
    while (rest != 0) {
      if (rest < HEAD) {
        return false;
      }
      if (!line.needs(at, HEAD)) {
        return true;
      }
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      line.text("\n\t  ").text(TYPES.find(type, "Unknown"));
      line.print(" TLV (%u), length: %u", type, bytes);
      if (rest < bytes + HEAD) {
        return false;
      }
      if (!line.needs(at + HEAD, bytes)) {
        return true;
      }
      if (bytes > 0 && !value(type, at + HEAD, bytes)) {
        return true;
      }
      int padded = bytes + 3 & ~3;
      if (rest < padded + HEAD) {
        return false;
      }
      at += padded + HEAD;
      rest -= padded + HEAD;
    }
    return true;
  }

  private boolean value(int type, long at, int length) {
    boolean isDumped = line.verbosity() > 1;
    switch (type) {
      case 1 -> {
        int result = targets.stack(at, length);
        if (result == LspPingTargets.STOPPED) {
          return false;
        }
        isDumped |= result == LspPingTargets.SHORT;
      }
      case 2 -> {
        targets.downstream(at, length);
        isDumped = true;
      }
      case 5 -> {
        if (length < 4) {
          line.text("\n\t      TLV is too short");
          isDumped = true;
        } else {
          line.text("\n\t    Vendor: ")
              .text(Organizations.ENTERPRISES.find(line.u32(at), "Unknown"));
          line.print(" (0x%04x)", line.u32(at));
        }
      }
      case 15 -> {
        if (length < 4) {
          line.text("\n\t      TLV is too short");
          isDumped = true;
        } else {
          line.print("\n\t    BFD Discriminator 0x%08x", line.u32(at));
        }
      }
      default -> isDumped = true;
    }
    if (isDumped) {
      line.hexDump("\n\t    ", at, length, false);
    }
    return true;
  }
}
