package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of DHCP (RFC 2132, IANA).
final class DhcpOptions {
  private static final int PAD = 0;
  private static final int NETBIOS_NODE = 46;
  private static final int OVERLOAD = 52;
  private static final int MESSAGE = 53;
  private static final int PARAMETERS = 55;
  private static final int CLIENT_IDENTIFIER = 61;
  private static final int USER_CLASS = 77; // RFC 3004
  private static final int CLIENT_NAME = 81; // RFC 4702
  private static final int AGENT = 82; // RFC 3046
  private static final int ROUTES = 121; // RFC 3442
  private static final int MICROSOFT_ROUTES = 249;
  private static final int END = 255;

  private static final int EVERYTHING = 3; // the verbosity that also shows padding

  /// The names, each after the form of its values: `i` addresses, `p` pairs of addresses, `l` and
  /// `L` numbers of 32 bits without and with a sign, `s` of 16 bits, `b` bytes, `B` yes or no, `a`
  /// text, `$` another.
  private static final Names OPTIONS =
      Names.of(
          """
          0 bPAD
          1 iSubnet-Mask
          2 LTime-Zone
          3 iDefault-Gateway
          4 iTime-Server
          5 iIEN-Name-Server
          6 iDomain-Name-Server
          7 iLOG
          8 iCS
          9 iLPR-Server
          10 iIM
          11 iRL
          12 aHostname
          13 sBS
          14 aDP
          15 aDomain-Name
          16 iSS
          17 aRP
          18 aEP
          19 BIPF
          20 BSRT
          21 pPF
          22 sRSZ
          23 bTTL
          24 lMTU-Timeout
          25 sMTU-Table
          26 sMTU
          27 BLSN
          28 iBR
          29 BMD
          30 BMS
          31 BRouter-Discovery
          32 iRSA
          33 pStatic-Route
          34 BUT
          35 lAT
          36 BIE
          37 bTT
          38 lKI
          39 BKG
          40 aYD
          41 iYS
          42 iNTP
          43 bVendor-Option
          44 iNetbios-Name-Server
          45 iWDD
          46 $Netbios-Node
          47 aNetbios-Scope
          48 iXFS
          49 iXDM
          50 iRequested-IP
          51 lLease-Time
          52 $OO
          53 bDHCP-Message
          54 iServer-ID
          55 $Parameter-Request
          56 aMSG
          57 sMSZ
          58 lRN
          59 lRB
          60 aVendor-Class
          61 $Client-ID
          64 sN+D
          65 iN+S
          66 aTFTP
          67 aBF
          68 iMH
          69 iSMTP
          70 iPOP3
          71 iNNTP
          72 iWWW
          73 iFG
          74 iIRC
          75 iSTS
          76 iSTDA
          77 $User-Class
          78 bSLP-DA
          79 bSLP-SCOPE
          80 aSLP-NA
          81 $FQDN
          82 $Agent-Information
          83 bARMT
          88 aTZSTR
          89 bFQDNS
          90 bAUTH
          91 LLast-Transaction-Time
          92 iAssociated-IP
          93 sARCH
          94 bNDI
          95 aLDAP
          97 bGUID
          98 aUAP
          100 aPOSIX-TZ
          101 aTZ-Name
          112 iNI
          113 aNITAG
          114 aURL
          116 BNOAUTO
          117 sNSSEARCH
          118 iSUBNET
          121 $Classless-Static-Route
          150 iTFTP-Server-Address
          161 aMUD-URL
          249 $Classless-Static-Route-Microsoft
          255 bEND\
          """);

  private static final Names MESSAGES =
      Names.of(
          """
          1 Discover
          2 Offer
          3 Request
          4 Decline
          5 ACK
          6 NACK
          7 Release
          8 Inform
          10 LeaseQuery
          11 LeaseUnassigned
          12 LeaseUnknown
          13 LeaseActive\
          """);

  private static final Names NODES =
      Names.of(
          """
          1 b-node
          2 p-node
          4 m-node
          8 h-node\
          """);

  private static final Names OVERLOADED =
      Names.of(
          """
          1 file
          2 sname
          3 file+sname\
          """);

