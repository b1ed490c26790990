package io.ringtap.print.application;

import static io.ringtap.print.application.BerElement.Kind.ADDRESS;
import static io.ringtap.print.application.BerElement.Kind.INTEGER;
import static io.ringtap.print.application.BerElement.Kind.NULL;
import static io.ringtap.print.application.BerElement.Kind.OBJECT_ID;
import static io.ringtap.print.application.BerElement.Kind.PDU;
import static io.ringtap.print.application.BerElement.Kind.SEQUENCE;
import static io.ringtap.print.application.BerElement.Kind.STRING;
import static io.ringtap.print.application.BerElement.Kind.UNSIGNED;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// SNMP of version 1 (RFC 1157), 2c (RFC 1901, RFC 3416) and 3 (RFC 3412, RFC 3414): the community
/// or the user, the kind of message, and the variables. Object identifiers are printed as numbers.
public final class SnmpPrinter implements Protocol {
  private static final int VERSION_1 = 0;
  private static final int VERSION_2C = 1;
  private static final int VERSION_3 = 3;
  private static final int USER_SECURITY = 3; // RFC 3414
  private static final int GET = 0; // kinds of PDUs
  private static final int GET_NEXT = 1;
  private static final int RESPONSE = 2;
  private static final int TRAP = 4;
  private static final int GET_BULK = 5;
  private static final int ENTERPRISE_SPECIFIC = 6;

  private static final String[] ERRORS = {
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName"
  };
  private static final String[] GENERIC_TRAPS = {
    "coldStart",
    "warmStart",
    "linkDown",
    "linkUp",
    "authenticationFailure",
    "egpNeighborLoss",
    "enterpriseSpecific"
  };

  private final Line line;
  private final BerElement element;
  private long at; // of the element that is next in the innermost sequence
  private long rest; // bytes of this sequence
  private long size; // bytes of the element that was read last

