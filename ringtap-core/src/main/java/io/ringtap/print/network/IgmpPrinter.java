package io.ringtap.print.network;

import io.ringtap.packet.Checksum;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// IGMP, versions 1 to 3 (RFC 2236, RFC 3376).
public final class IgmpPrinter implements Protocol {
  private static final int BYTES = 8;
  private static final int QUERY_3 = 12; // bytes before the sources

  private static final Names RECORDS =
      Names.of(
          """
          1 is_in
          2 is_ex
          3 to_in
          4 to_ex
          5 allow
          6 block\
          """);

  private final Line line;

  public IgmpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    if (!line.carrier().isVersion(4, "IGMP")) {
      return;
    }
    line.enter("igmp");
    if (line.isQuiet()) {
      line.text("igmp");
      return;
    }
    int type = line.u8(at);
    switch (type) {
      case 0x11 -> query(at, length);
      case 0x12 -> {
        named("igmp v1 report ", at + 4);
        wrongLength(length);
      }
      case 0x16 -> named("igmp v2 report ", at + 4);
      case 0x17 -> named("igmp leave ", at + 4);
      case 0x22 -> report(at, length);
      default -> line.print("igmp-%u", type);
    }
    if (line.isVerbose() && line.has(at, length)) {
      if (!Checksum.isValid(Checksum.sum(line.frame(), at, length))) {
        line.print(" bad igmp cksum %x!", line.u16(at + 2));
      }
    }
  }

  private void named(String before, long address) {
    if (line.needs(address, 4)) {
      line.text(before).ipv4(address);
    }
  }

  private void wrongLength(long length) {
    if (length != BYTES) {
      line.print(" [len %u]", length);
    }
  }

  private void query(long at, long length) {
    line.text("igmp query");
    if (length >= QUERY_3) {
      query3(at, length);
      return;
    }
    int time = line.u8(at + 1);
    line.text(time == 0 ? " v1" : " v2");
    if (time != 0 && time != 100) {
      line.print(" [max resp time %u]", time);
    }
    if (line.u32(at + 4) != 0) {
      named(" [gaddr ", at + 4);
      line.text("]");
    }
    wrongLength(length);
  }

  private void query3(long at, long length) {
    line.text(" v3");
    if ((length & 3) != 0) {
      line.print(" [invalid len %u]", length);
      return;
    }
    int code = line.u8(at + 1);
    if (code != 100) {
      int tenths = code < 0x80 ? code : ((code & 0xF) | 0x10) << ((code >> 4 & 7) + 3);
      line.text(" [max resp time ");
      if (tenths < 600) {
        line.print("%u.%us", tenths / 10, tenths % 10);
      } else {
        line.print("%um", tenths / 600);
        if (tenths % 600 != 0) {
          line.print("%us", tenths % 600 / 10);
        }
      }
      line.text("]");
    }
    if (line.u32(at + 4) == 0) {
      return;
    }
    named(" [gaddr ", at + 4);
    int sources = line.u16(at + 10);
    if (sources > 0) {
      if (length < QUERY_3 + sources * 4L) {
        line.text(" [invalid number of sources]");
      } else {
        sources(at + QUERY_3, sources);
      }
    }
    line.text("]");
  }

  private void report(long at, long length) {
    line.text("igmp v3 report");
    if (length < 16 || (length & 3) != 0) {
      line.print(" [invalid len %u]", length);
      return;
    }
    int records = line.u16(at + 6);
    line.print(", %u group record(s)", records);
    long record = BYTES;
    for (int i = 0; line.isVerbose() && i < records && !line.isCut(); i++) {
      if (length < record + 8) {
        line.text(" [invalid number of groups]");
        return;
      }
      named(" [gaddr ", at + record + 4);
      int type = line.u8(at + record);
      line.text(" ").name(RECORDS.find(type), " [v3-report-#%u]", type);
      int sources = line.u16(at + record + 2);
      if (length < record + 8 + sources * 4L) {
        line.print(" [invalid number of sources %u]", sources);
        return;
      }
      sources(at + record + 8, sources);
      line.text("]");
      record += 8 + sources * 4L;
    }
  }

  private void sources(long first, int count) {
    if (line.verbosity() <= 1) {
      line.print(", %u source(s)", count);
      return;
    }
    line.text(" {");
    for (int i = 0; i < count && line.needs(first + i * 4L, 4); i++) {
      line.text(" ").ipv4(first + i * 4L);
    }
    line.text(" }");
  }
}
