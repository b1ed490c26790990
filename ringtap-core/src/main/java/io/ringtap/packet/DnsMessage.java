package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A DNS message where it lies (RFC 1035 §4). Check [#isWhole] once, then read the header; read
/// what follows with [#skipName] and the checks of [DnsRecord].
///
/// ```
///                                 1  1  1  1  1  1
///   0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                      ID                       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |  number of questions, of answers, of records  |
/// |  about authority, of additional records       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |  names of labels, each question with type and |
/// |  class, each record as DnsRecord has it       |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// ```
public final class DnsMessage {
  /// The header, without questions and records.
  public static final int BYTES = 12;

  /// Offset of the identifier.
  public static final int ID = 0;

  /// Offset of flags, opcode and response code.
  public static final int FLAGS = 2;

  /// Offset of the number of questions.
  public static final int QUESTIONS = 4;

  /// Offset of the number of answers.
  public static final int ANSWERS = 6;

  /// Offset of the number of authority records.
  public static final int AUTHORITIES = 8;

  /// Offset of the number of additional records.
  public static final int ADDITIONALS = 10;

  /// The UDP and TCP port of DNS (RFC 1035 §4.2).
  public static final int PORT = 53;

  /// The UDP port of multicast DNS (RFC 6762 §3).
  public static final int MULTICAST_PORT = 5353;

  /// The highest bit of a class in multicast DNS: a unicast response is accepted (RFC 6762 §5.4),
  /// or older records are to be flushed from caches (§10.2).
  public static final int MULTICAST_FLAG = 0x8000;

  /// The QR flag: the message is a response, not a query (RFC 1035 §4.1.1, as the next four).
  public static final int RESPONSE = 0x8000;

  /// The AA flag: the server that responds is an authority for the name.
  public static final int AUTHORITATIVE = 0x0400;

  /// The TC flag: the message was too long for its transport and was cut.
  public static final int TRUNCATED = 0x0200;

  /// The RD flag: the server is asked to resolve the name in full. A response copies it.
  public static final int RECURSION_DESIRED = 0x0100;

  /// The RA flag of a response: the server does resolve names in full.
  public static final int RECURSION_AVAILABLE = 0x0080;

  /// The AD flag of a response: by DNSSEC its answers and authority records are authentic (RFC 4035
  /// §3.2.3).
  public static final int AUTHENTIC_DATA = 0x0020;

  /// The CD flag of a query: the server need not check DNSSEC signatures (RFC 4035 §3.2.2).
  public static final int CHECKING_DISABLED = 0x0010;

  private static final int POINTER = 0xC0;
  private static final int MAX_NAME = 255; // bytes, RFC 1035 §2.3.4

  private DnsMessage() {}

  /// Whether `[offset, end)` holds the header.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end)
        ? null
        : Malformed.cutShort("DNS header", BYTES, offset, end);
  }

  /// The identifier, 0 to 65 535; a response repeats that of its query.
  public static int id(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ID);
  }

  /// The second word: [#RESPONSE] to [#CHECKING_DISABLED], opcode and response code among them.
  public static int flags(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + FLAGS);
  }

  /// The opcode: 0 for a query, 4 for a notification, 5 for an update.
  public static int opcode(MemorySegment frame, long offset) {
    return flags(frame, offset) >>> 11 & 0xF;
  }

  /// The response code: 0 for success, 3 for a name that does not exist.
  public static int responseCode(MemorySegment frame, long offset) {
    return flags(frame, offset) & 0xF;
  }

  /// The number of questions (QDCOUNT), 0 to 65 535.
  public static int questions(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + QUESTIONS);
  }

  /// The number of answer records (ANCOUNT), 0 to 65 535.
  public static int answers(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ANSWERS);
  }

  /// The number of authority records (NSCOUNT), 0 to 65 535.
  public static int authorities(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + AUTHORITIES);
  }

  /// The number of additional records (ARCOUNT), 0 to 65 535.
  public static int additionals(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ADDITIONALS);
  }

  /// The offset after the name at `name`, or -1 if the name passes `end` or has labels of an
  /// unknown kind. Pointers are not followed.
  public static long skipName(MemorySegment frame, long name, long end) {
    long at = name;
    while (at < end && at - name < MAX_NAME) {
      int length = NetworkOrder.unsignedByte(frame, at);
      if (length >= POINTER) {
        return end - at >= 2 ? at + 2 : -1;
      }
      if (length >= 64) {
        return -1;
      }
      at += 1 + length;
      if (length == 0) {
        return at;
      }
    }
    return -1;
  }

  /// Appends the name at `name`, with a dot after each label and `.` for the root.
  ///
  /// A dot or backslash in a label is escaped by a backslash; a byte that is not printable ASCII
  /// becomes `\` and three decimal digits (RFC 4343 §2.1), so no control character reaches a
  /// terminal. Each pointer must point before everything read so far, as all writers do, so every
  /// name ends.
  ///
  /// @param message the offset of the header: pointers count from there
  /// @return false if the name is malformed or passes `end`; its beginning is then appended
  public static boolean appendName(
      StringBuilder to, MemorySegment frame, long message, long name, long end) {
    long at = name;
    long earliest = name;
    int total = 0;
    while (at < end) {
      int length = NetworkOrder.unsignedByte(frame, at);
      if (length == 0) {
        if (total == 0) {
          to.append('.');
        }
        return true;
      }
      if (length >= POINTER) {
        if (end - at < 2) {
          return false;
        }
        long target = message + (NetworkOrder.unsignedShort(frame, at) & 0x3FFF);
        if (target >= earliest) {
          return false;
        }
        earliest = target;
        at = target;
        continue;
      }
      total += 1 + length;
      if (length >= 64 || total >= MAX_NAME || length >= end - at) {
        return false;
      }
      for (long i = at + 1; i <= at + length; i++) {
        appendLabelByte(to, NetworkOrder.unsignedByte(frame, i));
      }
      to.append('.');
      at += 1 + length;
    }
    return false;
  }

  private static void appendLabelByte(StringBuilder to, int value) {
    if (value < ' ' || value > '~') {
      to.append('\\');
      to.append((char) ('0' + value / 100));
      to.append((char) ('0' + value / 10 % 10));
      to.append((char) ('0' + value % 10));
    } else {
      if (value == '.' || value == '\\') {
        to.append('\\');
      }
      to.append((char) value);
    }
  }
}
