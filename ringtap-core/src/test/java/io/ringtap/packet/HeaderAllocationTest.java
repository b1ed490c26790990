package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeaderAllocationTest {
  private static final int ICMP = EthernetHeader.BYTES + Ipv4Header.MIN_BYTES;
  private static final int ROUNDS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MemorySegment echo = Frames.hex(Frames.ECHO_REQUEST);
  private final MemorySegment noise = Frames.hex("45000000".repeat(12));

  @Test
  void looksAtAPacketWithoutAllocating() {
    long least = Long.MAX_VALUE;
    long seen = 0;

    // The compiler replaces the method meanwhile, on this thread's account: the best round counts.
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        seen += look(echo) + look(noise);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isZero();
    assertThat(seen).isNotZero();
  }

  @Test
  void findsTheLayersOfAPacketWithoutAllocating() {
    PacketLayers layers = new PacketLayers();
    MemorySegment echoIpv6 = Frames.hex(Frames.ECHO_REQUEST_IPV6);
    long least = Long.MAX_VALUE;
    long seen = 0;

    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        seen += layers(layers, echo) + layers(layers, echoIpv6) + layers(layers, noise);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isZero();
    assertThat(seen).isNotZero();
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
