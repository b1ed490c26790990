package io.ringtap.print.application;

import io.ringtap.packet.DnsMessage;
import io.ringtap.packet.DnsRecord;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;

/// The data of a DNS record, by its type.
final class DnsData {
  private static final int URI = 256; // RFC 7553
  private static final int TSIG = 250; // RFC 8945
  private static final int DNSSEC_OK = 0x8000; // of EDNS (RFC 3225 §3)

  private final Line line;
  private final EdnsOptions options;

  DnsData(Line line) {
    this.line = line;
    this.options = new EdnsOptions(line);
  }

  /// Prints it.
  ///
  /// @param record the offset of the record's type
  /// @param end the offset after the data, which was captured
  /// @return false if it is malformed
  boolean print(long message, int type, long record, long end) {
    long data = record + DnsRecord.BYTES;
    return switch (type) {
      case DnsRecord.A -> {
        boolean isThere = line.has(data, 4);
        if (isThere) {
          line.text(" ").ipv4(data);
        }
        yield isThere;
      }
      case DnsRecord.AAAA -> {
        boolean isThere = line.has(data, 16);
        if (isThere) {
          line.text(" ").ipv6(data);
        }
        yield isThere;
      }
      case DnsRecord.NS, DnsRecord.CNAME, DnsRecord.PTR, DnsRecord.DNAME -> name(message, data);
      case DnsRecord.MX -> {
        boolean isSound = name(message, data + 2);
        if (isSound) {
          line.print(" %u", line.u16(data));
        }
        yield isSound;
      }
      case DnsRecord.TXT -> strings(data, end);
      case DnsRecord.SRV -> service(message, data);
      case DnsRecord.SOA -> !line.isVerbose() || authority(message, data);
      case DnsRecord.OPT -> {
        line.print(" UDPsize=%u", DnsRecord.recordClass(line.frame(), record));
        boolean isSecure = (DnsRecord.timeToLive(line.frame(), record) & DNSSEC_OK) != 0;
        line.text(isSecure ? " DO" : "");
        yield options.print(data, end);
      }
      case URI -> {
        boolean isThere = end - data >= 4;
        if (isThere) {
          line.print(" %u %u ", line.u16(data), line.u16(data + 2));
          visible(data + 4, end);
        }
        yield isThere;
      }
      case TSIG -> !line.isVerbose() || signature(message, data);
      default -> true;
    };
  }

  private boolean name(long message, long at) {
    line.text(" ");
    return DomainName.print(line, message, at);
  }

  private boolean strings(long first, long end) {
    long at = first;
    while (at < end) {
      line.text(" \"");
      if (!line.has(at, 1)) {
        return false;
      }
      long next = at + 1 + line.u8(at);
      if (!visible(at + 1, next)) {
        return false;
      }
      line.text("\"");
      at = next;
    }
    return true;
  }

  private boolean visible(long first, long end) {
    for (long at = first; at < end; at++) {
      if (!line.has(at, 1)) {
        return false;
      }
      line.visible(line.u8(at));
    }
    return true;
  }

  private boolean service(long message, long data) {
    if (!line.has(data, 6)) {
      line.text(" ");
      return false;
    }
    if (!name(message, data + 6)) {
      return false;
    }
    line.print(":%u %u %u", line.u16(data + 4), line.u16(data), line.u16(data + 2));
    return true;
  }

  private boolean authority(long message, long data) {
    if (!name(message, data)) {
      return false;
    }
    long mailbox = DnsMessage.skipName(line.frame(), data, line.end());
    if (mailbox < 0 || !name(message, mailbox)) {
      return false;
    }
    long numbers = DnsMessage.skipName(line.frame(), mailbox, line.end());
    if (numbers < 0 || !line.has(numbers, 20)) {
      return false;
    }
    for (int i = 0; i < 5; i++) {
      line.print(" %u", line.u32(numbers + i * 4L));
    }
    return true;
  }

  /// A signature of the transaction: all but the signature itself.
  private boolean signature(long message, long data) {
    if (!name(message, data)) {
      return false;
    }
    long at = DnsMessage.skipName(line.frame(), data, line.end()) + 6;
    if (!line.has(at, 4)) {
      return false;
    }
    line.print(" fudge=%u maclen=%u", line.u16(at), line.u16(at + 2));
    at += 4 + line.u16(at + 2);
    if (!line.has(at, 6)) {
      return false;
    }
    line.print(" origid=%u error=%u", line.u16(at), line.u16(at + 2));
    line.print(" otherlen=%u", line.u16(at + 4));
    return true;
  }
}
