package io.ringtap.print.application;

import io.ringtap.packet.DnsMessage;
import io.ringtap.print.line.DomainName;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// The options of DHCPv6 (RFC 8415 §21, IANA), which may hold options and messages themselves. One
/// whose value has a wrong length is printed with a question mark.
final class Dhcpv6Options {
  private static final int HEADER = 4; // bytes: code, length
  private static final int MAX_DEPTH = 32; // options in options beyond this are an attack
  private static final int SHOWN = 10; // bytes of an identifier

  private static final int CLIENT_IDENTIFIER = 1;
  private static final int SERVER_IDENTIFIER = 2;
  private static final int ADDRESSES = 3;
  private static final int TEMPORARY_ADDRESSES = 4;
  private static final int ADDRESS = 5;
  private static final int OPTION_REQUEST = 6;
  private static final int PREFERENCE = 7;
  private static final int ELAPSED_TIME = 8;
  private static final int RELAY_MESSAGE = 9;
  private static final int AUTHENTICATION = 11;
  private static final int STATUS = 13;
  private static final int INTERFACE_IDENTIFIER = 18;
  private static final int RECONFIGURE = 19;
  private static final int SIP_NAMES = 21;
  private static final int SIP_SERVERS = 22;
  private static final int DNS_SERVERS = 23;
  private static final int DOMAINS = 24;
  private static final int PREFIXES = 25;
  private static final int PREFIX = 26;
  private static final int NIS_SERVERS = 27;
  private static final int NISPLUS_SERVERS = 28;
  private static final int TIME_SERVERS = 31;
  private static final int LIFETIME = 32;
  private static final int BROADCAST_SERVERS = 34;
  private static final int REMOTE_IDENTIFIER = 37;
  private static final int SUBSCRIBER_IDENTIFIER = 38;
  private static final int PANA_AGENTS = 40;
  private static final int POSIX_ZONE = 41;
  private static final int DATABASE_ZONE = 42;
  private static final int ECHO_REQUEST = 43;
  private static final int LEASE_QUERY = 44;
  private static final int CLIENT_DATA = 45;
  private static final int TRANSACTION_TIME = 46;
  private static final int RELAY_DATA = 47;
  private static final int CLIENT_LINKS = 48;
  private static final int NTP_SERVERS = 56;
  private static final int TUNNEL_NAME = 64;
  private static final int DESCRIPTION = 112; // RFC 8520

  private static final Names OPTIONS =
      Names.of(
          """
          1 client-ID
          2 server-ID
          3 IA_NA
          4 IA_TA
          5 IA_ADDR
          6 option-request
          7 preference
          8 elapsed-time
          9 relay-message
          11 authentication
          12 server-unicast
          13 status-code
          14 rapid-commit
          15 user-class
          16 vendor-class
          17 vendor-specific-info
          18 interface-ID
          19 reconfigure-message
          20 reconfigure-accept
          21 SIP-servers-domain
          22 SIP-servers-address
          23 DNS-server
          24 DNS-search-list
          25 IA_PD
          26 IA_PD-prefix
          27 NIS-server
          28 NIS+-server
          29 NIS-domain-name
          30 NIS+-domain-name
          31 SNTP-servers
          32 lifetime
          33 BCMCS-domain-name
          34 BCMCS-server
          36 Geoconf-Civic
          37 Remote-ID
          38 Subscriber-ID
          39 Client-FQDN
          40 PANA-agent
          41 POSIX-timezone
          42 POSIX-tz-database
          43 Echo-request-option
          44 Lease-query
          45 LQ-client-data
          46 Clt-time
          47 LQ-relay-data
          48 LQ-client-link
          56 NTP-server
          64 AFTR-Name
          112 MUD-URL\
          """);

  private static final Names STATUSES =
      Names.of(
          """
          0 Success
          1 UnspecFail
          2 NoAddrsAvail
          3 NoBinding
          4 NotOnLink
          5 UseMulticast
          6 NoPrefixAvail
          7 UnknownQueryType
          8 MalformedQuery
          9 NotConfigured
          10 NotAllowed\
          """);

  private final Line line;
  private final Protocol message;
  private int depth;

  /// @param message prints the message in an option
  Dhcpv6Options(Line line, Protocol message) {
    this.line = line;
    this.message = message;
  }

  /// Prints the options in `[first, end)`, which was captured.
  void print(long first, long end) {
    if (depth == MAX_DEPTH) {
      line.text(" [too many options]");
      return;
    }
    depth++;
    long at = first;
    while (at < end) {
      int length = end - at < HEADER ? 0 : line.u16(at + 2);
      if (end - at < HEADER + length) {
        line.mark("dhcp6");
        break;
      }
      int code = line.u16(at);
      line.text(" (").name(OPTIONS.find(code), "opt_%u", code);
      if (!value(code, at + HEADER, length)) {
        line.mark("dhcp6");
        break;
      }
      at += HEADER + length;
    }
    depth--;
  }

