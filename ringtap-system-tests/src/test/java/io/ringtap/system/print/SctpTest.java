package io.ringtap.system.print;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;

import java.util.List;

class SctpTest extends PrinterBeside {
  private static final String HEADER = "8ca0 0b59 00000abc 12345678";
  private static final String INIT = "00000001 00019000 000a ffff 00000064";

  @Override
  List<Sample> samples() {
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
}
