package io.ringtap.trace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.packet.UdpHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Probes by their bytes.
class ProbePacketTest {
  private static final IpAddress SOURCE4 = IpAddress.parse("192.0.2.1");
  private static final IpAddress TARGET4 = IpAddress.parse("198.51.100.7");
  private static final IpAddress SOURCE6 = IpAddress.parse("2001:db8::1");
  private static final IpAddress TARGET6 = IpAddress.parse("2001:db8:ffff::7");

  private static MemorySegment probe(
      int protocol, boolean isIpv6, int hopLimit, int path, int number) {
    ProbeIdentity identity = new ProbeIdentity(protocol, 61_056, 0x1234_5678, 33_434);
    ProbePacket packet = new ProbePacket(identity, 0, Arena.ofAuto());
    packet.write(isIpv6 ? SOURCE6 : SOURCE4, isIpv6 ? TARGET6 : TARGET4, hopLimit, path, number);
    byte[] bytes = packet.memory().asSlice(0, packet.length()).toArray(ValueLayout.JAVA_BYTE);
    return MemorySegment.ofArray(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1, false",
    "1, true",
    "6, false",
    "6, true",
    "17, false",
    "17, true",
  })
  void hasRightChecksumsWhateverTheNumber(int protocol, boolean isIpv6) {
    for (int number = 1; number <= 65_534; number++) {
      MemorySegment packet = probe(protocol, isIpv6, 9, 3, number);
      int start = isIpv6 ? Ipv6Header.BYTES : Ipv4Header.MIN_BYTES;
      long bytes = packet.byteSize() - start;
      int onWire = isIpv6 && protocol == IpProtocol.ICMP ? IpProtocol.ICMPV6 : protocol;
      long pseudo =
          isIpv6
              ? Checksum.pseudoHeader(
                  SOURCE6.high(), SOURCE6.low(), TARGET6.high(), TARGET6.low(), onWire, (int) bytes)
              : protocol == IpProtocol.ICMP
                  ? 0
                  : Checksum.pseudoHeader(
                      (int) SOURCE4.low(), (int) TARGET4.low(), onWire, (int) bytes);

      assertThat(Checksum.isValid(pseudo + Checksum.sum(packet, start, bytes))).isTrue();
      assertThat(isIpv6 || Ipv4Header.isChecksumValid(packet, 0)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, false",
    "1, true",
    "6, false",
    "6, true",
    "17, false",
    "17, true",
  })
  void keepsAllThatRoutersHashAndTellsPathsApart(int protocol, boolean isIpv6) {
    Set<String> flows = new HashSet<>();
    for (int path = 0; path < 64; path++) {
      Set<String> ofPath = new HashSet<>();
      for (int number = 1; number < 65_534; number += 1009) {
        ofPath.add(hashed(probe(protocol, isIpv6, 1 + number % 30, path, number), isIpv6));
      }

      assertThat(ofPath).hasSize(1);
      flows.addAll(ofPath);
    }
    assertThat(flows).hasSize(64);
  }

  /// Addresses, protocol, traffic class and flow label, and the first four bytes of the transport
  /// header, with the identifier of ICMP.
  private static String hashed(MemorySegment packet, boolean isIpv6) {
    int start = isIpv6 ? Ipv6Header.BYTES : Ipv4Header.MIN_BYTES;
    StringBuilder text = new StringBuilder();
    text.append(Integer.toHexString(NetworkOrder.word(packet, start)));
    int protocol = isIpv6 ? Ipv6Header.nextHeader(packet, 0) : Ipv4Header.protocol(packet, 0);
    if (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6) {
      text.append(' ').append(IcmpHeader.identifier(packet, start));
    }
    text.append(' ').append(protocol).append(' ');
    return isIpv6
        ? text.append(NetworkOrder.word(packet, 0)).toString()
        : text.append(Ipv4Header.typeOfService(packet, 0)).toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 77, 65_534})
  void carriesTheNumberWhereRoutersQuoteIt(int number) {
    MemorySegment udp = probe(IpProtocol.UDP, false, 5, 0, number);
    MemorySegment icmp = probe(IpProtocol.ICMP, true, 5, 0, number);

    assertThat(Ipv4Header.identification(udp, 0)).isEqualTo(number);
    assertThat(UdpHeader.checksum(udp, Ipv4Header.MIN_BYTES)).isEqualTo(number);
    assertThat(Ipv4Header.timeToLive(udp, 0)).isEqualTo(5);
    assertThat(IcmpHeader.sequence(icmp, Ipv6Header.BYTES)).isEqualTo(number);
    assertThat(Ipv6Header.hopLimit(icmp, 0)).isEqualTo(5);
  }
}
