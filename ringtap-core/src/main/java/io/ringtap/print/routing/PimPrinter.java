package io.ringtap.print.routing;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IpProtocol;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// PIM version 2: sparse mode (RFC 7761), dense mode (RFC 3973), bootstrap (RFC 5059) and the
/// election of bidirectional PIM (RFC 5015). A message that contradicts itself cuts the line.
public final class PimPrinter implements Protocol {
  private static final int PROTOCOL = 103;
  private static final int HEADER = 4; // bytes
  private static final int REGISTER = 1;
  private static final int REGISTER_HEADER = 8; // bytes that its checksum covers
  private static final int GRAFT_ACKNOWLEDGMENT = 7;
  private static final long PREFERENCE = 0x7FFF_FFFFL;
  private static final long BORDER = 0x8000_0000L;
  private static final long NULL_REGISTER = 0x4000_0000L;

  private static final Names TYPES =
      Names.of(
          """
          0 Hello
          1 Register
          2 Register Stop
          3 Join / Prune
          4 Bootstrap
          5 Assert
          6 Graft
          7 Graft Acknowledgement
          8 Candidate RP Advertisement
          9 Prune Refresh
          10 DF Election
          11 ECMP Redirect\
          """);

  private static final Names ELECTIONS =
      Names.of(
          """
          1 Offer
          2 Winner
          3 Backoff
          4 Pass\
          """);

  private final Line line;
  private final Protocols protocols;
  private final PimCursor cursor;
  private final PimHello hello;

