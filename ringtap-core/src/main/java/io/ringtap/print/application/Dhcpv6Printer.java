package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// DHCPv6 (RFC 8415): the kind of a message; with `-v` its options.
public final class Dhcpv6Printer implements Protocol {
  private static final int RELAY_FORWARD = 12;
  private static final int RELAY_REPLY = 13;

  private static final int BYTES = 4; // of a header
  private static final int RELAY_BYTES = 34;

  private static final Names MESSAGES =
      Names.of(
          """
          1 solicit
          2 advertise
          3 request
          4 confirm
          5 renew
          6 rebind
          7 reply
          8 release
          9 decline
          10 reconfigure
          11 inf-req
          12 relay-fwd
          13 relay-reply
          14 leasequery
          15 leasequery-reply\
          """);

  private final Line line;
  private final Dhcpv6Options options;

  public Dhcpv6Printer(Line line) {
    this.line = line;
    this.options = new Dhcpv6Options(line, this::message);
  }

  @Override
  public void print(long at, long length) {
    line.enter("dhcp6");
    message(at, length);
  }

  /// Prints a message, also one that a relay carries in an option.
  private void message(long at, long length) {
    line.text("dhcp6");
    long end = Math.min(line.end(), at + length);
    if (end - at < BYTES) {
      line.mark("dhcp6");
      return;
    }
    int type = line.u8(at);
    line.text(" ").name(MESSAGES.find(type), "msgtype-%u", type);
    if (!line.isVerbose()) {
      return;
    }
    line.text(" (");
    if (type != RELAY_FORWARD && type != RELAY_REPLY) {
      line.print("xid=%x", line.u24(at + 1));
      options.print(at + BYTES, end);
    } else {
      address("linkaddr=", at + 2);
      address(" peeraddr=", at + 18);
      options.print(at + RELAY_BYTES, end);
    }
    line.text(")");
  }

  private void address(String name, long at) {
    if (line.needs(at, 16)) {
      line.text(name).ipv6(at);
    }
  }
}
