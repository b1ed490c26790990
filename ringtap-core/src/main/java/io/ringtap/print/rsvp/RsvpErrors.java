package io.ringtap.print.rsvp;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The errors that RSVP reports (RFC 3209 §7.3, RFC 4124 §6.5).
final class RsvpErrors {
  private static final Names CODES =
      Names.of(
          """
          24 Routing Problem
          25 Notify Error
          28 Diffserv TE Error
          125 Diffserv TE Error (Old)\
          """);

  private static final Names ROUTING =
      Names.of(
          """
          1 Bad EXPLICIT_ROUTE object
          2 Bad strict node
          3 Bad loose node
          4 Bad initial subobject
          5 No route available toward destination
          6 Unacceptable label value
          7 RRO indicated routing loops
          8 non-RSVP-capable router in the path
          9 MPLS label allocation failure
          10 Unsupported L3PID\
          """);

  private static final Names SERVICES =
      Names.of(
          """
          1 Unexpected CT object
          2 Unsupported CT
          3 Invalid CT value
          4 CT/setup priority do not form a configured TE-Class
          5 CT/holding priority do not form a configured TE-Class
          6 CT/setup priority and CT/holding priority do not form a configured TE-Class
          7 Inconsistency between signaled PSC and signaled CT
          8 Inconsistency between signaled PHBs and signaled CT\
          """);

  private final Line line;

  RsvpErrors(Line line) {
    this.line = line;
  }

  void print(String indent, boolean isIpv6, long first) {
    long at = first + (isIpv6 ? 16 : 4);
    int code = line.u8(at + 1);
    int value = line.u16(at + 2);
    line.text(indent).text("Error Node Address: ").address(isIpv6, first);
    line.print(", Flags: [0x%02x]", line.u8(at)).text(indent);
    line.text("Error Code: ").text(CODES.find(code, "unknown")).print(" (%u)", code);
    if (code == 24) {
      line.text(", Error Value: ").text(ROUTING.find(value, "unknown")).print(" (%u)", value);
    } else if (!isIpv6 && (code == 28 || code == 125)) {
      line.text(", Error Value: ").text(SERVICES.find(value, "unknown")).print(" (%u)", value);
    } else if (!isIpv6) {
      line.print(", Unknown Error Value (%u)", value);
    }
  }
}