  private static final Names HARDWARE =
      Names.of(
          """
          1 ether
          6 ieee802
          7 arcnet
          15 frelay
          23 strip
          24 ieee1394\
          """);

  private static final Names AGENT_OPTIONS =
      Names.of(
          """
          1 Circuit-ID
          2 Remote-ID
          6 Subscriber-ID\
          """);

  private static final String NAME_FLAGS = "SOEN"; // from the lowest bit

  private final Line line;

  DhcpOptions(Line line) {
    this.line = line;
  }

  /// Prints the options from `first` on, up to the end of the packet or the option that ends them.
  void print(long first) {
    long at = first;
    while (line.has(at, 1)) {
      int tag = line.u8(at);
      boolean isEmpty = tag == PAD || tag == END;
      if (isEmpty && line.verbosity() < EVERYTHING) {
        if (tag == END) {
          return;
        }
        at++;
        continue;
      }
      int length = isEmpty ? 0 : line.u8(at + 1);
      if (line.isCut()) {
        return;
      }
      String option = OPTIONS.find(tag, "?Unknown");
      line.text("\n\t    ").out().append(option, 1, option.length());
      line.print(" (%u), length %u", tag, length).text(length > 0 ? ": " : "");
      at += isEmpty ? 1 : 2;
      if (tag == PAD) {
        at = padding(at);
      } else if (line.needs(at, length)) {
        value(tag, option.charAt(0), at, length);
        at += length;
      }
    }
  }

  private long padding(long first) {
    long at = first;
    while (line.has(at, 1) && line.u8(at) == PAD) {
      at++;
    }
    if (at > first) {
      line.print(", occurs %u", at - first + 1);
    }
    return at;
  }

  private void value(int tag, char form, long at, int length) {
    if (tag == MESSAGE && length == 1) {
      int message = line.u8(at);
      line.name(MESSAGES.find(message), "Unknown (%u)", message);
      return;
    }
    int left =
        switch (form) {
          case 'a' -> {
            quoted(at, length);
            yield 0;
          }
          case '$' -> special(tag, at, length);
          case '?' -> numbers(length % 2 == 1 ? 'b' : length % 4 == 2 ? 's' : 'l', at, length);
          default -> numbers(form, at, length);
        };
    if (left > 0) {
      line.print("\n\t  trailing data length %u", left);
    }
  }

  /// @return how many bytes are left over
  private int numbers(char form, long at, int length) {
    int size =
        switch (form) {
          case 'i', 'l', 'L' -> 4;
          case 'p' -> 8;
          case 's' -> 2;
          default -> 1;
        };
    for (int i = 0; i + size <= length; i += size) {
      line.text(i == 0 ? "" : form == 'b' ? "." : ",");
      number(form, at + i);
    }
    return length % size;
  }

  private void number(char form, long at) {
    switch (form) {
      case 'i' -> line.ipv4(at);
      case 'p' -> line.text("(").ipv4(at).text(":").ipv4(at + 4).text(")");
      case 'l' -> line.number(line.u32(at));
      case 'L' -> {
        int signed = (int) line.u32(at);
        line.number(signed);
      }
      case 's' -> line.number(line.u16(at));
      case 'B' -> {
        int value = line.u8(at);
        switch (value) {
          case 0 -> line.text("N");
          case 1 -> line.text("Y");
          default -> line.print("%u?", value);
        }
      }
      default -> line.number(line.u8(at));
    }
  }

  private int special(int tag, long at, int length) {
    int least =
        switch (tag) {
          case NETBIOS_NODE, OVERLOAD, CLIENT_IDENTIFIER -> 1;
          case USER_CLASS -> 2;
          case CLIENT_NAME -> 3;
          case ROUTES, MICROSOFT_ROUTES -> 5;
          default -> 0;
        };
    if (length < least) {
      line.print("[ERROR: length < %u bytes]", least);
      return 0;
    }
    return switch (tag) {
      case NETBIOS_NODE -> {
        line.name(NODES.find(line.u8(at)), "#%u", line.u8(at));
        yield length - 1;
      }
      case OVERLOAD -> {
        line.name(OVERLOADED.find(line.u8(at)), "#%u", line.u8(at));
        yield length - 1;
      }
      case AGENT -> agent(at, length);
      default -> {
        switch (tag) {
          case PARAMETERS -> parameters(at, length);
          case CLIENT_IDENTIFIER -> client(at, length);
          case USER_CLASS -> userClasses(at, length);
          case CLIENT_NAME -> clientName(at, length);
          default -> routes(at, length);
        }
        yield 0;
      }
    };
  }