  /// Prints the value and closes the option.
  ///
  /// @return false if it is malformed so that nothing after it can be read
  private boolean value(int code, long at, int length) {
    switch (code) {
      case RELAY_MESSAGE -> {
        line.text(" (");
        message.print(at, length);
      }
      case SIP_NAMES, DOMAINS -> {
        if (!names(at, at + length)) {
          return false;
        }
      }
      case NTP_SERVERS -> {
        if (length < 4) {
          line.text(" ?");
        } else if (!timeServers(at, at + length)) {
          return false;
        }
      }
      default -> {
        if (isLengthValid(code, length)) {
          sound(code, at, length);
        } else {
          line.text(" ?");
        }
      }
    }
    line.text(")");
    return true;
  }

  private static boolean isLengthValid(int code, int length) {
    return switch (code) {
      case CLIENT_IDENTIFIER, SERVER_IDENTIFIER, STATUS -> length >= 2;
      case ADDRESSES, PREFIXES -> length >= 12;
      case TEMPORARY_ADDRESSES, REMOTE_IDENTIFIER -> length >= 4;
      case ADDRESS -> length >= 24;
      case PREFIX -> length >= 25;
      case OPTION_REQUEST, ECHO_REQUEST -> length % 2 == 0;
      case PREFERENCE, RECONFIGURE -> length == 1;
      case ELAPSED_TIME -> length == 2;
      case AUTHENTICATION -> length >= 11;
      case LIFETIME, TRANSACTION_TIME -> length == 4;
      case POSIX_ZONE, DATABASE_ZONE, DESCRIPTION -> length >= 5;
      case LEASE_QUERY -> length >= 17;
      case RELAY_DATA -> length >= 16;
      case TUNNEL_NAME -> length >= 3;
      default -> !areAddresses(code) || length % 16 == 0;
    };
  }

  private static boolean areAddresses(int code) {
    return switch (code) {
      case SIP_SERVERS,
          DNS_SERVERS,
          NIS_SERVERS,
          NISPLUS_SERVERS,
          TIME_SERVERS,
          BROADCAST_SERVERS,
          PANA_AGENTS,
          CLIENT_LINKS ->
          true;
      default -> false;
    };
  }

  private void sound(int code, long at, int length) {
    switch (code) {
      case CLIENT_IDENTIFIER, SERVER_IDENTIFIER -> identifier(at, length);
      case ADDRESSES, PREFIXES -> {
        line.print(" IAID:%u T1:%u T2:%u", line.u32(at), line.u32(at + 4), line.u32(at + 8));
        print(at + 12, at + length);
      }
      case TEMPORARY_ADDRESSES -> {
        line.print(" IAID:%u", line.u32(at));
        print(at + 4, at + length);
      }
      case ADDRESS -> {
        line.text(" ").ipv6(at);
        line.print(" pltime:%u vltime:%u", line.u32(at + 16), line.u32(at + 20));
        print(at + 24, at + length);
      }
      case PREFIX -> {
        line.text(" ").ipv6(at + 9).print("/%u", line.u8(at + 8));
        line.print(" pltime:%u vltime:%u", line.u32(at), line.u32(at + 4));
        print(at + 25, at + length);
      }
      case OPTION_REQUEST, ECHO_REQUEST -> {
        for (int i = 0; i < length; i += 2) {
          int option = line.u16(at + i);
          line.text(" ").name(OPTIONS.find(option), "opt_%u", option);
        }
      }
      case PREFERENCE -> line.print(" %u", line.u8(at));
      case ELAPSED_TIME -> line.print(" %u", line.u16(at));
      case AUTHENTICATION -> authentication(at, length);
      case STATUS -> {
        int status = line.u16(at);
        line.text(" ");
        line.name(STATUSES.find(status), status > 0xFF ? "INVALID code" : "code%u", status);
      }
      case INTERFACE_IDENTIFIER, SUBSCRIBER_IDENTIFIER -> {
        line.text(" ");
        beginning(at, length);
      }
      case RECONFIGURE -> {
        int type = line.u8(at);
        switch (type) {
          case 5 -> line.text(" for renew");
          case 11 -> line.text(" for inf-req");
          default -> line.print(" for ???(%02x)", type);
        }
      }
      case LIFETIME, TRANSACTION_TIME -> line.print(" %u", line.u32(at));
      case REMOTE_IDENTIFIER -> {
        line.print(" %u ", line.u32(at));
        beginning(at + 4, length - 4);
      }
      case POSIX_ZONE, DATABASE_ZONE, DESCRIPTION -> {
        line.text(" ");
        text(at, length);
      }
      case LEASE_QUERY -> {
        int type = line.u8(at);
        switch (type) {
          case 1 -> line.text(" by-address ");
          case 2 -> line.text(" by-clientID ");
          default -> line.print(" type_%u ", type);
        }
        line.ipv6(at + 1);
        print(at + 17, at + length);
      }
      case CLIENT_DATA -> print(at, at + length);
      case RELAY_DATA -> {
        line.text(" ").ipv6(at).text(" ");
        beginning(at + 16, length - 16);
      }
      case TUNNEL_NAME -> labels(at, length);
      default -> {
        for (int i = 0; areAddresses(code) && i < length; i += 16) {
          line.text(" ").ipv6(at + i);
        }
      }
    }
  }

