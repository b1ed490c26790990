package io.ringtap.print.application;

import io.ringtap.packet.IpAddress;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of EDNS (RFC 6891 §6.1.2).
final class EdnsOptions {
  private static final int ALGORITHMS = 5; // RFC 6975
  private static final int DIGESTS = 6;
  private static final int NSEC3_HASHES = 7;
  private static final int CLIENT_SUBNET = 8; // RFC 7871
  private static final int EXPIRE = 9; // RFC 7314
  private static final int COOKIE = 10; // RFC 7873
  private static final int KEEPALIVE = 11; // RFC 7828
  private static final int PADDING = 12; // RFC 7830
  private static final int CHAIN = 13; // RFC 7901
  private static final int KEY_TAG = 14; // RFC 8145

  private static final Names CODES =
      Names.of(
          """
          1 LLQ
          2 UL
          3 NSID
          5 DAU
          6 DHU
          7 N3U
          8 ECS
          9 EXPIRE
          10 COOKIE
          11 KEEPALIVE
          12 PADDING
          13 CHAIN
          14 KEY-TAG
          16 CLIENT-TAG
          17 SERVER-TAG\
          """);

  private static final Names ALGORITHM_NAMES =
      Names.of(
          """
          0 DELETE
          1 RSAMD5
          2 DH
          3 DS
          5 RSASHA1
          6 DSA-NSEC3-SHA1
          7 RSASHA1-NSEC3-SHA1
          8 RSASHA256
          10 RSASHA512
          12 ECC-GOST
          13 ECDSAP256SHA256
          14 ECDSAP384SHA384
          15 ED25519
          16 ED448
          252 INDIRECT
          253 PRIVATEDNS
          254 PRIVATEOID\
          """);

  private static final Names DIGEST_NAMES =
      Names.of(
          """
          1 SHA-1
          2 SHA-256
          3 GOST_R_34.11-94
          4 SHA-384\
          """);

  private static final Names HASH_NAMES = Names.of("1 SHA-1");

  private final Line line;

  EdnsOptions(Line line) {
    this.line = line;
  }

  /// Prints the options in `[first, end)`.
  ///
  /// @return false if one of them was not captured whole
  boolean print(long first, long end) {
    if (first >= end) {
      return true;
    }
    line.text(" [");
    for (long at = first; at < end; ) {
      if (!line.has(at, 2)) {
        return false;
      }
      int code = line.u16(at);
      line.name(CODES.find(code), "Opt%u", code);
      int length = line.has(at + 2, 2) ? line.u16(at + 2) : 0;
      if (!line.has(at, 4L + length)) {
        return false;
      }
      if (length > 0) {
        line.text(" ");
        option(code, at + 4, length);
      }
      at += 4L + length;
      line.text(at < end ? "," : "");
    }
    line.text("]");
    return true;
  }

  private void option(int code, long at, int length) {
    switch (code) {
      case ALGORITHMS -> names(ALGORITHM_NAMES, at, length);
      case DIGESTS -> names(DIGEST_NAMES, at, length);
      case NSEC3_HASHES -> names(HASH_NAMES, at, length);
      case CLIENT_SUBNET -> subnet(at, length);
      case EXPIRE -> {
        if (isValid(length == 4)) {
          line.print("%u sec", line.u32(at));
        }
      }
      case COOKIE -> {
        if (isValid(length == 8 || (length >= 16 && length <= 40))) {
          line.hexBytes(at, 8).text(length > 8 ? " " : "").hexBytes(at + 8, length - 8);
        }
      }
      case KEEPALIVE -> {
        if (isValid(length == 2)) {
          line.print("%u.%u sec", line.u16(at) / 10, line.u16(at) % 10);
        }
      }
      case PADDING -> line.print("(%u)", length);
      case CHAIN -> DomainName.print(line, at + length, at);
      case KEY_TAG -> {
        if (isValid(length % 2 == 0)) {
          for (int i = 0; i < length; i += 2) {
            line.text(i > 0 ? " " : "").number(line.u16(at + i));
          }
        }
      }
      default -> line.hexBytes(at, length);
    }
  }

  private boolean isValid(boolean isValid) {
    if (!isValid) {
      line.invalid();
    }
    return isValid;
  }

  private void names(Names names, long at, int length) {
    for (int i = 0; i < length; i++) {
      int number = line.u8(at + i);
      line.text(i > 0 ? " " : "").name(names.find(number), "Alg_%u", number);
    }
  }

  /// The subnet of the client on whose behalf a resolver asks: only the bytes of its prefix.
  private void subnet(long at, int length) {
    int family = length >= 4 ? line.u16(at) : 0;
    int bits = family == 1 ? 32 : family == 2 ? 128 : 0;
    int source = length >= 4 ? line.u8(at + 2) : 0;
    int scope = length >= 4 ? line.u8(at + 3) : 0;
    int bytes = length - 4;
    if (!isValid(bits > 0 && source <= bits && scope <= bits && (source + 7) / 8 == bytes)) {
      return;
    }
    if (family == 1) {
      IpAddress.appendIpv4(line.out(), (int) (line.leading(at + 4, bytes) >>> 32));
    } else {
      line.ipv6(line.leading(at + 4, bytes), line.leading(at + 12, bytes - 8));
    }
    line.print("/%u/%u", source, scope);
  }
}
