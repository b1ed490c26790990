package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The attributes of L2TP's control messages (RFC 2661 §4.4).
final class L2tpAttributes {
  private static final int HEADER = 6; // bytes: flags and length, vendor, type
  private static final int IS_MANDATORY = 0x8000;
  private static final int IS_HIDDEN = 0x4000;
  private static final int LENGTH = 0x03FF;

  /// The names, each after the form of its value: `u` a number of 16 bits, `w` of 32, `x` bytes,
  /// `8` and `h` 8 and 16 of them, `s` text, `n` nothing, others as below.
  private static final Names NAMES =
      Names.of(
          """
          0 mMSGTYPE
          1 rRESULT_CODE
          2 vPROTO_VER
          3 fFRAMING_CAP
          4 bBEARER_CAP
          5 8TIE_BREAKER
          6 uFIRM_VER
          7 sHOST_NAME
          8 sVENDOR_NAME
          9 uASSND_TUN_ID
          10 uRECV_WIN_SIZE
          11 xCHALLENGE
          12 qQ931_CC
          13 hCHALLENGE_RESP
          14 uASSND_SESS_ID
          15 wCALL_SER_NUM
          16 wMINIMUM_BPS
          17 wMAXIMUM_BPS
          18 bBEARER_TYPE
          19 fFRAMING_TYPE
          20 oPACKET_PROC_DELAY
          21 sCALLED_NUMBER
          22 sCALLING_NUMBER
          23 sSUB_ADDRESS
          24 wTX_CONN_SPEED
          25 wPHY_CHANNEL_ID
          26 xINI_RECV_LCP
          27 xLAST_SENT_LCP
          28 xLAST_RECV_LCP
          29 aPROXY_AUTH_TYPE
          30 sPROXY_AUTH_NAME
          31 xPROXY_AUTH_CHAL
          32 iPROXY_AUTH_ID
          33 xPROXY_AUTH_RESP
          34 eCALL_ERRORS
          35 cACCM
          36 xRANDOM_VECTOR
          37 sPRIVATE_GRP_ID
          38 wRX_CONN_SPEED
          39 nSEQ_REQUIRED
          46 dPPP_DISCON_CC\
          """);

  private static final Names MESSAGES =
      Names.of(
          """
          1 SCCRQ
          2 SCCRP
          3 SCCCN
          4 StopCCN
          6 HELLO
          7 OCRQ
          8 OCRP
          9 OCCN
          10 ICRQ
          11 ICRP
          12 ICCN
          14 CDN
          15 WEN
          16 SLI\
          """);

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          0 Reserved
          1 Textual
          2 CHAP
          3 PAP
          4 No Auth
          5 MS-CHAPv1\
          """);

  private static final Names DIRECTIONS =
      Names.of(
          """
          0 global error
          1 at peer
          2 at local\
          """);

  private static final String[] ERRORS = {
    "CRCErr=%u ", "FrameErr=%u ", "HardOver=%u ", "BufOver=%u ", "Timeout=%u ", "AlignErr=%u "
  };
  private static final String[] CHARACTER_MAPS = {"send=%08x ", "recv=%08x "};

  private final Line line;

  L2tpAttributes(Line line) {
    this.line = line;
  }

  /// Prints the attributes in `[first, end)`.
  void print(long first, long end) {
    for (long at = first; at < end; ) {
      line.text(" ");
      int flags = line.u16(at);
      int length = flags & LENGTH;
      if (length < HEADER || length > end - at) {
        line.cut();
      }
      if (!line.needs(at, length)) {
        return;
      }
      line.text((flags & IS_MANDATORY) != 0 ? "*" : "");
      boolean isHidden = (flags & IS_HIDDEN) != 0;
      line.text(isHidden ? "?" : "");
      attribute(isHidden, at, length - HEADER);
      line.text(")");
      at += length;
    }
  }

  private void attribute(boolean isHidden, long at, int length) {
    int vendor = line.u16(at + 2);
    int type = line.u16(at + 4);
    if (vendor != 0) {
      line.print("VENDOR%04x:ATTR%04x(", vendor, type).hexBytes(at + HEADER, length);
      return;
    }
    String name = NAMES.find(type);
    if (name == null) {
      line.print("AVP-#%u(", type);
    } else {
      line.out().append(name, 1, name.length()).append('(');
    }
    if (isHidden) {
      line.text("???");
    } else if (name != null) {
      value(name.charAt(0), at + HEADER, length);
    }
  }

  private void value(char form, long at, int length) {
    int least =
        switch (form) {
          case 'm', 'r', 'v', 'u', 'a', 'i', 'e', 'c' -> 2;
          case 'q' -> 3;
          case 'f', 'b', 'w' -> 4;
          case 'd' -> 5;
          case '8' -> 8;
          case 'h' -> 16;
          default -> 0;
        };
    if (length < least) {
      line.text("AVP too short");
      return;
    }
    switch (form) {
      case 'm' -> line.name(MESSAGES.find(line.u16(at)), "MSGTYPE-#%u", line.u16(at));
      case 'r' -> result(at, length);
      case 'v' -> line.print("%u.%u", line.u8(at), line.u8(at + 1));
      case 'f', 'b' -> {
        long bits = line.u32(at);
        line.text((bits & 2) != 0 ? "A" : "");
        line.text((bits & 1) == 0 ? "" : form == 'f' ? "S" : "D");
      }
      case 'u' -> line.number(line.u16(at));
      case 'w' -> line.number(line.u32(at));
      case '8', 'h' -> line.hexBytes(at, least);
      case 'x' -> line.hexBytes(at, length);
      case 's' -> text("", at, length);
      case 'q' -> {
        line.print("%u, %02x", line.u16(at), line.u8(at + 2));
        text(" ", at + 3, length - 3);
      }
      case 'o' -> line.text("obsolete");
      case 'a' -> line.name(AUTHENTICATIONS.find(line.u16(at)), "AuthType-#%u", line.u16(at));
      case 'i' -> line.number(line.u8(at + 1));
      case 'e' -> numbers(ERRORS, at + 2, length - 2);
      case 'c' -> numbers(CHARACTER_MAPS, at + 2, length - 2);
      case 'd' -> {
        line.print("%04x, %04x ", line.u16(at), line.u16(at + 2));
        line.name(DIRECTIONS.find(line.u8(at + 4)), "Direction-#%u", line.u8(at + 4));
        text(" ", at + 5, length - 5);
      }
      default -> {}
    }
  }

  private void result(long at, int length) {
    line.number(line.u16(at));
    if (length == 3) {
      line.text(" AVP too short");
    } else if (length > 3) {
      line.print("/%u", line.u16(at + 2));
      text(" ", at + 4, length - 4);
    }
  }

  private void text(String before, long at, int length) {
    line.text(length > 0 ? before : "");
    for (long i = at; i < at + length; i++) {
      line.visible(line.u8(i));
    }
  }

  private void numbers(String[] templates, long at, int length) {
    for (int i = 0; i < templates.length; i++) {
      if (length < (i + 1) * 4) {
        line.text("AVP too short");
        return;
      }
      line.print(templates[i], line.u32(at + i * 4L));
    }
  }
}
