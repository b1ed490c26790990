package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What follows the name of a DNS question or record (RFC 1035 §4.1.2, §4.1.3), where it lies. A
/// question has only type and class. Check [#isWholeQuestion] or [#isWhole] once, then read.
///
/// ```
///                                 1  1  1  1  1  1
///   0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                     TYPE                      |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                     CLASS                     |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                      TTL                      |
/// |                                               |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                   RDLENGTH                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                     RDATA                     |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// ```
public final class DnsRecord {
  /// Without the data.
  public static final int BYTES = 10;

  /// A question's type and class.
  public static final int QUESTION_BYTES = 4;

  /// Type: an IPv4 address (RFC 1035 §3.4.1).
  public static final int A = 1;

  /// Type: the name of an authoritative server (RFC 1035 §3.3.11).
  public static final int NS = 2;

  /// Type: the canonical name of an alias (RFC 1035 §3.3.1).
  public static final int CNAME = 5;

  /// Type: the start of a zone of authority (RFC 1035 §3.3.13).
  public static final int SOA = 6;

  /// Type: another name, as in the reverse lookup of an address (RFC 1035 §3.3.12).
  public static final int PTR = 12;

  /// Type: a mail exchange with its preference (RFC 1035 §3.3.9).
  public static final int MX = 15;

  /// Type: strings of text (RFC 1035 §3.3.14).
  public static final int TXT = 16;

  /// Type: an IPv6 address (RFC 3596 §2.1).
  public static final int AAAA = 28;

  /// Type: the host and port of a service (RFC 2782).
  public static final int SRV = 33;

  /// Type: another name for a whole subtree (RFC 6672).
  public static final int DNAME = 39;

  /// EDNS (RFC 6891 §6.1.2): the class is a size in bytes, the TTL is flags.
  public static final int OPT = 41;

  /// The class IN, of the Internet (RFC 1035 §3.2.4).
  public static final int CLASS_INTERNET = 1;

  private DnsRecord() {}

  /// Whether `[offset, end)` holds a question's type and class.
  public static boolean isWholeQuestion(long offset, long end) {
    return end - offset >= QUESTION_BYTES;
  }

  /// Whether `[offset, end)` holds the record with its data.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES && end - offset - BYTES >= dataLength(frame, offset);
  }

  /// The type of the question or record, 0 to 65 535: [#A] to [#OPT], or another.
  public static int type(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset);
  }

  /// The class, or what EDNS and multicast DNS use this field for.
  public static int recordClass(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + 2);
  }

  /// Seconds for which the record may be cached.
  public static long timeToLive(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedWord(frame, offset + 4);
  }

  /// The length of the data in bytes; the data begins at `offset + BYTES`.
  public static int dataLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + 8);
  }

  /// The name of a type, such as `A` or `AAAA`, or null if it is not known here.
  public static @Nullable String typeWord(int type) {
    return switch (type) {
      case A -> "A";
      case NS -> "NS";
      case 3 -> "MD";
      case 4 -> "MF";
      case CNAME -> "CNAME";
      case SOA -> "SOA";
      case 7 -> "MB";
      case 8 -> "MG";
      case 9 -> "MR";
      case 10 -> "NULL";
      case 11 -> "WKS";
      case PTR -> "PTR";
      case 13 -> "HINFO";
      case 14 -> "MINFO";
      case MX -> "MX";
      case TXT -> "TXT";
      case 17 -> "RP";
      case 18 -> "AFSDB";
      case 19 -> "X25";
      case 20 -> "ISDN";
      case 21 -> "RT";
      case 22 -> "NSAP";
      case 23 -> "NSAP_PTR";
      case 24 -> "SIG";
      case 25 -> "KEY";
      case 26 -> "PX";
      case 27 -> "GPOS";
      case AAAA -> "AAAA";
      case 29 -> "LOC";
      case 30 -> "NXT";
      case 31 -> "EID";
      case 32 -> "NIMLOC";
      case SRV -> "SRV";
      case 34 -> "ATMA";
      case 35 -> "NAPTR";
      case 36 -> "KX";
      case 37 -> "CERT";
      case 38 -> "A6";
      case DNAME -> "DNAME";
      case 40 -> "SINK";
      case OPT -> "OPT";
      case 42 -> "APL";
      case 43 -> "DS";
      case 44 -> "SSHFP";
      case 45 -> "IPSECKEY";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 51 -> "NSEC3PARAM";
      case 52 -> "TLSA";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 99 -> "SPF";
      case 100 -> "UINFO";
      case 101 -> "UID";
      case 102 -> "GID";
      case 103 -> "UNSPEC";
      case 104 -> "UNSPECA";
      case 249 -> "TKEY";
      case 250 -> "TSIG";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 253 -> "MAILB";
      case 254 -> "MAILA";
      case 255 -> "ANY";
      case 256 -> "URI";
      case 257 -> "CAA";
      default -> null;
    };
  }
}
