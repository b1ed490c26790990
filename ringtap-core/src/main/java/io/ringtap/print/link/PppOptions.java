package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import org.jspecify.annotations.Nullable;

/// The options that PPP's control protocols negotiate: a type, a length and a value (RFC 1661 §6).
final class PppOptions {
  private static final int HEADER = 2; // bytes
  private static final int IPCP = 0x8021;
  private static final int IPV6CP = 0x8057;
  private static final int CCP = 0x80FD;
  private static final int LCP = 0xC021;
  private static final int BACP = 0xC02B;

  /// What an option's value returns if it is sound, so that `-vv` dumps it.
  static final int SOUND = -1;

  private static final Names IPCP_OPTIONS =
      Names.of(
          """
          1 IP-Addrs
          2 IP-Comp
          3 IP-Addr
          4 Home-Addr
          129 Pri-DNS
          130 Pri-NBNS
          131 Sec-DNS
          132 Sec-NBNS\
          """);

  private static final Names IPV6CP_OPTIONS = Names.of("1 Interface-ID");

  private static final Names CCP_OPTIONS =
      Names.of(
          """
          0 OUI
          1 Pred-1
          2 Pred-2
          3 Puddle
          16 HP-PPC
          17 Stac-LZS
          18 MPPC
          19 Gand-FZA
          20 V.42bis
          21 BSD-Comp
          23 LZS-DCP
          24 MVRCA
          25 DEC
          26 Deflate
          255 Reserved\
          """);

  private static final Names BACP_OPTIONS = Names.of("1 Favored-Peer");

  private static final Names COMPRESSIONS =
      Names.of(
          """
          0x2d VJ-Comp
          0x61 IP Header Compression\
          """);

  private static final Names SUBOPTIONS =
      Names.of(
          """
          1 RTP-Compression
          2 Enhanced RTP-Compression\
          """);

  private final Line line;
  private final LcpOptions link;

  PppOptions(Line line) {
    this.line = line;
    this.link = new LcpOptions(line);
  }

