package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// The commands that begin a segment of Telnet (RFC 854, RFC 855).
public final class TelnetPrinter implements Protocol {
  private static final int FIRST_COMMAND = 236;
  private static final int END_OF_OPTION = 240; // SE
  private static final int OPTION = 250; // SB
  private static final int ESCAPE = 255; // IAC

  private static final int AUTHENTICATION = 37; // RFC 2941
  private static final int ENCRYPTION = 38; // RFC 2946

  private static final Names COMMANDS =
      Names.of(
          """
          236 EOF
          237 SUSP
          238 ABORT
          239 EOR
          240 SE
          241 NOP
          242 DMARK
          243 BRK
          244 IP
          245 AO
          246 AYT
          247 EC
          248 EL
          249 GA
          250 SB
          251 WILL
          252 WONT
          253 DO
          254 DONT
          255 IAC IAC\
          """);

  private static final Names OPTIONS =
      Names.of(
          """
          0 BINARY
          1 ECHO
          2 RCP
          3 SUPPRESS GO AHEAD
          4 NAME
          5 STATUS
          6 TIMING MARK
          7 RCTE
          8 NAOL
          9 NAOP
          10 NAOCRD
          11 NAOHTS
          12 NAOHTD
          13 NAOFFD
          14 NAOVTS
          15 NAOVTD
          16 NAOLFD
          17 EXTEND ASCII
          18 LOGOUT
          19 BYTE MACRO
          20 DATA ENTRY TERMINAL
          21 SUPDUP
          22 SUPDUP OUTPUT
          23 SEND LOCATION
          24 TERMINAL TYPE
          25 END OF RECORD
          26 TACACS UID
          27 OUTPUT MARKING
          28 TTYLOC
          29 3270 REGIME
          30 X.3 PAD
          31 NAWS
          32 TSPEED
          33 LFLOW
          34 LINEMODE
          35 XDISPLOC
          36 OLD-ENVIRON
          37 AUTHENTICATION
          38 ENCRYPT
          39 NEW-ENVIRON\
          """);

  private static final Names REQUESTS =
      Names.of(
          """
          0 IS
          1 SEND
          2 INFO\
          """);

  private static final Names AUTHENTICATION_REQUESTS =
      Names.of(
          """
          0 IS
          1 SEND
          2 REPLY
          3 NAME\
          """);

  private static final Names AUTHENTICATION_TYPES =
      Names.of(
          """
          0 NULL
          1 KERBEROS_V4
          2 KERBEROS_V5
          3 SPX
          4 MINK
          5 SRP
          6 RSA
          7 SSL
          10 LOKI
          11 SSA
          12 KEA_SJ
          13 KEA_SJ_INTEG
          14 DSS
          15 NTLM\
          """);

  private static final Names ENCRYPTION_REQUESTS =
      Names.of(
          """
          0 IS
          1 SUPPORT
          2 REPLY
          3 START
          4 END
          5 REQUEST-START
          6 REQUEST-END
          7 END_KEYID
          8 DEC_KEYID\
          """);

  private static final Names ENCRYPTION_TYPES =
      Names.of(
          """
          0 NULL
          1 DES_CFB64
          2 DES_OFB64
          3 DES3_CFB64
          4 DES3_OFB64
          6 CAST5_40_CFB64
          7 CAST5_40_OFB64
          8 CAST128_CFB64
          9 CAST128_OFB64\
          """);

  private final Line line;

  public TelnetPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long first, long length) {
    line.enter("telnet");
    long end = first + length;
    long at = first;
    while (at < end) {
      long next = endOfCommand(at, end);
      if (next < 0) {
        break;
      }
      line.text(at == first ? " [telnet " : ", ");
      command(at, next);
      at = next;
    }
    if (at > end) {
      line.cut();
    }
    line.text(at == first ? "" : "]");
  }

  /// @return the offset after the command; -1 if no command begins here, or if its end is not in
  ///   the segment; 1 beyond the segment's end if only half of the command's end is in it
  private long endOfCommand(long at, long end) {
    if (line.u8(at) != ESCAPE || end - at < 2) {
      return -1;
    }
    int command = line.u8(at + 1);
    if (command < FIRST_COMMAND) {
      return -1;
    }
    if (command < OPTION || command == ESCAPE) {
      return at + 2;
    }
    if (end - at < 3 || !line.needs(at + 2, 1)) {
      return -1;
    }
    return command == OPTION ? endOfOption(at + 3, end) : at + 3;
  }

  private long endOfOption(long first, long end) {
    long at = first;
    while (end - at > 1 && line.needs(at, 2)) {
      if (line.u8(at) == ESCAPE && line.u8(at + 1) == END_OF_OPTION) {
        break;
      }
      at++;
    }
    return line.u8(at) == ESCAPE ? at + 2 : -1;
  }

  private void command(long at, long next) {
    int command = line.u8(at + 1);
    line.text(COMMANDS.find(command, ""));
    if (next - at > 2) {
      int option = line.u8(at + 2);
      name(OPTIONS, option);
      if (command == OPTION) {
        option(option, at + 3, next - 2);
        line.text(" SE");
      }
    }
  }

  private void option(int option, long first, long end) {
    boolean hasType = option == AUTHENTICATION || option == ENCRYPTION;
    for (long at = first; at < end; at++) {
      int value = line.u8(at);
      if (at == first) {
        name(requests(option), value);
      } else if (at == first + 1 && hasType) {
        name(option == ENCRYPTION ? ENCRYPTION_TYPES : AUTHENTICATION_TYPES, value);
      } else {
        hex(value);
      }
    }
  }

  private static Names requests(int option) {
    return switch (option) {
      case AUTHENTICATION -> AUTHENTICATION_REQUESTS;
      case ENCRYPTION -> ENCRYPTION_REQUESTS;
      default -> REQUESTS;
    };
  }

  private void name(Names names, int value) {
    String name = names.find(value);
    if (name == null) {
      hex(value);
    } else {
      line.text(" ").text(name);
    }
  }

  private void hex(int value) {
    line.print(value == 0 ? " %x" : " 0x%x", value);
  }
}