  /// A DUID (RFC 8415 §11).
  private void identifier(long at, int length) {
    int type = line.u16(at);
    int least =
        switch (type) {
          case 1 -> 8;
          case 2 -> 10;
          case 3 -> 4;
          default -> 2;
        };
    if (length < least) {
      line.text(" ?");
      return;
    }
    switch (type) {
      case 1 -> {
        line.print(" hwaddr/time type %u time %u ", line.u16(at + 2), line.u32(at + 4));
        line.hexBytes(at + 8, length - 8);
      }
      case 2 -> line.text(" vid ").hexBytes(at + 2, 8);
      case 3 -> line.print(" hwaddr type %u ", line.u16(at + 2)).hexBytes(at + 4, length - 4);
      default -> line.print(" type %u", type);
    }
  }

  private void beginning(long at, int length) {
    line.hexBytes(at, Math.min(length, SHOWN)).text("...");
  }

  /// A text, up to a zero.
  private void text(long at, int length) {
    for (int i = 0; i < length && line.u8(at + i) != 0; i++) {
      line.visible(line.u8(at + i));
    }
  }

  private boolean names(long first, long end) {
    long at = first;
    while (at >= 0 && at < end) {
      line.text(" ");
      if (!DomainName.print(line, end, at)) {
        return false;
      }
      at = DnsMessage.skipName(line.frame(), at, line.end());
    }
    return true;
  }

  /// Suboptions with addresses or names (RFC 5908).
  private boolean timeServers(long first, long end) {
    long at = first;
    while (at < end - HEADER) {
      int code = line.u16(at);
      int length = line.u16(at + 2);
      at += HEADER;
      if (length > end - at) {
        return false;
      }
      line.print(" subopt:%u ", code);
      if (code == 3) {
        if (!DomainName.print(line, at + length, at)) {
          return false;
        }
      } else if ((code == 1 || code == 2) && length == 16) {
        line.ipv6(at);
      } else {
        line.text("?");
      }
      at += length;
    }
    return true;
  }

  /// A domain name without pointers.
  private void labels(long first, int length) {
    line.text(" ");
    long at = first;
    int left = length;
    while (left > 0 && line.u8(at) != 0) {
      int label = line.u8(at);
      if (label >= left - 1) {
        line.text(" ?");
        return;
      }
      text(at + 1, label);
      at += 1L + label;
      left -= 1 + label;
      line.text(line.u8(at) != 0 ? "." : "");
    }
  }

  /// RFC 8415 §20.
  private void authentication(long at, int length) {
    int protocol = line.u8(at);
    switch (protocol) {
      case 2 -> line.text(" proto: delayed");
      case 3 -> line.text(" proto: reconfigure");
      default -> line.print(" proto: %u", protocol);
    }
    int algorithm = line.u8(at + 1);
    line.text(", alg: ").name(algorithm == 1 ? "HMAC-MD5" : null, "%u", algorithm);
    int method = line.u8(at + 2);
    line.text(", RDM: ").name(method == 0 ? "mono" : null, "%u", method);
    line.text(", RD:");
    words(at + 3, 2);
    long rest = at + 11;
    int left = length - 11;
    if (protocol == 2 && left >= 20) {
      int realm = left - 20;
      line.text(realm > 0 ? ", realm: " : "").hexBytes(rest, realm);
      line.print(", key ID: %08x", line.u32(rest + realm));
      line.text(", HMAC-MD5:");
      words(rest + realm + 4, 4);
    } else if (protocol == 3 && left == 17) {
      switch (line.u8(rest)) {
        case 1 -> line.text(" reconfig-key");
        case 2 -> line.text(" type: HMAC-MD5");
        default -> line.text(" type: ??");
      }
      line.text(" value:");
      words(rest + 1, 4);
    } else if (protocol != 2 || left > 0) {
      line.text(" ??");
    }
  }

  private void words(long at, int bytes) {
    for (int i = 0; i < 4; i++) {
      line.text(" ").hexBytes(at + (long) i * bytes, bytes);
    }
  }
}
