package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// DHCPv6 (RFC 8415): the kind of a message. Options are not printed.
public final class Dhcpv6Printer implements Protocol {
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
          10 reconf
          11 inf-req
          12 relay-fwd
          13 relay-reply
          14 leasequery
          15 leasequery-reply
          16 leasequery-done
          17 leasequery-data
          18 reconfigure-request
          19 reconfigure-reply
          20 dhcpv4-query
          21 dhcpv4-response\
          """);

  private static final int BYTES = 4;

  private final Line line;

  public Dhcpv6Printer(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("dhcp6");
    line.text("dhcp6");
    if (!line.needs(at, BYTES)) {
      return;
    }
    int type = line.u8(at);
    line.text(" ").name(MESSAGES.find(type), "msgtype-%u", type);
  }
}