  public SnmpPrinter(Line line) {
    this.line = line;
    this.element = new BerElement(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("snmp");
    line.text(" ");
    at = first;
    rest = length;
    if (!next(SEQUENCE, "[!init SEQ]")) {
      return;
    }
    extra(rest, " extra after iSEQ]");
    descend();
    if (!next(INTEGER, "[version!=INT]")) {
      return;
    }
    int version = (int) element.number();
    switch (version) {
      case VERSION_1 -> verbose("{ SNMPv1 ");
      case VERSION_2C -> verbose("{ SNMPv2c ");
      case VERSION_3 -> verbose("{ SNMPv3 ");
      default -> {
        line.print("SNMP [version = %u]", version);
        return;
      }
    }
    if (version == VERSION_3) {
      message();
    } else {
      community(version);
    }
    verbose("} ");
  }

  private void verbose(String text) {
    line.text(line.isVerbose() ? text : "");
  }

  private void extra(long bytes, String text) {
    if (bytes > 0) {
      line.text("[").number(bytes).text(text);
    }
  }

  /// Reads the next element.
  ///
  /// @param complaint what is printed before the element if it is not of this kind
  /// @return whether it is sound and of this kind
  private boolean next(BerElement.Kind kind, String complaint) {
    if (!next()) {
      return false;
    }
    if (element.kind() != kind) {
      line.text(complaint);
      element.print();
      return false;
    }
    return true;
  }

  private boolean next() {
    size = element.read(at, rest);
    at += size;
    rest -= size;
    return size > 0;
  }

  /// Goes on with the elements in this one.
  private void descend() {
    at = element.at();
    rest = element.length();
  }

  private void community(int version) {
    if (!next(STRING, "[comm!=STR]")) {
      return;
    }
    if (!element.isText("public")) {
      line.text("C=");
      element.printText();
      line.text(" ");
    }
    pdu(version);
  }

  /// What follows the version in version 3.
  private void message() {
    long end = at + rest;
    if (!next(SEQUENCE, "[!message]")) {
      return;
    }
    descend();
    verbose("{ ");
    if (!next(INTEGER, "[msgID!=INT]")
        || !next(INTEGER, "[msgMaxSize!=INT]")
        || !next(STRING, "[msgFlags!=STR]")
        || !flags()
        || !next(INTEGER, "[msgSecurityModel!=INT]")) {
      return;
    }
    int model = (int) element.number();
    extra(rest - size, " extra after message SEQ]");
    verbose("} ");
    if (model != USER_SECURITY) {
      line.print("[security model %u]", model);
      return;
    }
    verbose("{ USM ");
    rest = end - at;
    if (!next(STRING, "[msgSecurityParameters!=STR]")) {
      return;
    }
    long scoped = at;
    descend();
    user();
    verbose("} ");
    verbose("{ ScopedPDU ");
    at = scoped;
    rest = end - scoped;
    scopedPdu();
    verbose("} ");
  }

  private boolean flags() {
    if (element.length() != 1) {
      line.print("[msgFlags size %u]", element.length());
      return false;
    }
    int flags = line.u8(element.at());
    if ((flags & ~7) != 0 || (flags & 3) == 2) {
      line.text("[msgFlags=0x").text("%02X]".formatted(flags));
      return false;
    }
    line.text("F=").text((flags & 1) != 0 ? "a" : "").text((flags & 2) != 0 ? "p" : "");
    line.text((flags & 4) != 0 ? "r " : " ");
    return true;
  }

  /// The parameters of the user-based security model.
  private void user() {
    if (!next(SEQUENCE, "[!usm]")) {
      return;
    }
    descend();
    if (!next(STRING, "[msgAuthoritativeEngineID!=STR]")
        || !next(INTEGER, "[msgAuthoritativeEngineBoots!=INT]")) {
      return;
    }
    verbose("B=", element.number());
    if (!next(INTEGER, "[msgAuthoritativeEngineTime!=INT]")) {
      return;
    }
    verbose("T=", element.number());
    if (!next(STRING, "[msgUserName!=STR]")) {
      return;
    }
    line.text("U=");
    element.printText();
    line.text(" ");
    if (next(STRING, "[msgAuthenticationParameters!=STR]")
        && next(STRING, "[msgPrivacyParameters!=STR]")) {
      extra(rest - size, " extra after usm SEQ]");
    }
  }

  private void verbose(String name, long value) {
    if (line.isVerbose()) {
      line.text(name).number(value).text(" ");
    }
  }

  private void scopedPdu() {
    if (!next(SEQUENCE, "[!scoped PDU]")) {
      return;
    }
    descend();
    if (!next(STRING, "[contextEngineID!=STR]")) {
      return;
    }
    line.text("E=");
    element.printBytes();
    line.text(" ");
    if (!next(STRING, "[contextName!=STR]")) {
      return;
    }
    line.text("C=");
    element.printText();
    line.text(" ");
    pdu(VERSION_3);
  }

  private void pdu(int version) {
    if (!next()) {
      return;
    }
    if (element.kind() != PDU) {
      line.text("[no PDU]");
      return;
    }
    extra(rest, " extra after PDU]");
    verbose("{ ");
    element.print();
    line.text(" ");
    int kind = element.tag();
    descend();
    if (version == VERSION_1 && kind >= GET_BULK) {
      line.text("[v2 PDU in v1 message]");
      return;
    }
    if (version == VERSION_2C && kind == TRAP) {
      line.text("[v1 PDU in v2 message]");
      return;
    }
    if (kind == TRAP) {
      trap();
    } else {
      request(kind);
    }
    verbose(" } ");
  }

  private void request(int kind) {
    if (!next(INTEGER, "[reqId!=INT]")) {
      return;
    }
    verbose("R=", element.number());
    if (!next(INTEGER, "[errorStatus!=INT]")) {
      return;
    }
    int status = (int) element.number();
    if (kind == GET_BULK) {
      line.text(" N=").number(status);
    } else if (status != 0 && kind == RESPONSE) {
      line.text(" ");
      error(status);
    } else if (status != 0) {
      line.text("[errorStatus(");
      error(status);
      line.text(")!=0]");
    }
    if (!next(INTEGER, "[errorIndex!=INT]")) {
      return;
    }
    int index = (int) element.number();
    if (kind == GET_BULK) {
      line.text(" M=").number(index);
    } else if (kind == RESPONSE) {
      responseIndex(status, index);
    } else if (index != 0) {
      line.print("[errorIndex(%u)!=0]", index);
    }
    variables(kind);
  }

  private void error(int status) {
    if (status >= 0 && status < ERRORS.length) {
      line.text(ERRORS[status]);
    } else {
      line.print("err=%u", Integer.toUnsignedLong(status));
    }
  }

  private void responseIndex(int status, int index) {
    if (index != 0 && status == 0) {
      line.print("[errorIndex(%u) w/o errorStatus]", index);
    } else if (index != 0) {
      line.print("@%u", index);
    } else if (status != 0) {
      line.text("[errorIndex==0]");
    }
  }

  private void trap() {
    line.text(" ");
    if (!next(OBJECT_ID, "[enterprise!=OID]")) {
      return;
    }
    element.print();
    line.text(" ");
    if (!next(ADDRESS, "[agent-addr!=INETADDR]")) {
      return;
    }
    element.print();
    if (!next(INTEGER, "[generic-trap!=INT]")) {
      return;
    }
    int generic = (int) element.number();
    if (generic >= 0 && generic < GENERIC_TRAPS.length) {
      line.text(" ").text(GENERIC_TRAPS[generic]);
    } else {
      line.text(" gt=").number(generic);
    }
    if (!next(INTEGER, "[specific-trap!=INT]")) {
      return;
    }
    if (generic == ENTERPRISE_SPECIFIC) {
      line.text(" s=").number(element.number());
    } else if (element.number() != 0) {
      line.text("[specific-trap(").number(element.number()).text(")!=0]");
    }
    line.text(" ");
    if (!next(UNSIGNED, "[time-stamp!=TIMETICKS]")) {
      return;
    }
    element.print();
    variables(TRAP);
  }

  /// Names, and if it is not a question their values.
  private void variables(int kind) {
    boolean isQuestion = kind == GET || kind == GET_NEXT || kind == GET_BULK;
    if (!next(SEQUENCE, "[!SEQ of varbind]")) {
      return;
    }
    extra(rest, " extra after SEQ of varbind]");
    descend();
    while (rest > 0 && !line.isCut()) {
      line.text(" ");
      if (!next(SEQUENCE, "[!varbind]")) {
        return;
      }
      long following = at;
      long left = rest;
      descend();
      if (!next(OBJECT_ID, "[objName!=OID]")) {
        return;
      }
      element.print();
      line.text(isQuestion ? "" : "=");
      if (!next()) {
        return;
      }
      if (element.kind() != NULL) {
        line.text(isQuestion ? "[objVal!=NULL]" : "");
        element.print();
      }
      at = following;
      rest = left;
    }
  }
}
