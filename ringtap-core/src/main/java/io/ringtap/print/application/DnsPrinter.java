package io.ringtap.print.application;

import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.DnsRecord;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import org.jspecify.annotations.Nullable;

/// DNS and multicast DNS: questions of a query, answers of a response.
public final class DnsPrinter implements Protocol {
  private static final int ODD_QUERY_BITS = 0x06CF; // bits that only a response should set
  private static final int DNSSEC_OK = 0x8000; // of EDNS (RFC 3225 §3)

  private final Line line;
  private final boolean isMulticast;

  /// @param isMulticast whether it prints multicast DNS (RFC 6762)
  public DnsPrinter(Line line, boolean isMulticast) {
    this.line = line;
    this.isMulticast = isMulticast;
  }

  @Override
  public void print(long message, long length) {
    line.enter("domain");
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
    line.number(DnsMessage.id(line.frame(), message));
    line.text(opcode(DnsMessage.opcode(line.frame(), message)));
    mark(flags, DnsMessage.RECURSION_DESIRED, "+");
    mark(flags, DnsMessage.CHECKING_DISABLED, "%");
    if ((flags & ODD_QUERY_BITS) != 0) {
      line.text(" [b2&3=").hex(flags, 1).text("]");
    }
    int questions = DnsMessage.questions(line.frame(), message);
    count(DnsMessage.answers(line.frame(), message), 0, "a");
    count(questions, 1, "q");
    count(DnsMessage.authorities(line.frame(), message), 0, "n");
    count(DnsMessage.additionals(line.frame(), message), 0, "au");
    long at = message + DnsMessage.BYTES;
    for (int i = 0; i < questions; i++) {
      at = question(message, at);
      if (at < 0) {
        return false;
      }
    }
    return true;
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
    boolean isSound = name(message, name);
    return isSound ? at + DnsRecord.QUESTION_BYTES : -1;
  }

  private boolean name(long message, long at) {
    return DomainName.print(line, message, at);
  }