  private void quoted(long at, int length) {
    line.text("\"");
    visible(at, length);
    line.text("\"");
  }

  private void visible(long at, int length) {
    for (long i = at; i < at + length; i++) {
      line.visible(line.u8(i));
    }
  }

  private void parameters(long at, int length) {
    for (int i = 0; i < length; i++) {
      line.text(i % 4 == 0 ? "\n\t      " : ", ");
      String option = OPTIONS.find(line.u8(at + i), "?Unknown");
      line.out().append(option, 1, option.length());
      line.print(" (%u)", line.u8(at + i));
    }
  }

  private void client(long at, int length) {
    int type = line.u8(at);
    if (type == 0) {
      quoted(at + 1, length - 1);
    } else {
      line.name(HARDWARE.find(type), "hardware-type %u,", type).text(" ");
      line.hardware(at + 1, length - 1);
    }
  }

  private void clientName(long at, int length) {
    int flags = line.u8(at);
    if (flags >> 4 != 0) {
      line.print("[ERROR: MBZ nibble 0x%x != 0] ", flags >> 4);
    }
    if ((flags & 0xF) != 0) {
      line.text("[");
      for (int bit = 0; bit < NAME_FLAGS.length(); bit++) {
        if ((flags & (1 << bit)) != 0) {
          line.out().append(NAME_FLAGS.charAt(bit));
        }
      }
      line.text("] ");
    }
    if (line.u16(at + 1) != 0) {
      line.print("%u/%u ", line.u8(at + 1), line.u8(at + 2));
    }
    quoted(at + 3, length - 3);
  }

  private int agent(long first, int length) {
    long end = first + length;
    long at = first;
    while (end - at >= 2) {
      int option = line.u8(at);
      int optionLength = line.u8(at + 1);
      at += 2;
      line.text("\n\t      ").text(AGENT_OPTIONS.find(option, "Unknown"));
      line.print(" SubOption %u, length %u: ", option, optionLength);
      if (optionLength > end - at) {
        line.text("length goes past end of option");
        return 0;
      }
      if (AGENT_OPTIONS.find(option) != null) {
        visible(at, optionLength);
      } else {
        line.hexDump("\n\t\t", at, optionLength, false);
      }
      at += optionLength;
    }
    return (int) (end - at);
  }

  private void userClasses(long first, int length) {
    long end = first + length;
    int number = 1;
    for (long at = first; at < end; number++) {
      int classLength = line.u8(at);
      at++;
      line.print("\n\t      instance#%u: ", number);
      if (classLength == 0 || classLength > end - at) {
        line.text("[ERROR: ");
        line.text(classLength == 0 ? "suboption length must be non-zero]" : "invalid option]");
        return;
      }
      quoted(at, classLength);
      line.print(", length %u", classLength);
      at += classLength;
    }
  }

  /// Each route has only the bytes of its prefix.
  private void routes(long first, int length) {
    long end = first + length;
    for (long at = first; at < end; ) {
      line.text(at == first ? "" : ",");
      int bits = line.u8(at);
      int bytes = (bits + 7) / 8;
      at++;
      if (bits > 32) {
        line.print("[ERROR: Mask width (%u) > 32]", bits);
        return;
      }
      if (end - at < bytes + 4) {
        line.print("[ERROR: Remaining length (%u) < %u bytes]", end - at, bytes + 4);
        return;
      }
      line.text(bits == 0 ? "(default" : "(");
      for (int i = 0; i < 4 && bits > 0; i++) {
        line.text(i == 0 ? "" : ".").number(i < bytes ? line.u8(at + i) : 0);
      }
      if (bits > 0) {
        line.print("/%u", bits);
      }
      line.text(":").ipv4(at + bytes).text(")");
      at += bytes + 4L;
    }
  }
}
