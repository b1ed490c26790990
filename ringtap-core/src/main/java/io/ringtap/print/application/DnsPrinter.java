package io.ringtap.print.application;

import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.DnsRecord;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import org.jspecify.annotations.Nullable;

/// DNS and multicast DNS: questions of a query, answers of a response; with `-vv` all sections,
/// with `-vvv` the times to live.
public final class DnsPrinter implements Protocol {
  private static final int ODD_QUERY_BITS = 0x06CF; // bits that only a response should set
  private static final int INVERSE_QUERY = 1; // operation (RFC 1035 §6.4)

  private static final Names OPERATIONS =
      Names.of(
          """
          1 inv_q
          2 stat
          3 op3
          4 notify
          5 update
          6 op6
          7 op7
          8 op8
          9 updateA
          10 updateD
          11 updateDA
          12 updateM
          13 updateMA
          14 zoneInit
          15 zoneRef\
          """);

  private static final Names RESPONSE_CODES =
      Names.of(
          """
          1 FormErr
          2 ServFail
          3 NXDomain
          4 NotImp
          5 Refused
          6 YXDomain
          7 YXRRSet
          8 NXRRSet
          9 NotAuth
          10 NotZone
          15 NoChange
          16 BadVers
          23 BadCookie\
          """);

  private final Line line;
  private final boolean isMulticast;
  private final DnsData data;

  /// @param isMulticast whether it prints multicast DNS (RFC 6762)
  public DnsPrinter(Line line, boolean isMulticast) {
    this.line = line;
    this.isMulticast = isMulticast;
    this.data = new DnsData(line);
  }

  @Override
  public void print(long message, long length) {
    line.enter("domain");
    if (length < DnsMessage.BYTES) {
      line.print("domain [length %u < 12]", length).invalid();
      return;
    }
    if (!DnsMessage.isWhole(line.frame(), message, line.end())) {
      line.mark("domain");
      return;
    }
    boolean isWhole =
        (DnsMessage.flags(line.frame(), message) & DnsMessage.RESPONSE) != 0
            ? response(message)
            : query(message);
    if (isWhole) {
      line.text(" (").number(length).text(")");
    } else {
      line.mark("domain");
    }
  }

  /// @return false if the message ends too early or is malformed
  private boolean query(long message) {
    int flags = DnsMessage.flags(line.frame(), message);
    operation(message);
    mark(flags, DnsMessage.RECURSION_DESIRED, "+");
    mark(flags, DnsMessage.CHECKING_DISABLED, "%");
    if ((flags & ODD_QUERY_BITS) != 0) {
      line.text(" [b2&3=").hex(flags, 1).text("]");
    }
    int questions = DnsMessage.questions(line.frame(), message);
    int answers = DnsMessage.answers(line.frame(), message);
    if (DnsMessage.opcode(line.frame(), message) == INVERSE_QUERY) {
      count(questions, 0, "q");
      count(answers, 1, "a");
    } else {
      count(answers, 0, "a");
      count(questions, 1, "q");
    }
    count(DnsMessage.authorities(line.frame(), message), 0, "n");
    count(DnsMessage.additionals(line.frame(), message), 0, "au");
    long at = message + DnsMessage.BYTES;
    for (int i = 0; i < questions; i++) {
      at = i > 0 && at >= line.end() ? -1 : question(message, at);
      if (at < 0) {
        return false;
      }
    }
    if (line.verbosity() > 1) {
      at = records(message, at, answers, "");
      at = moreRecords(message, at);
    }
    return at >= 0;
  }

  private void operation(long message) {
    line.number(DnsMessage.id(line.frame(), message));
    @Nullable String name = OPERATIONS.find(DnsMessage.opcode(line.frame(), message));
    if (name != null) {
      line.text(" ").text(name);
    }
  }

  private void mark(int flags, int flag, String sign) {
    if ((flags & flag) != 0) {
      line.text(sign);
    }
  }

  private void count(int count, int usual, String unit) {
    if (count != usual) {
      line.text(" [").number(count).text(unit).text("]");
    }
  }

  /// @return the offset of its end, or -1
  private long question(long message, long name) {
    long at = DnsMessage.skipName(line.frame(), name, line.end());
    if (at < 0 || !DnsRecord.isWholeQuestion(at, line.end())) {
      return -1;
    }
    line.text(" ");
    type(DnsRecord.type(line.frame(), at));
    int recordClass = DnsRecord.recordClass(line.frame(), at);
    recordClass(isMulticast ? recordClass & ~DnsMessage.MULTICAST_FLAG : recordClass);
    if (isMulticast) {
      line.text((recordClass & DnsMessage.MULTICAST_FLAG) != 0 ? " (QU)" : " (QM)");
    }
    line.text("? ");
    boolean isSound = DomainName.print(line, message, name);
    return isSound ? at + DnsRecord.QUESTION_BYTES : -1;
  }