  /// Prints all options of a message.
  void print(int protocol, long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 0 && !line.isCut()) {
      int bytes = option(protocol, at, length + 4);
      if (bytes == 0) {
        return;
      }
      if (bytes > rest) {
        line.print(" [remaining options length %u < %u]", rest, bytes);
        line.invalid();
        return;
      }
      rest -= bytes;
      at += bytes;
    }
  }

  /// @param most bytes that it may have
  /// @return its bytes, 0 if nothing can follow
  private int option(int protocol, long at, int most) {
    if (protocol != LCP && names(protocol) == null) {
      return 0;
    }
    if (!line.has(at, HEADER)) {
      line.text(
          switch (protocol) {
            case LCP -> "[|lcp]";
            case IPCP -> "[|ipcp]";
            case IPV6CP -> "[|ip6cp]";
            case CCP -> "[|ccp]";
            default -> "[|bacp]";
          });
      return 0;
    }
    int type = line.u8(at);
    int length = line.u8(at + 1);
    if (length > most) {
      return 0;
    }
    Names names = names(protocol);
    String name = names == null ? LcpOptions.NAMES.find(type) : name(protocol, names, type);
    if (name == null) {
      line.print("\n\tunknown LCP option 0x%02x", type);
      return length < HEADER ? 0 : length;
    }
    line.text("\n\t  ").text(name).print(" Option (0x%02x), length %u", type, length);
    if (length < HEADER) {
      return bogus(line, ">= 2", 0);
    }
    int result =
        switch (protocol) {
          case LCP -> link.value(type, at, length);
          case IPCP -> ipcp(type, at, length);
          case IPV6CP -> ipv6cp(type, at, length);
          case CCP -> ccp(type, at, length);
          default -> bacp(type, at, length);
        };
    if (result != SOUND) {
      return result;
    }
    if (line.verbosity() > 1) {
      dump(line, at, length);
    }
    return length;
  }

  private static @Nullable Names names(int protocol) {
    return switch (protocol) {
      case IPCP -> IPCP_OPTIONS;
      case IPV6CP -> IPV6CP_OPTIONS;
      case CCP -> CCP_OPTIONS;
      case BACP -> BACP_OPTIONS;
      default -> null;
    };
  }

  private static String name(int protocol, Names names, int type) {
    return names.find(type, protocol == CCP || protocol == BACP ? "Unknown" : "unknown");
  }

  /// Prints that an option has a wrong length.
  static int bogus(Line line, String should, int result) {
    line.text(" (length bogus, should be ").text(should).text(")");
    return result;
  }

  /// Prints the bytes of a value that is not known, unless they will be printed anyway.
  static int unknown(Line line, long at, int length) {
    if (line.verbosity() == 1) {
      dump(line, at, length);
    }
    return SOUND;
  }

  private static void dump(Line line, long at, int length) {
    line.hexDump("\n\t    ", at + HEADER, length - HEADER, false);
  }

  private int ipcp(int type, long at, int length) {
    switch (type) {
      case 1 -> {
        if (length != 10) {
          return bogus(line, "= 10", length);
        }
        if (line.needs(at + 2, 8)) {
          line.text(": src ").ipv4(at + 2).text(", dst ").ipv4(at + 6);
        }
      }
      case 2 -> {
        if (length < 4) {
          return bogus(line, ">= 4", 0);
        }
        int compression = line.u16(at + 2);
        line.text(": ").text(COMPRESSIONS.find(compression, "Unknown"));
        line.print(" (0x%02x):", compression);
        return compression == 0x61 ? headerCompression(at, length) : SOUND;
      }
      case 3, 4, 129, 130, 131, 132 -> {
        if (length != 6) {
          return bogus(line, "= 6", 0);
        }
        if (line.needs(at + 2, 4)) {
          line.text(": ").ipv4(at + 2);
        }
      }
      default -> {
        return unknown(line, at, length);
      }
    }
    return SOUND;
  }

  /// IP header compression (RFC 3544 §2.1).
  private int headerCompression(long at, int length) {
    if (length < 14) {
      return bogus(line, ">= 14", 0);
    }
    if (!line.has(at + 2, 14)) {
      line.text("[|ipcp]");
      return 0;
    }
    line.print("\n\t    TCP Space %u, non-TCP Space %u", line.u16(at + 4), line.u16(at + 6));
    line.print(", maxPeriod %u, maxTime %u", line.u16(at + 8), line.u16(at + 10));
    line.print(", maxHdr %u", line.u16(at + 12));
    int rest = length - 14;
    if (rest > 0) {
      line.print("\n\t      Suboptions, length %u", rest);
    }
    long option = at + 14;
    while (rest >= HEADER) {
      if (!line.has(option, HEADER)) {
        line.text("[|ipcp]");
        return 0;
      }
      int type = line.u8(option);
      int bytes = line.u8(option + 1);
      if (type == 0 || bytes == 0) {
        break;
      }
      line.text("\n\t\t").text(SUBOPTIONS.find(type, "Unknown"));
      line.print(" Suboption #%u, length %u", type, bytes);
      if (bytes > rest) {
        line.print(" [remaining suboptions length %u < %u]", rest, bytes);
        line.invalid();
        break;
      }
      rest -= bytes;
      option += bytes;
    }
    return SOUND;
  }

  private int ipv6cp(int type, long at, int length) {
    if (type != 1) {
      return unknown(line, at, length);
    }
    if (length != 10) {
      return bogus(line, "= 10", length);
    }
    if (!line.has(at + 2, 8)) {
      line.text("[|ip6cp]");
      return 0;
    }
    line.print(
        ": %04x:%04x:%04x:%04x",
        line.u16(at + 2), line.u16(at + 4), line.u16(at + 6), line.u16(at + 8));
    return SOUND;
  }

  private int ccp(int type, long at, int length) {
    switch (type) {
      case 21 -> {
        if (length < 3) {
          return bogus(line, ">= 3", length);
        }
        int value = line.u8(at + 2);
        line.print(": Version: %u, Dictionary Bits: %u", value >> 5, value & 0x1F);
      }
      case 24 -> {
        if (length < 4) {
          return bogus(line, ">= 4", length);
        }
        int value = line.needs(at + 2, 2) ? line.u8(at + 2) : 0;
        line.print(": Features: %u, PxP: ", value >> 6);
        line.text((value & 0x20) != 0 ? "Enabled" : "Disabled");
        line.print(", History: %u, #CTX-ID: %u", value & 0x1F, line.u8(at + 3));
      }
      case 26 -> {
        if (length < 4) {
          return bogus(line, ">= 4", length);
        }
        int value = line.needs(at + 2, 2) ? line.u8(at + 2) : 0;
        int check = line.u8(at + 3);
        line.print(": Window: %uK, Method: ", value >> 4);
        line.text((value & 0xF) == 8 ? "zlib" : "unknown");
        line.print(" (0x%x), MBZ: %u, CHK: %u", value & 0xF, check >> 2, check & 3);
      }
      default -> {
        return unknown(line, at, length);
      }
    }
    return SOUND;
  }

  private int bacp(int type, long at, int length) {
    if (type != 1) {
      return unknown(line, at, length);
    }
    if (length != 6) {
      return bogus(line, "= 6", length);
    }
    line.print(": Magic-Num 0x%08x", line.u32(at + 2));
    return SOUND;
  }
}