  private boolean response(long message) {
    int flags = DnsMessage.flags(line.frame(), message);
    line.number(DnsMessage.id(line.frame(), message));
    line.text(opcode(DnsMessage.opcode(line.frame(), message)));
    line.text(responseCode(DnsMessage.responseCode(line.frame(), message)));
    mark(flags, DnsMessage.AUTHORITATIVE, "*");
    line.text((flags & DnsMessage.RECURSION_AVAILABLE) == 0 ? "-" : "");
    mark(flags, DnsMessage.TRUNCATED, "|");
    mark(flags, DnsMessage.AUTHENTIC_DATA, "$");
    int questions = DnsMessage.questions(line.frame(), message);
    count(questions, 1, "q");
    long at = message + DnsMessage.BYTES;
    for (int i = 0; i < questions; i++) {
      at = DnsMessage.skipName(line.frame(), at, line.end());
      if (at < 0 || !DnsRecord.isWholeQuestion(at, line.end())) {
        return false;
      }
      at += DnsRecord.QUESTION_BYTES;
    }
    int answers = DnsMessage.answers(line.frame(), message);
    line.text(" ").number(answers);
    line.text("/").number(DnsMessage.authorities(line.frame(), message));
    line.text("/").number(DnsMessage.additionals(line.frame(), message));
    for (int i = 0; i < answers; i++) {
      line.text(i == 0 ? "" : ",");
      at = record(message, at);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  /// @return the offset of its end, or -1
  private long record(long message, long name) {
    long at = DnsMessage.skipName(line.frame(), name, line.end());
    if (at < 0 || !DnsRecord.isWhole(line.frame(), at, line.end())) {
      return -1;
    }
    if (line.isVerbose()) {
      line.text(" ");
      if (!name(message, name)) {
        return -1;
      }
    }
    int type = DnsRecord.type(line.frame(), at);
    int recordClass = DnsRecord.recordClass(line.frame(), at);
    if (type != DnsRecord.OPT) {
      recordClass(isMulticast ? recordClass & ~DnsMessage.MULTICAST_FLAG : recordClass);
      if (isMulticast && (recordClass & DnsMessage.MULTICAST_FLAG) != 0) {
        line.text(" (Cache flush)");
      }
    }
    line.text(" ");
    type(type);
    int length = DnsRecord.dataLength(line.frame(), at);
    boolean isSound = data(message, type, at, length);
    return isSound ? at + DnsRecord.BYTES + length : -1;
  }

  /// @param at the offset of the record's type
  private boolean data(long message, int type, long at, int length) {
    long data = at + DnsRecord.BYTES;
    return switch (type) {
      case DnsRecord.A -> {
        boolean isSound = length == 4;
        if (isSound) {
          line.text(" ").ipv4(data);
        }
        yield isSound;
      }
      case DnsRecord.AAAA -> {
        boolean isSound = length == 16;
        if (isSound) {
          line.text(" ").ipv6(data);
        }
        yield isSound;
      }
      case DnsRecord.NS, DnsRecord.CNAME, DnsRecord.PTR -> {
        line.text(" ");
        yield name(message, data);
      }
      case DnsRecord.MX -> {
        line.text(" ");
        boolean isSound = length > 2 && name(message, data + 2);
        if (isSound) {
          line.text(" ").number(line.u16(data));
        }
        yield isSound;
      }
      case DnsRecord.TXT -> strings(data, data + length);
      case DnsRecord.SRV -> service(message, data, length);
      case DnsRecord.SOA -> !line.isVerbose() || authority(message, data);
      case DnsRecord.OPT -> {
        line.text(" UDPsize=").number(DnsRecord.recordClass(line.frame(), at));
        mark((int) DnsRecord.timeToLive(line.frame(), at), DNSSEC_OK, " DO");
        yield true;
      }
      default -> true;
    };
  }

  private boolean strings(long first, long end) {
    long at = first;
    while (at < end) {
      int length = line.u8(at);
      if (length > end - at - 1) {
        return false;
      }
      line.text(" \"");
      for (long i = at + 1; i <= at + length; i++) {
        line.visible(line.u8(i));
      }
      line.text("\"");
      at += 1 + length;
    }
    return true;
  }

  private boolean service(long message, long data, int length) {
    line.text(" ");
    if (length <= 6 || !name(message, data + 6)) {
      return false;
    }
    line.text(":").number(line.u16(data + 4));
    line.text(" ").number(line.u16(data)).text(" ").number(line.u16(data + 2));
    return true;
  }

  private boolean authority(long message, long data) {
    long mailbox = DnsMessage.skipName(line.frame(), data, line.end());
    long numbers = mailbox < 0 ? -1 : DnsMessage.skipName(line.frame(), mailbox, line.end());
    if (numbers < 0 || !line.has(numbers, 20)) {
      return false;
    }
    line.text(" ");
    boolean isSound = name(message, data);
    line.text(" ");
    isSound &= name(message, mailbox);
    for (int i = 0; i < 5; i++) {
      line.text(" ").number(line.u32(numbers + i * 4L));
    }
    return isSound;
  }

  private void type(int type) {
    @Nullable String word = DnsRecord.typeWord(type);
    if (word == null) {
      line.text("Type").number(type);
    } else {
      line.text(word);
    }
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

  private static String opcode(int opcode) {
    return switch (opcode) {
      case 0 -> "";
      case 1 -> " inv_q";
      case 2 -> " stat";
      case 4 -> " notify";
      case 5 -> " update";
      default -> " op" + opcode;
    };
  }

  private static String responseCode(int code) {
    return switch (code) {
      case 0 -> "";
      case 1 -> " FormErr";
      case 2 -> " ServFail";
      case 3 -> " NXDomain";
      case 4 -> " NotImp";
      case 5 -> " Refused";
      case 6 -> " YXDomain";
      case 7 -> " YXRRSet";
      case 8 -> " NXRRSet";
      case 9 -> " NotAuth";
      case 10 -> " NotZone";
      default -> " Resp" + code;
    };
  }
}
