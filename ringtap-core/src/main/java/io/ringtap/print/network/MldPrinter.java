package io.ringtap.print.network;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Multicast listener discovery, versions 1 and 2 (RFC 2710, RFC 3810), which ICMPv6 carries.
final class MldPrinter {
  private static final int VERSION_1 = 24; // bytes of a message
  private static final int QUERY = 28; // bytes before the sources of version 2
  private static final int RECORD = 20; // bytes before its sources
  private static final int ADDRESS = 16;

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

  MldPrinter(Line line) {
    this.line = line;
  }

  void query(long at, long length) {
    if (length == VERSION_1) {
      message(at);
    } else if (length >= QUERY) {
      line.text(" v2");
      query2(at, length);
    } else {
      line.print(" unknown-version (len %u) ", length);
    }
  }

  /// A message of version 1.
  void message(long at) {
    if (line.has(at, VERSION_1)) {
      line.print("max resp delay: %u addr: ", line.u16(at + 4)).ipv6(at + 8);
    }
  }

  private void query2(long at, long length) {
    int code = line.u16(at + 4);
    if (line.isVerbose()) {
      line.print(
          " [max resp delay=%u]",
          code < 0x8000 ? code : (long) ((code & 0xFFF) | 0x1000) << ((code >> 12 & 7) + 3));
    }
    if (!line.needs(at + 8, ADDRESS)) {
      return;
    }
    line.text(" [gaddr ").ipv6(at + 8);
    if (line.isVerbose()) {
      int flags = line.u8(at + 24);
      line.text((flags & 8) != 0 ? " sflag" : "");
      if ((flags & 7) != 0) {
        line.print(" robustness=%u", flags & 7);
      }
      int interval = line.u8(at + 25);
      line.print(
          " qqi=%u",
          interval < 0x80 ? interval : ((interval & 0xF) | 0x10) << ((interval >> 4 & 7) + 3));
    }
    int sources = line.u16(at + 26);
    if (sources > 0) {
      if (length < QUERY + (long) sources * ADDRESS) {
        line.text(" [invalid number of sources]");
      } else {
        sources(at + QUERY, sources);
      }
    }
    line.text("]");
  }

  void report(long at, long length) {
    if (length < 8) {
      line.print(" [invalid len %u]", length);
      return;
    }
    int records = line.u16(at + 6);
    line.print(", %u group record(s)", records);
    long record = 8;
    for (int i = 0; line.isVerbose() && i < records && !line.isCut(); i++) {
      if (length < record + RECORD) {
        line.text(" [invalid number of groups]");
        return;
      }
      int type = line.needs(at + record, RECORD) ? line.u8(at + record) : 0;
      line.text(" [gaddr ").ipv6(at + record + 4).text(" ");
      line.name(RECORDS.find(type), " [v2-report-#%u]", type);
      int sources = line.u16(at + record + 2);
      if (length < record + RECORD + (long) sources * ADDRESS) {
        line.print(" [invalid number of sources %u]", sources);
        return;
      }
      sources(at + record + RECORD, sources);
      line.text("]");
      record += RECORD + (long) sources * ADDRESS;
    }
  }

  private void sources(long first, int count) {
    if (line.verbosity() <= 1) {
      line.print(", %u source(s)", count);
      return;
    }
    line.text(" {");
    for (int i = 0; i < count && line.needs(first + (long) i * ADDRESS, ADDRESS); i++) {
      line.text(" ").ipv6(first + (long) i * ADDRESS);
    }
    line.text(" }");
  }
}
