package io.ringtap.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.testing.Allocation;
import java.lang.foreign.MemorySegment;
import java.time.ZoneOffset;
import java.util.List;
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

  @Test
  void printsAPacketWithoutAllocating() {
    PacketPrinter printer =
        new PacketPrinter(
            new PrintOptions(
                TimeForm.EPOCH,
                false,
                ZoneOffset.UTC,
                true,
                false,
                1,
                DumpForm.NONE,
                false,
                false,
                null),
            _ -> null);
    Frame[] frames = PACKETS.stream().map(PrinterAllocationTest::frame).toArray(Frame[]::new);
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

  private static Frame frame(String packet) {
    MemorySegment bytes = Packets.frame(packet);
    int length = (int) bytes.byteSize();
    return new MemoryFrame(LinkType.ETHERNET, bytes, 0, length, length, 0, 0);
  }
}