  public PimPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
    this.cursor = new PimCursor(line);
    this.hello = new PimHello(line, cursor);
  }

  @Override
  public void print(long at, long length) {
    line.enter("pim");
    int version = line.u8(at) >> 4;
    int type = line.u8(at) & 0xF;
    line.print("PIMv%u, ", version);
    if (version != 2) {
      line.print("length %u", length);
    } else if (line.isVerbose()) {
      line.print("length %u\n\t", length).text(TYPES.find(type, "Unknown Type"));
      message(type, at, length);
    } else {
      line.text(TYPES.find(type, "Unknown Type")).print(", length %u", length);
    }
  }

  private void message(int type, long at, long length) {
    line.enter("pimv2");
    if (isTooShort(length, 2)) {
      return;
    }
    int reserved = line.u8(at + 1);
    line.text((reserved & 0xF) != 0 ? ", RFC2117-encoding" : "");
    if (isTooShort(length, HEADER)) {
      return;
    }
    checksum(type, at, length);
    cursor.begin(at + HEADER, length - HEADER, reserved & 0xF);
    switch (type) {
      case 0 -> hello.print();
      case REGISTER -> register();
      case 2 -> {
        cursor.group(" group=");
        cursor.unicast(" source=");
      }
      case 3, 6, GRAFT_ACKNOWLEDGMENT -> joinAndPrune(type != GRAFT_ACKNOWLEDGMENT);
      case 4 -> bootstrap();
      case 5 -> assertion();
      case 8 -> candidate();
      case 9 -> {
        cursor.unicast(" src=");
        cursor.group(" grp=");
        cursor.unicast(" forwarder=");
        long interval = cursor.take(2);
        line.text(" TUNR ").duration(line.u16(interval));
      }
      case 10 -> election(reserved >> 4);
      default -> line.print(" [type %u]", type);
    }
  }

  private boolean isTooShort(long length, int needed) {
    if (length < needed) {
      line.print("[length %u < %u]", length, needed);
      line.invalid();
    }
    return length < needed;
  }

  private void checksum(int type, long at, long length) {
    int stored = line.u16(at + 2);
    line.print(", cksum 0x%04x ", stored);
    boolean isHeaderRight =
        type == REGISTER && line.has(at, REGISTER_HEADER) && isSumRight(at, REGISTER_HEADER);
    if (stored == 0 || (!isHeaderRight && !line.has(at, length))) {
      line.text("(unverified)");
    } else {
      line.text(isHeaderRight || isSumRight(at, length) ? "(correct)" : "(incorrect)");
    }
  }

  private boolean isSumRight(long at, long length) {
    Carrier carrier = line.carrier();
    return Checksum.isValid(
        carrier.isIpv6()
            ? carrier.sum(PROTOCOL, at, length)
            : Checksum.sum(line.frame(), at, length));
  }

  private void register() {
    long flags = line.u32(cursor.take(4));
    line.text(", Flags [ ");
    line.text(flags == BORDER ? "Border" : flags == NULL_REGISTER ? "Null" : "none");
    line.text(" ]\n\t");
    long at = cursor.at();
    if (cursor.rest() == 0) {
      line.cut();
    }
    int version = line.u8(at) >> 4;
    switch (version) {
      case 0 -> {
        if (line.needs(at + 12, 8)) {
          line.text("IP-Null-header ").ipv4(at + 12).text(" > ").ipv4(at + 16);
        }
      }
      case 4, 6 -> {
        int protocol = version == 4 ? IpProtocol.IPV4 : IpProtocol.IPV6;
        boolean _ = protocols.print(NumberSpace.IP_PROTOCOL, protocol, at, cursor.rest());
      }
      default -> line.print("IP ver %u", version);
    }
  }

  private void joinAndPrune(boolean hasNeighbor) {
    if (hasNeighbor) {
      cursor.unicast(", upstream-neighbor: ");
    }
    long head = cursor.take(4);
    int groups = line.needs(head, 4) ? line.u8(head + 1) : 0;
    int holdTime = line.u16(head + 2);
    line.print("\n\t  %u group(s)", groups);
    if (hasNeighbor) {
      line.text(", holdtime: ");
      if (holdTime == 0xFFFF) {
        line.text("infinite");
      } else {
        line.duration(holdTime);
      }
    }
    for (int i = 1; i <= groups && !line.isCut(); i++) {
      line.print("\n\t    group #%u: ", i);
      cursor.group("");
      long counts = cursor.take(4);
      int joined = line.needs(counts, 4) ? line.u16(counts) : 0;
      int pruned = line.u16(counts + 2);
      line.print(", joined sources: %u, pruned sources: %u", joined, pruned);
      sources("\n\t      joined source #%u: ", joined);
      sources("\n\t      pruned source #%u: ", pruned);
    }
  }

  private void sources(String before, int count) {
    for (int i = 1; i <= count && !line.isCut(); i++) {
      line.print(before, i);
      cursor.source();
    }
  }

  private void bootstrap() {
    line.print(" tag=%x", line.u16(cursor.take(2)));
    line.print(" hashmlen=%u", line.u8(cursor.take(1)));
    long priority = cursor.take(1);
    if (line.needs(priority, 2)) {
      line.print(" BSRprio=%u", line.u8(priority));
    }
    cursor.unicast(" BSR=");
    for (int i = 0; cursor.rest() > 0 && !line.isCut(); i++) {
      line.print(" (group%u: ", i);
      cursor.group("");
      line.print(" RPcnt=%u", line.u8(cursor.take(1)));
      int count = line.u8(cursor.take(1));
      line.print(" FRPcnt=%u", count);
      long _ = cursor.take(2);
      for (int k = 0; k < count && cursor.rest() > 0 && !line.isCut(); k++) {
        line.print(" RP%u=", k);
        cursor.unicast("");
        long holdTime = cursor.take(2);
        line.text(",holdtime=").duration(line.u16(holdTime));
        line.print(",prio=%u", line.u8(cursor.take(1)));
        long _ = cursor.take(1);
      }
      line.text(")");
    }
  }

  private void assertion() {
    cursor.group(" group=");
    cursor.unicast(" src=");
    long metric = cursor.take(8);
    if (line.needs(metric, 8)) {
      line.text(line.u8(metric) >= 0x80 ? " RPT" : "");
      line.print(" pref=%u metric=%u", line.u32(metric) & PREFERENCE, line.u32(metric + 4));
    }
  }

  private void candidate() {
    int count = line.u8(cursor.take(1));
    line.print(" prefix-cnt=%u", count);
    line.print(" prio=%u", line.u8(cursor.take(1)));
    long holdTime = cursor.take(2);
    line.text(" holdtime=").duration(line.u16(holdTime));
    cursor.unicast(" RP=");
    for (int i = 0; i < count && cursor.rest() > 0 && !line.isCut(); i++) {
      line.print(" Group%u=", i);
      cursor.group("");
    }
  }

  private void election(int kind) {
    line.text("\n\t  ").text(ELECTIONS.find(kind, "Unknown")).text(",");
    cursor.unicast(" rpa=");
    metric(" sender");
    if (kind == 3 || kind == 4) {
      String other = kind == 3 ? "offer" : "new winner";
      line.text("\n\t  ").text(other);
      cursor.unicast(" addr=");
      metric(kind == 3 ? " offer" : " new winner");
      if (kind == 3) {
        line.print(" interval %ums", line.u16(cursor.at()));
      }
    }
  }

  /// Prints a preference and a metric, also from beyond the message, as tcpdump does.
  private void metric(String before) {
    long at = cursor.at();
    long preference = line.u32(at);
    line.text(before).print(" pref=%u", preference);
    long metric = line.u32(at + 4);
    line.text(before).print(" metric=%u", metric);
    cursor.skip(8);
  }
}