  private boolean response(long message) {
    int flags = DnsMessage.flags(line.frame(), message);
    operation(message);
    responseCode(message);
    mark(flags, DnsMessage.AUTHORITATIVE, "*");
    line.text((flags & DnsMessage.RECURSION_AVAILABLE) == 0 ? "-" : "");
    mark(flags, DnsMessage.TRUNCATED, "|");
    mark(flags, DnsMessage.AUTHENTIC_DATA, "$");
    int questions = DnsMessage.questions(line.frame(), message);
    count(questions, 1, "q");
    long at = message + DnsMessage.BYTES;
    for (int i = 0; i < questions; i++) {
      line.text(i == 0 ? "" : ",");
      if (line.verbosity() > 1) {
        line.text(" q:");
        at = question(message, at);
      } else {
        at = DnsMessage.skipName(line.frame(), at, line.end());
        at = at < 0 ? at : at + DnsRecord.QUESTION_BYTES;
      }
      if (at < 0) {
        return false;
      }
    }
    int answers = DnsMessage.answers(line.frame(), message);
    line.text(" ").number(answers);
    line.text("/").number(DnsMessage.authorities(line.frame(), message));
    line.text("/").number(DnsMessage.additionals(line.frame(), message));
    at = records(message, at, answers, "");
    if (line.verbosity() > 1) {
      at = moreRecords(message, at);
    }
    return at >= 0;
  }

  /// The code of the header, with its upper bits from EDNS (RFC 6891 §6.1.3).
  private void responseCode(long message) {
    int code = DnsMessage.responseCode(line.frame(), message) | extendedCode(message) << 4;
    if (code == 0) {
      return;
    }
    // tcpdump has no space before these two.
    line.text(code == 17 || code == 21 ? "" : " ");
    line.name(RESPONSE_CODES.find(code), "Resp%u", code);
  }

  private int extendedCode(long message) {
    long at = message + DnsMessage.BYTES;
    for (int i = DnsMessage.questions(line.frame(), message); i > 0 && at >= 0; i--) {
      at = skip(at, DnsRecord.QUESTION_BYTES);
    }
    int records =
        DnsMessage.answers(line.frame(), message) + DnsMessage.authorities(line.frame(), message);
    for (int i = records; i > 0 && at >= 0; i--) {
      at = skipRecord(at);
    }
    for (int i = DnsMessage.additionals(line.frame(), message); i > 0 && at >= 0; i--) {
      long type = DnsMessage.skipName(line.frame(), at, line.end());
      if (type < 0 || !line.has(type, 5)) {
        return 0;
      }
      if (DnsRecord.type(line.frame(), type) == DnsRecord.OPT) {
        return line.u8(type + 4);
      }
      at = skipRecord(at);
    }
    return 0;
  }

  private long skip(long name, int bytes) {
    long at = DnsMessage.skipName(line.frame(), name, line.end());
    return at < 0 || at + bytes >= line.end() ? -1 : at + bytes;
  }

  private long skipRecord(long name) {
    long length = skip(name, DnsRecord.BYTES - 2);
    if (length < 0 || !line.has(length, 2)) {
      return -1;
    }
    long at = length + 2 + line.u16(length);
    return at >= line.end() ? -1 : at;
  }

  private long moreRecords(long message, long first) {
    int authorities = DnsMessage.authorities(line.frame(), message);
    int additionals = DnsMessage.additionals(line.frame(), message);
    long at = first;
    if (at >= 0 && authorities > 0) {
      at = at < line.end() ? records(message, at, authorities, " ns:") : -1;
    }
    if (at >= 0 && additionals > 0) {
      at = at < line.end() ? records(message, at, additionals, " ar:") : -1;
    }
    return at;
  }

  /// @param first the offset of the first, or -1
  /// @return the offset after the last, or -1
  private long records(long message, long first, int count, String before) {
    long at = first;
    for (int i = 0; i < count && at >= 0; i++) {
      if (i > 0 && at >= line.end()) {
        return -1;
      }
      line.text(i == 0 ? before : ",");
      at = record(message, at);
    }
    return at;
  }

  /// @return the offset of its end, or -1; the end of the packet if its header is not there
  private long record(long message, long name) {
    if (line.isVerbose()) {
      line.text(" ");
      if (!DomainName.print(line, message, name)) {
        return -1;
      }
    }
    long at = DnsMessage.skipName(line.frame(), name, line.end());
    if (at < 0 || !line.has(at, DnsRecord.BYTES)) {
      return line.end();
    }
    int type = DnsRecord.type(line.frame(), at);
    int recordClass = DnsRecord.recordClass(line.frame(), at);
    if (type != DnsRecord.OPT) {
      recordClass(isMulticast ? recordClass & ~DnsMessage.MULTICAST_FLAG : recordClass);
    }
    if (isMulticast && (recordClass & DnsMessage.MULTICAST_FLAG) != 0) {
      line.text(" (Cache flush)");
    }
    if (type != DnsRecord.OPT && line.verbosity() > 2) {
      line.text(" [").duration(DnsRecord.timeToLive(line.frame(), at)).text("]");
    }
    line.text(" ");
    type(type);
    long end = at + DnsRecord.BYTES + DnsRecord.dataLength(line.frame(), at);
    boolean isSound = end <= line.end() && data.print(message, type, at, end);
    return isSound ? end : -1;
  }

  private void type(int type) {
    line.name(DnsRecord.typeWord(type), "Type%u", type);
  }

  private void recordClass(int recordClass) {
    switch (recordClass) {
      case DnsRecord.CLASS_INTERNET -> {}
      case 3 -> line.text(" CHAOS");
      case 4 -> line.text(" HS");
      case 255 -> line.text(" ANY");
      default -> line.text(" (Class ").number(recordClass).text(")");
    }
  }
}
