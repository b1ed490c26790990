package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtnetlinkMessagesTest {
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void free() {
    arena.close();
  }

  /// `IFLA_LINKINFO` with `IFLA_INFO_KIND`.
  private static byte[] kind(String kind) {
    ByteBuffer info = ByteBuffer.allocate(5 + kind.length()).order(ByteOrder.nativeOrder());
    info.putShort((short) (5 + kind.length())).putShort((short) 1);
    info.put(kind.getBytes(StandardCharsets.US_ASCII));
    return info.array();
  }

  private static TestMessage veth() {
    return TestMessage.link(TestMessage.NEW_LINK, 0, Link.ETHER, 5, 0x11043)
        .with(3, "veth0")
        .with(4, 1500)
        .with(16, new byte[] {6})
        .with(1, new byte[] {2, 0, 0, 0, 0, (byte) 0xab})
        .with(10, 9)
        .with(5, 6)
        .with(37, 0)
        .with(31, 2)
        .with(32, 3)
        .with(18, kind("veth"));
  }

  /// `IFLA_PROP_LIST`, marked as a nest, with two `IFLA_ALT_IFNAME`.
  @Test
  void readsAlternativeNames() {
    ByteBuffer names = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    names
        .putShort((short) 11)
        .putShort((short) 53)
        .put("uplink\0\0".getBytes(StandardCharsets.US_ASCII));
    names
        .putShort((short) 12)
        .putShort((short) 53)
        .put("enp1s0f\0".getBytes(StandardCharsets.US_ASCII));

    Link link = RtnetlinkMessages.link(veth().with(52 | 0x8000, names.array()).build(arena));

    assertThat(link.alternativeNames()).containsExactly("uplink", "enp1s0f");
    NetworkInterface found = new NetworkInterface(link, List.of());
    assertThat(found.isCalled("veth0")).isTrue();
    assertThat(found.isCalled("uplink")).isTrue();
    assertThat(found.isCalled("uplin")).isFalse();
  }

  @Test
  void readsWhatAnInterfaceIs() {
    Link link = RtnetlinkMessages.link(veth().build(arena));

    assertThat(link)
        .isEqualTo(
            new Link(
                5,
                "veth0",
                Link.ETHER,
                1500,
                0x11043,
                OperationalState.UP,
                "02:00:00:00:00:ab",
                9,
                6,
                true,
                3,
                2,
                "veth",
                List.of()));
    assertThat(link.isUp()).isTrue();
    assertThat(link.isRunning()).isTrue();
    assertThat(link.isLoopback()).isFalse();
    assertThat(link.isPromiscuous()).isFalse();
  }

  @Test
  void readsAnInterfaceOfWhichLittleIsTold() {
    MemorySegment message =
        TestMessage.link(TestMessage.NEW_LINK, 0, Link.NONE, 3, 0x108).with(3, "t").build(arena);

    Link link = RtnetlinkMessages.link(message);

    assertThat(link)
        .isEqualTo(
            new Link(
                3,
                "t",
                Link.NONE,
                0,
                0x108,
                OperationalState.UNKNOWN,
                "",
                0,
                0,
                false,
                0,
                0,
                "",
                List.of()));
    assertThat(link.isUp()).isFalse();
    assertThat(link.isLoopback()).isTrue();
    assertThat(link.isPromiscuous()).isTrue();
    assertThat(RtnetlinkMessages.counters(message)).isEmpty();
  }

  @Test
  void readsEachCounterFromItsPlace() {
    long[] values = LongStream.range(0, 25).map(i -> (1L << 40) + i).toArray();

    InterfaceCounters counters =
        RtnetlinkMessages.counters(veth().with(23, values).build(arena)).orElseThrow();

    long base = 1L << 40;
    assertThat(counters)
        .isEqualTo(
            new InterfaceCounters(
                base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 7,
                base + 8, base + 10, base + 11, base + 12, base + 13, base + 14, base + 15,
                base + 17, base + 18, base + 23));
  }

  @Test
  void readsTheCountersOfOlderKernelsAndNoShorterOnes() {
    MemorySegment older = veth().with(23, new long[24]).build(arena);
    MemorySegment cut = veth().with(23, new long[23]).build(arena);

    assertThat(RtnetlinkMessages.counters(older)).isPresent();
    assertThat(RtnetlinkMessages.counters(cut)).isEmpty();
  }

  @Test
  void readsAsMuchAsThereIsOfAMessageCutAnywhere() {
    MemorySegment whole = veth().with(23, new long[25]).build(arena);

    for (long length = 32; length < whole.byteSize(); length++) {
      MemorySegment cut = whole.asSlice(0, length);
      assertThat(RtnetlinkMessages.isWhole(cut)).isTrue();
      assertThat(RtnetlinkMessages.link(cut).index()).isEqualTo(5);
      assertThat(RtnetlinkMessages.counters(cut)).isEmpty();
    }
    assertThat(RtnetlinkMessages.isWhole(whole.asSlice(0, 31))).isFalse();
  }

  @Test
  void readsAddressesOfBothFamilies() {
    byte[] linkLocal = new byte[16];
    linkLocal[0] = (byte) 0xfe;
    linkLocal[1] = (byte) 0x80;
    linkLocal[15] = 1;
    MemorySegment ipv4 =
        TestMessage.address(2, 24, 5)
            .with(1, new byte[] {10, 0, 0, 1})
            .with(2, new byte[] {10, 0, 0, 1})
            .build(arena);
    MemorySegment ipv6 = TestMessage.address(10, 64, 5).with(1, linkLocal).build(arena);

    assertThat(RtnetlinkMessages.address(ipv4)).hasToString("Optional[10.0.0.1/24]");
    assertThat(RtnetlinkMessages.address(ipv6)).hasToString("Optional[fe80:0:0:0:0:0:0:1/64]");
    assertThat(RtnetlinkMessages.address(ipv6).orElseThrow().index()).isEqualTo(5);
  }

  @Test
  void takesTheNearEndOfAPointToPointLink() {
    MemorySegment message =
        TestMessage.address(2, 32, 5)
            .with(1, new byte[] {10, 0, 0, 2})
            .with(2, new byte[] {10, 0, 0, 1})
            .build(arena);

    assertThat(RtnetlinkMessages.address(message)).hasToString("Optional[10.0.0.1/32]");
  }

  @Test
  void passesOverAddressesOfOtherFamilies() {
    MemorySegment message = TestMessage.address(4, 8, 5).with(1, new byte[10]).build(arena);

    assertThat(RtnetlinkMessages.address(message)).isEmpty();
    assertThat(RtnetlinkMessages.address(message.asSlice(0, 20))).isEmpty();
  }
}
