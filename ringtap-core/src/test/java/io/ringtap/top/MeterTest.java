package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.testing.Allocation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeterTest {
  private static final String IPV6_A = "20010db8000000000000000000000001";
  private static final String IPV6_B = "20010db8000000000000000000000002";
  private static final int SOURCE_ADDRESS = 14 + 12;

  private final MemorySegment udp4 = TestFrames.udp4("0a000001", "0a000002", 5000, 53);
  private final MemorySegment icmp4 = TestFrames.icmp4("0a000001", "0a000002");
  private final MemorySegment tcp6 = TestFrames.tcp6(IPV6_A, IPV6_B, 443, 60_000);
  private final AtomicInteger turns = new AtomicInteger();

  private Meter meter(KeyKind kind, Order order, int counters) {
    return new Meter(
        kind, order, counters, new KeyHash(kind.words(), new SplittableRandom(3)), turns);
  }

  private static void count(Meter meter, MemorySegment memory) {
    meter.onPacket(frame(memory));
  }

  private static Frame frame(MemorySegment memory) {
    int length = (int) memory.byteSize();
    return new MemoryFrame(LinkType.ETHERNET, memory, 0, length, length, 0, 0);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        keys(KeyKind.SOURCE, "10.0.0.1", "10.0.0.1", "2001:db8::1"),
        keys(KeyKind.DESTINATION, "10.0.0.2", "10.0.0.2", "2001:db8::2"),
        keys(
            KeyKind.PAIR,
            "10.0.0.1 > 10.0.0.2",
            "10.0.0.1 > 10.0.0.2",
            "2001:db8::1 > 2001:db8::2"),
        keys(
            KeyKind.FLOW,
            "10.0.0.1:5000 > 10.0.0.2:53 UDP",
            "10.0.0.1 > 10.0.0.2 ICMP",
            "[2001:db8::1]:443 > [2001:db8::2]:60000 TCP"),
        keys(KeyKind.PORT, "UDP 53", "ICMP", "TCP 443"),
        keys(KeyKind.SOURCE_PORT, "UDP 5000", "ICMP", "TCP 443"),
        keys(KeyKind.DESTINATION_PORT, "UDP 53", "ICMP", "TCP 60000"),
        keys(KeyKind.PROTOCOL, "IPv4 UDP", "IPv4 ICMP", "IPv6 TCP"),
        keys(KeyKind.VLAN, "untagged", "untagged", "untagged"));
  }

  private static Arguments keys(KeyKind kind, String udp4, String icmp4, String tcp6) {
    return Arguments.of(kind, udp4, icmp4, tcp6);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void tellsPacketsApart(KeyKind kind, String ofUdp4, String ofIcmp4, String ofTcp6) {
    assertThat(keyOf(kind, udp4)).containsExactly(ofUdp4);
    assertThat(keyOf(kind, icmp4)).containsExactly(ofIcmp4);
    assertThat(keyOf(kind, tcp6)).containsExactly(ofTcp6);
  }

  private List<String> keyOf(KeyKind kind, MemorySegment frame) {
    Meter meter = meter(kind, Order.PACKETS, 16);
    count(meter, frame);
    return keysOf(kind, meter.rest());
  }

  private static List<String> keysOf(KeyKind kind, IntervalCount count) {
    return IntStream.range(0, count.keys.size())
        .mapToObj(i -> new TrafficKey(kind, count.keys.key(i)).toString())
        .toList();
  }

  @Test
  void tellsVlansApartAndOtherProtocolsThanIp() {
    assertThat(keyOf(KeyKind.VLAN, TestFrames.tagged(0x6007))).containsExactly("7");
    assertThat(keyOf(KeyKind.VLAN, TestFrames.arp())).containsExactly("untagged");
    assertThat(keyOf(KeyKind.PROTOCOL, TestFrames.arp())).containsExactly("ARP");
  }

  @Test
  void countsWhatIsNotIpWithoutAKey() {
    Meter meter = meter(KeyKind.SOURCE, Order.PACKETS, 16);

    count(meter, udp4);
    count(meter, TestFrames.arp());
    meter.onPacket(
        new MemoryFrame(LinkType.ETHERNET, udp4, 0, 20, 42, 0, 0)); // cut in the IP header

    IntervalCount counted = meter.rest();
    assertThat(counted.packets).isEqualTo(3);
    assertThat(counted.bytes).isEqualTo(42 + 42 + 42);
    assertThat(counted.notIp).isEqualTo(2);
    assertThat(counted.keys.total()).isEqualTo(1);
  }

  @Test
  void weighsByTheLengthBeforeItWasCut() {
    Meter byBits = meter(KeyKind.SOURCE, Order.BITS, 16);
    Meter byPackets = meter(KeyKind.SOURCE, Order.PACKETS, 16);

    byBits.onPacket(new MemoryFrame(LinkType.ETHERNET, udp4, 0, 42, 1500, 0, 0));
    byPackets.onPacket(new MemoryFrame(LinkType.ETHERNET, udp4, 0, 42, 1500, 0, 0));

    HeavyHitters bits = byBits.rest().keys;
    assertThat(bits.weight(0)).isEqualTo(1500);
    assertThat(bits.companion(0)).isEqualTo(1);
    HeavyHitters packets = byPackets.rest().keys;
    assertThat(packets.weight(0)).isEqualTo(1);
    assertThat(packets.companion(0)).isEqualTo(1500);
  }

  @Test
  void doesNotCountThePseudoHeaderOfCookedSockets() {
    Meter meter = meter(KeyKind.VLAN, Order.BITS, 16);

    meter.onPacket(new MemoryFrame(LinkType.LINUX_SLL2, udp4, 0, 42, 120, 0, 0));
    meter.onPacket(new MemoryFrame(LinkType.LINUX_SLL, udp4, 0, 42, 116, 0, 0));

    assertThat(meter.rest().bytes).isEqualTo(200);
  }

  @Test
  void handsOverItsCountWhenTheTurnComes() {
    Meter meter = meter(KeyKind.SOURCE, Order.PACKETS, 16);
    count(meter, udp4);

    assertThat(meter.poll()).isNull();
    turns.incrementAndGet();
    meter.onDrained(0);
    count(meter, udp4);
    count(meter, udp4);

    IntervalCount first = Objects.requireNonNull(meter.poll());
    assertThat(first.packets).isEqualTo(1);
    first.clear();
    meter.giveBack();
    assertThat(meter.poll()).isNull();
    assertThat(meter.rest().packets).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void countsWithoutAllocating(KeyKind kind) {
    Meter meter = meter(kind, Order.PACKETS, 64);
    Frame ipv4 = frame(udp4);
    Frame ipv6 = frame(tcp6);

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 10_000; i++) {
            udp4.set(ValueLayout.JAVA_INT_UNALIGNED, SOURCE_ADDRESS, i);
            meter.onPacket(ipv4);
            meter.onPacket(ipv6);
          }
        });

    assertThat(meter.rest().packets).isEqualTo(rounds * 20_000L);
  }
}
