package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class SnmpTest extends PrinterBeside {
  private static final String SYS_DESCR = "06 08 2b06010201010100";
  private static final String NULL = "0500";
  private static final String ZERO = "020100";
  private static final String ENTERPRISE = "06 07 2b060104018253";
  private static final String AGENT = "4004 0a000001";
  private static final String TICKS = "4302 1234";
  private static final String GLOBAL = "020101 020205dc 040107 020103";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int pdu = 0; pdu <= 8; pdu++) {
      String name = "PDU " + pdu;
      samples.add(v1(name, request(0xA0 + pdu, ZERO, ZERO, SYS_DESCR + NULL)));
      samples.add(v2("v2 " + name, request(0xA0 + pdu, "020101", "020102", SYS_DESCR + NULL)));
      samples.add(v2("v2, value, " + name, request(0xA0 + pdu, ZERO, ZERO, SYS_DESCR + "020105")));
    }
    for (String error : List.of("02", "12", "13", "ff")) {
      samples.add(v2("error " + error, request(0xA2, "0201" + error, "020101", SYS_DESCR + NULL)));
    }
    samples.add(v2("an error without an index", request(0xA2, "020105", ZERO, SYS_DESCR + NULL)));
    samples.add(v2("an index without an error", request(0xA2, ZERO, "020101", SYS_DESCR + NULL)));
    samples.addAll(values());
    samples.addAll(traps());
    samples.addAll(version3());
    samples.addAll(malformed());
    return samples;
  }

  private static List<Sample> values() {
    List<Sample> samples = new ArrayList<>();
    for (String value :
        List.of(
            "0403 616263",
            "0403 61ff00",
            "0400",
            "020180",
            "0202 ff38",
            "0203 800000",
            "0204 80000000",
            "0205 0080000001",
            "0209 ff0102030405060708",
            "0200",
            "4004 0a000001",
            "4003 0a0000",
            "4104 ffffffff",
            "4205 00ffffffff",
            "4301 05",
            "4402 0102",
            "4500",
            "4608 ffffffffffffffff",
            "4609 00ffffffffffffffff",
            "8000",
            "8100",
            "8200",
            "8300",
            "8900",
            "0101 01",
            "0302 0001",
            "0600",
            "0601 00",
            "0604 88378203",
            "0606 2b8fffffff7f",
            "0606 8fffffff7f01",
            "0602 2b81",
            "3002 0500",
            "3100",
            "3202 0500",
            "6100",
            "e000",
            "c000",
            "c100",
            "1f05 01 61",
            "1f8105 00",
            "1f8202 00",
            "1fff",
            "12 00",
            "1f84 84",
            "0481 03 616263",
            "0482 0003 616263",
            "0484 00000003 616263",
            "0485 0100000003 616263",
            "0482 00",
            "0410 616263",
            "04",
            "")) {
      samples.add(v2("value " + value, request(0xA2, ZERO, ZERO, SYS_DESCR + value)));
    }
    return samples;
  }

  private static List<Sample> traps() {
    List<Sample> samples = new ArrayList<>();
    String variables = tlv(0x30, tlv(0x30, SYS_DESCR + "040161"));
    for (String kind : List.of("00", "03", "06", "07", "ff")) {
      samples.add(
          v1(
              "trap " + kind,
              tlv(0xA4, ENTERPRISE + AGENT + "0201" + kind + "020109" + TICKS + variables)));
    }
    samples.add(v1("trap, no enterprise", tlv(0xA4, NULL + AGENT)));
    samples.add(v1("trap, no agent", tlv(0xA4, ENTERPRISE + NULL)));
    samples.add(v1("trap, no kind", tlv(0xA4, ENTERPRISE + AGENT + NULL)));
    samples.add(v1("trap, no code", tlv(0xA4, ENTERPRISE + AGENT + ZERO + NULL)));
    samples.add(v1("trap, no time", tlv(0xA4, ENTERPRISE + AGENT + ZERO + ZERO + NULL)));
    samples.add(v1("trap, no variables", tlv(0xA4, ENTERPRISE + AGENT + ZERO + ZERO + TICKS)));
    return samples;
  }

  private static List<Sample> version3() {
    String user = tlv(0x30, "0405 8000000001 020105 02022710 0404 75736572 0400 0400");
    String pdu = request(0xA0, ZERO, ZERO, SYS_DESCR + NULL);
    String scoped = tlv(0x30, "0405 8000000001 0400" + pdu);
    List<Sample> samples = new ArrayList<>();
    samples.add(v3("version 3", GLOBAL, user, scoped));
    for (String flags : List.of("00", "01", "02", "03", "04", "08")) {
      String global = "020101 020205dc 0401" + flags + "020103";
      samples.add(v3("flags " + flags, global, user, scoped));
    }
    samples.add(v3("encrypted", GLOBAL, user, tlv(0x04, "01020304")));
    samples.add(v3("another security model", "020101 020205dc 040100 020101", user, scoped));
    samples.add(v3("more in the header", GLOBAL + "0401 61 0401 62", user, scoped));
    samples.add(v3("two bytes of flags", "020101 020205dc 04020000 020103", user, scoped));
    samples.add(v3("no flags", "020101 020205dc 0500 020103", user, scoped));
    samples.add(v3("no message ID", "0500", user, scoped));
    samples.add(v3("no size", ZERO + NULL, user, scoped));
    samples.add(v3("no model", "020101 020205dc 040107" + NULL, user, scoped));
    samples.add(sample("no parameters", tlv(0x30, "020103" + tlv(0x30, GLOBAL) + NULL)));
    samples.add(sample("no header", tlv(0x30, "020103" + NULL)));
    for (String parameters :
        List.of(
            NULL,
            tlv(0x30, NULL),
            tlv(0x30, "0400" + NULL),
            tlv(0x30, "0400 020105" + NULL),
            tlv(0x30, "0400 020105 020105" + NULL),
            tlv(0x30, "0400 020105 020105 0401ff" + NULL),
            tlv(0x30, "0400 020105 020105 0401ff 0400" + NULL),
            tlv(0x30, "0400 020105 020105 0401ff 0400 0400" + NULL + NULL))) {
      samples.add(v3("parameters " + parameters, GLOBAL, parameters, scoped));
    }
    samples.add(v3("no engine", GLOBAL, user, tlv(0x30, NULL)));
    samples.add(v3("no context", GLOBAL, user, tlv(0x30, "0400" + NULL)));
    return samples;
  }

  private static List<Sample> malformed() {
    String variable = SYS_DESCR + NULL;
    String tail = request(0xA0, ZERO, ZERO, variable);
    return List.of(
        sample("no sequence", NULL),
        sample("bytes after it", tlv(0x30, ZERO + "0400" + tail) + "000000"),
        sample("no version", tlv(0x30, NULL)),
        sample("version 2", tlv(0x30, "020102")),
        sample("version -1", tlv(0x30, "0201ff")),
        sample("no community", tlv(0x30, ZERO + NULL)),
        sample("community publix", tlv(0x30, ZERO + "0406 7075626c6978" + tail)),
        sample("community in bytes", tlv(0x30, ZERO + "0402 01ff" + tail)),
        sample("no PDU", tlv(0x30, ZERO + "0400" + NULL)),
        sample("nothing", ""),
        v1("bytes after the PDU", tail + "0500"),
        v1("no request ID", tlv(0xA0, NULL)),
        v1("no status", tlv(0xA0, ZERO + NULL)),
        v1("no index", tlv(0xA0, ZERO + ZERO + NULL)),
        v1("no variables", tlv(0xA0, ZERO + ZERO + ZERO + NULL)),
        v1("no variable", tlv(0xA0, ZERO + ZERO + ZERO + tlv(0x30, NULL))),
        v1("no name", tlv(0xA0, ZERO + ZERO + ZERO + tlv(0x30, tlv(0x30, NULL)))),
        v1("bytes after the variables", tlv(0xA0, ZERO + ZERO + ZERO + "3000" + NULL)),
        v1(
            "two variables",
            tlv(0xA2, "0204 12345678" + ZERO + ZERO + tlv(0x30, tlv(0x30, variable).repeat(2)))));
  }

  private static String request(int pdu, String status, String index, String variable) {
    return tlv(pdu, "0202 1234" + status + index + tlv(0x30, tlv(0x30, variable)));
  }

  private static String tlv(int tag, String hex) {
    return "%02x".formatted(tag) + length(PacketBytes.fromHex(hex).length) + hex;
  }

  private static String length(int bytes) {
    return bytes < 0x80 ? "%02x".formatted(bytes) : "81%02x".formatted(bytes);
  }

  private static Sample v1(String name, String pdu) {
    return sample(name, tlv(0x30, ZERO + "0406 7075626c6963" + pdu));
  }

  private static Sample v2(String name, String pdu) {
    return sample(name, tlv(0x30, "020101 0404 74657374" + pdu));
  }

  private static Sample v3(String name, String header, String parameters, String scoped) {
    return sample(name, tlv(0x30, "020103" + tlv(0x30, header) + tlv(0x04, parameters) + scoped));
  }

  private static Sample sample(String name, String hex) {
    return ethernet(name, ipv4(17, udp(40_000, 161, start().hex(hex).toBytes())));
  }
}
