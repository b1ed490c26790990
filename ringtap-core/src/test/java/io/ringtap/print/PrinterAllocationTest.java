package io.ringtap.print;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.PacketBytes;
import java.lang.foreign.MemorySegment;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrinterAllocationTest {
  private static final List<String> PACKETS =
      List.of(
          Packets.ARP_REQUEST,
          Packets.QINQ,
          Packets.DNS_ANSWER,
          Packets.ECHO_REQUEST_IPV6,
          Packets.CLIENT_HELLO,
          Packets.UNKNOWN);

  /// Packets of servers and clients, with values of all kinds.
  private static final List<byte[]> DATAGRAMS =
      List.of(
          datagram(
              123,
              "24010af0 00000100 00028000 47505300"
                  + "e64f7a1b80000000 e64f7a1c00000000 e64f7a1d40000000 e64f7a1dffffffff"),
          datagram(
              67,
              "01010600 12345678 00030000"
                  + "00".repeat(224)
                  + "63825363 350101 3304 00000e10 0c03 616263 3702 0103 79 05 00 0a000001 ff"),
          datagram(
              547,
              "01 123456 0001 000a 00030001 020000000001"
                  + "0003 0028 00000001 00000000 00000000"
                  + "0005 0018 20010db8000000000000000000000001 00000e10 00001c20"
                  + "0018 0005 03 616263 00"),
          datagram(
              1812,
              "01 07 0036"
                  + "00".repeat(16)
                  + "01 05 616263 1a 0c 00000009 01 06 61626364 1b 06 00000e10 37 06 65000000"
                  + "06 06 00000002"),
          datagram(443, "40" + "11".repeat(30)),
          datagram(51820, "04000000 01020304 f1f2f3f4f5f6f7f8" + "11".repeat(32)),
          ipv4(6, tcp(40000, 9000, 1, 1, 0x10, "1e0c 20 03 f102030405060708", new byte[3])));

  @Test
  void printsAPacketWithoutAllocating() {
    PacketPrinter printer =
        new PacketPrinter(
            PrintOptions.DEFAULTS
                .withTime(TimeForm.EPOCH)
                .withZone(ZoneOffset.UTC)
                .withLinkHeader(true)
                .withVerbosity(1),
            _ -> null);
    Frame[] frames =
        Stream.concat(
                PACKETS.stream().map(Packets::frame),
                DATAGRAMS.stream().map(MemorySegment::ofArray))
            .map(PrinterAllocationTest::frame)
            .toArray(Frame[]::new);
    StringBuilder to = new StringBuilder(4096);

    int _ =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 1000; i++) {
            for (Frame frame : frames) {
              to.setLength(0);
              printer.print(to, frame);
            }
          }
        });

    assertThat(to).isNotEmpty();
  }

  private static Frame frame(MemorySegment bytes) {
    int length = (int) bytes.byteSize();
    return new MemoryFrame(LinkType.ETHERNET, bytes, 0, length, length, 0, 0);
  }

  private static byte[] datagram(int port, String payload) {
    return ipv4(17, udp(40000, port, PacketBytes.fromHex(payload)));
  }
}
