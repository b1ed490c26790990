package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class SctpTest extends PrinterBeside {
  private static final String HEADER = "8ca0 0b59 00000abc 12345678";
  private static final String INIT = "00000001 00019000 000a ffff 00000064";

  @Override
  protected List<Sample> samples() {
    return List.of(
        sctp("INIT", "0100 001c" + INIT + "c000 0004 8008 0004"),
        sctp("INIT ACK", "0200 0020" + INIT + "0007 000c 0102030405060708"),
        sctp("too short an INIT", "0100 0010" + "00000001 00019000 000a ffff"),
        sctp(
            "COOKIE ECHO and data",
            "0a00 0006 aabb 0000 0003 0014 00000064 0001 0002 0000002e 61626364"),
        sctp("COOKIE ACK", "0b00 0004"),
        sctp("data of all flags", "0007 0013 00000064 0001 0002 00000012 616263 00"),
        sctp("unordered data", "0004 0014 00000064 0001 0002 00000000 00010203"),
        sctp("data without a payload", "0003 0010 00000064 0001 0002 00000000"),
        sctp("too short data", "0003 000c 00000064 0001 0002"),
        m3ua("M3UA data", "01 00 0101", "0210 0007 010203 00"),
        m3ua("M3UA error", "01 00 0000", "000c 0008 00000011 0007 0006 0102 0000"),
        m3ua(
            "M3UA destination unavailable", "01 00 0201", "0012 0008 00000101 0013 0006 0001 0000"),
        m3ua("M3UA up", "01 00 0301", "0011 0008 00000001 0004 0005 61 000000"),
        m3ua("M3UA active", "01 00 0401", "000b 0008 00000001"),
        m3ua("M3UA registration", "01 00 0901", "0207 0010 020a 0008 00000001 020b 0008 00000002"),
        m3ua("M3UA without parameters", "01 00 0306", ""),
        m3ua("M3UA of unknown types", "01 00 0109", "ffff 0004 0006 0006 0102 0000"),
        m3ua("M3UA of an unknown class", "01 00 0701", "0009 0005 01 000000"),
        m3ua("M3UA of another version", "02 00 0101", "0200 0008 00000001"),
        m3ua("M3UA with half a parameter", "01 00 0101", "0200"),
        m3ua("M3UA with a short parameter", "01 00 0101", "0200 0003 00000001"),
        m3ua("M3UA with a long parameter", "01 00 0101", "0200 0030 00000001"),
        data("M3UA of another length", 3, "01 00 0101 00000009 0200 0008 00000001"),
        data("too short for M3UA", 3, "01 00 0101"),
        sctp("SACK", "0300 0010 fffffffe 00019000 0000 0000"),
        sctp("SACK of gaps", "0300 001c fffffffe 00019000 0002 0001 0001 0003 0005 0006 00000064"),
        sctp("SACK of more gaps than there are", "0300 0014 00000064 00019000 0003 0001 0001 0003"),
        sctp("SACK with half a gap", "0300 0012 00000064 00019000 0003 0001 0001 0000"),
        sctp(
            "SACK with half a duplicate",
            "0300 0016 00000064 00019000 0001 0001 0001 0003 0001 0000"),
        sctp("too short a SACK", "0300 000c 00000064 00019000"),
        sctp("HEARTBEAT", "0400 0008 0001 0004"),
        sctp("HEARTBEAT ACK", "0500 0008 0001 0004"),
        sctp("ABORT", "0600 0008 000c 0004"),
        sctp("SHUTDOWN", "0700 0008 00000064"),
        sctp("SHUTDOWN ACK", "0800 0004"),
        sctp("ERROR", "0900 000c 0001 0008 0007 0000"),
        sctp("SHUTDOWN COMPLETE", "0e00 0004"),
        sctp("ECNE and CWR", "0c00 0008 00000064 0d00 0008 00000064"),
        sctp("FORWARD TSN", "c000 0008 00000064 c100 0004 c200 0004"),
        sctp("unknown chunks", "8000 0004 4000 0004"),
        sctp("padding that is missing", "0a00 0006 aabb"),
        sctp("half a chunk", "0b00 0004 0b00"),
        sctp("chunk shorter than its header", "0b00 0003"),
        sctp("chunk longer than the packet", "0a00 0030 aabb"),
        ethernet("half a header", ipv4(132, start().hex("8ca0 0b59 00000abc").toBytes())),
        ethernet("only a header", ipv4(132, start().hex(HEADER).toBytes())),
        ethernet("over IPv6", ipv6(132, start().hex(HEADER).hex("0b00 0004").toBytes())),
        ethernet(
            "after a header of IPv6",
            ipv6(0, start().hex("8400 0104 00000000").hex(HEADER).hex("0b00 0004").toBytes())));
  }

  private static Sample sctp(String name, String chunks) {
    return ethernet(name, ipv4(132, start().hex(HEADER).hex(chunks).toBytes()));
  }

  private static Sample m3ua(String name, String head, String parameters) {
    int length = 8 + start().hex(parameters).toBytes().length;
    return data(name, 3, head + "%08x".formatted(length) + parameters);
  }

  private static Sample data(String name, int payloadProtocol, String payload) {
    int length = 16 + start().hex(payload).toBytes().length;
    return sctp(
        name,
        "0003 %04x 00000064 0001 0002 %08x".formatted(length, payloadProtocol)
            + payload
            + "00".repeat(-length & 3));
  }
}
