package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Allocation;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class HeaderAllocationTest {
  private static final int ICMP = EthernetHeader.BYTES + Ipv4Header.MIN_BYTES;

  private final MemorySegment echo = Frames.hex(Frames.ECHO_REQUEST);
  private final MemorySegment noise = Frames.hex("45000000".repeat(12));

  @Test
  void looksAtAPacketWithoutAllocating() {
    long[] seen = {0};

    int _ =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 5_000; i++) {
            seen[0] += look(echo) + look(noise);
          }
        });

    assertThat(seen[0]).isNotZero();
  }

  @Test
  void findsTheLayersOfAPacketWithoutAllocating() {
    PacketLayers layers = new PacketLayers();
    MemorySegment echoIpv6 = Frames.hex(Frames.ECHO_REQUEST_IPV6);
    long[] seen = {0};

    int _ =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 5_000; i++) {
            seen[0] += layers(layers, echo) + layers(layers, echoIpv6) + layers(layers, noise);
          }
        });

    assertThat(seen[0]).isNotZero();
  }

  private static long layers(PacketLayers layers, MemorySegment frame) {
    layers.read(LinkType.ETHERNET, frame, 0, (int) frame.byteSize());
    return layers.protocol() + layers.transportOffset() + layers.end();
  }

  private static long look(MemorySegment frame) {
    long end = frame.byteSize();
    long sum = EthernetHeader.isWhole(frame, 0, end) ? EthernetHeader.source(frame, 0) : 1;
    if (Ipv4Header.isWhole(frame, EthernetHeader.BYTES, end)) {
      sum += Ipv4Header.source(frame, EthernetHeader.BYTES);
      sum += Ipv4Header.totalLength(frame, EthernetHeader.BYTES);
    }
    if (IcmpHeader.isWhole(frame, ICMP, end)) {
      sum += IcmpHeader.identifier(frame, ICMP);
      sum += Checksum.fold(Checksum.sum(frame, ICMP, end - ICMP));
    }
    sum += Ipv6Header.isWhole(frame, EthernetHeader.BYTES, end) ? 1 : 2;
    return sum + (QuotedEcho.isWhole(frame, ICMP, end) ? 1 : 2);
  }
}
