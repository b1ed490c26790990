package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipathTcpTest extends PrinterBeside {
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;
  private static final int ACK = 0x10;

  @Override
  protected List<Sample> samples() {
    return List.of(
        option("capable, version 1", SYN, "1e04 01 01"),
        option("capable, version 1, answer", SYN_ACK, "1e0c 01 81 f102030405060708"),
        option("capable, version 1, last", ACK, "1e14 01 01 0002030405060708 1112131415161718"),
        option("capable, data", ACK, "1e16 01 01 0102030405060708 1112131415161718 0064 0101"),
        option("capable, version 0", SYN, "1e0c 00 81 0102030405060708"),
        option("capable, version 2", SYN, "1e04 02 01"),
        option("join", SYN, "1e0c 11 07 01020304 0a0b0c0d"),
        option("join, answer", SYN_ACK, "1e10 10 08 f102030405060708 0000000d"),
        option("join, last", ACK, "1e18 10 00 0102030405060708090a0b0c0d0e0f1011121314"),
        option("data, acknowledgment", ACK, "1e08 20 01 01020304"),
        option("data, long acknowledgment", ACK, "1e0c 20 03 f102030405060708"),
        option("data, short sequence", ACK, "1e12 20 05 01020304 0a0b0c0d 00000001 0064 0101"),
        option("data, all", ACK, "1e1c 20 1f 0102030405060708 f102030405060708 00000001 0064 abcd"),
        option("add address", ACK, "1e08 30 02 0a000001"),
        option("add address, port", ACK, "1e0a 34 02 0a000001 1f90 0101"),
        option("add address, hash", ACK, "1e10 30 02 0a000001 0102030405060708"),
        option("add address, port and hash", ACK, "1e12 30 02 0a000001 1f90 0102030405060708 0101"),
        option("add address, echo", ACK, "1e08 31 02 0a000001"),
        option("add address, bad version", ACK, "1e08 32 02 0a000001"),
        option("add address, IPv6", ACK, "1e14 36 02 20010db8000000000000000000000001"),
        option(
            "add address, IPv6, port",
            ACK,
            "1e16 30 02 20010db8000000000000000000000001 1f90 0101"),
        option(
            "add address, IPv6, hash",
            ACK,
            "1e1c 30 02 20010db8000000000000000000000001 0102030405060708"),
        option(
            "add address, IPv6, port and hash",
            ACK,
            "1e1e 30 02 20010db8000000000000000000000001 1f90 0102030405060708 0101"),
        option("remove addresses", ACK, "1e05 40 02 03 010101"),
        option("priority", ACK, "1e03 51 01"),
        option("priority of an address", ACK, "1e04 50 07"),
        option("fail", ACK, "1e0c 60 00 f102030405060708"),
        option("fast close", ACK, "1e0c 70 00 0102030405060708"),
        option("reset", ACK, "1e04 80 00"),
        option("experimental", ACK, "1e04 f0 00"));
  }

  /// tcpdump stops the line there, and so shows no length.
  @Test
  void closesTheListAfterAMalformedOption() {
    for (String malformed :
        List.of(
            "1e02",
            "1e04 01 01",
            "1e04 11 01",
            "1e06 20 01 0102",
            "1e10 20 05 01020304 0a0b0c0d 00000001",
            "1e05 51 01 01",
            "1e04 60 00")) {
      String line = line(option("", ACK, malformed + "01".repeat(8)).bytes());

      assertThat(line).contains("options [mptcp").endsWith("[bad opt]], length 0\n");
    }
  }

  private static Sample option(String name, int flags, String hex) {
    StringBuilder padded = new StringBuilder(hex.replace(" ", ""));
    while (padded.length() % 8 != 0) {
      padded.append("01");
    }
    byte[] segment = tcp(40000, 9000, 1, 1, flags, padded.toString(), new byte[0]);
    return ethernet(name, ipv4(6, segment));
  }
}
