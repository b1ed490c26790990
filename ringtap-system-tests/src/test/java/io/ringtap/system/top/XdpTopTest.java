package io.ringtap.system.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketLayers;
import io.ringtap.system.ForeignXdp;
import io.ringtap.system.FrameSender;
import io.ringtap.system.filter.PacketGenerator;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.FrameVariation;
import io.ringtap.testnet.load.RunningLoad;
import io.ringtap.top.Interval;
import io.ringtap.top.KeyKind;
import io.ringtap.top.Order;
import io.ringtap.top.TopOptions;
import io.ringtap.top.TrafficKey;
import io.ringtap.top.XdpTop;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames arrive over a cable, and the program in the kernel counts them: each by the key that the
/// library reads from it, all of them exactly, and the heaviest within the error that is said.
@RequiresRoot
class XdpTopTest {
  private static final int FRAMES = 700;
  private static final int SMALLEST = 15; // that a packet socket sends
  private static final int LARGEST = 1500;

  private NetworkNamespace here;
  private NetworkNamespace there;
  private VethPair cable;

  private record Count(long packets, long bytes) {
    Count plus(long morePackets, long moreBytes) {
      return new Count(packets + morePackets, bytes + moreBytes);
    }
  }

  @BeforeEach
  void layACable() throws IOException {
    here = NetworkNamespace.create("top-here");
    there = NetworkNamespace.create("top-there");
    for (NetworkNamespace each : List.of(here, there)) {
      each.sysctl("net.ipv6.conf.all.disable_ipv6", "1"); // so that nothing else is sent
      each.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
    }
    cable = VethPair.create(here, "in0", there, "out0");
  }

  @AfterEach
  void remove() {
    there.close();
    here.close();
  }

  private XdpTop open(TopOptions options, @Nullable XdpFilter filter) throws IOException {
    return here.call(() -> XdpTop.open(options, filter, List.of("in0"), null));
  }

  private Interval next(XdpTop top) throws IOException {
    return here.call(top::nextInterval);
  }

  /// Adds up intervals until there are as many packets as were sent.
  private Map<TrafficKey, Count> countUntil(XdpTop top, long packets) {
    Map<TrafficKey, Count> counts = new HashMap<>();
    Eventually.await(
        packets + " packets have been counted",
        () -> {
          Interval interval = next(top);
          assertThat(interval.bound()).isZero();
          assertThat(interval.uncounted()).isZero();
          for (Interval.Row row : interval.rows()) {
            counts.merge(
                row.key(),
                new Count(row.packets(), row.bytes()),
                (sum, more) -> sum.plus(more.packets, more.bytes));
          }
          return top.counters().captured() == packets;
        });
    return counts;
  }

  private static List<byte[]> edgePackets() {
    return new PacketGenerator(new SplittableRandom(20261129))
        .packets(LinkType.ETHERNET, 2 * FRAMES).stream()
            .map(packet -> packet.bytes().toArray(ValueLayout.JAVA_BYTE))
            .filter(bytes -> bytes.length >= SMALLEST && bytes.length <= LARGEST)
            .limit(FRAMES)
            .toList();
  }

  @ParameterizedTest
  @EnumSource
  void readsTheSameKeyFromEachFrameAsTheLibrary(KeyKind kind) throws Exception {
    List<byte[]> frames = edgePackets();
    Map<TrafficKey, Count> expected = new HashMap<>();
    long notIp = 0;
    for (byte[] bytes : frames) {
      MemoryFrame frame = MemoryFrame.of(LinkType.ETHERNET, bytes);
      notIp += PacketLayers.of(frame).ipVersion() == 0 ? 1 : 0;
      TrafficKey key = TrafficKey.of(kind, frame);
      if (key != null) {
        expected.merge(key, new Count(1, bytes.length), (sum, _) -> sum.plus(1, bytes.length));
      }
    }
    try (XdpTop top = open(TopOptions.by(kind).withRows(FRAMES), null);
        FrameSender sender = FrameSender.on(cable.b())) {
      sender.send(frames.toArray(byte[][]::new));

      assertThat(countUntil(top, frames.size())).isEqualTo(expected);
      assertThat(notIp).isPositive();
    }
  }

  @Test
  void countsAFloodExactlyAndPassesItOn() throws Exception {
    try (XdpTop top = open(TopOptions.by(KeyKind.SOURCE).withRows(100), null);
        RunningLoad load =
            FrameLoad.on(cable.b()).outgoing().frames(300_000).sources(100).cpus(0).start()) {
      load.await();

      Map<TrafficKey, Count> counts = countUntil(top, 300_000);

      assertThat(counts).hasSize(100).containsValue(new Count(3000, 3000 * 60L));
      assertThat(counts.values()).containsOnly(new Count(3000, 3000 * 60L));
      // The stack has seen all of them: packets to another host.
      assertThat(cable.a().counters().rxOtherHost()).isEqualTo(300_000);
      assertThat(top.places())
          .singleElement()
          .satisfies(place -> {
            assertThat(place.mode()).isEqualTo(XdpMode.NATIVE);
            assertThat(place.nativeRefusal()).isNull();
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheHeaviestAmongAMillionSourcesWithinTheErrorThatItSays(Order order) throws Exception {
    int weight = order == Order.BITS ? 60 : 1;
    try (XdpTop top = open(TopOptions.by(KeyKind.SOURCE).withOrder(order).withCounters(512), null);
        RunningLoad load =
            FrameLoad.on(cable.b())
                .outgoing()
                .frames(400_000)
                .sources(1_000_000)
                .heavyHitters(5, 100)
                .cpus(0)
                .start()) {
      load.await();
      Interval interval = next(top);

      assertThat(interval.packets()).isEqualTo(400_000);
      assertThat(interval.bytes()).isEqualTo(400_000 * 60L);
      assertThat(interval.bound()).isPositive().isLessThan(400_000L * weight / 512);
      assertThat(interval.keys()).isEqualTo(2048);
      Map<TrafficKey, Long> truth = truth(load.variation(), 400_000);
      assertThat(interval.rows()).hasSize(20);
      assertThat(interval.rows().subList(0, 5))
          .extracting(row -> row.key().toString())
          .containsExactlyInAnyOrder("10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
      for (Interval.Row row : interval.rows()) {
        long counted = order == Order.BITS ? row.bytes() : row.packets();
        long sent = Objects.requireNonNull(truth.get(row.key())) * weight;
        assertThat(sent).isBetween(counted, counted + row.missed());
        assertThat(row.missed()).isLessThanOrEqualTo(interval.bound());
      }
      long kept = interval.packets() - interval.uncounted();
      assertThat(kept).isBetween(5 * 8_000L, 100_000L);
      assertThat(next(top).packets()).isZero(); // nothing is left in the table
      assertThat(next(top).packets()).isZero();
    }
  }

  /// How many frames each source sent.
  private static Map<TrafficKey, Long> truth(FrameVariation variation, int frames) {
    Map<Integer, Long> byAddress = new TreeMap<>();
    for (int i = 0; i < frames; i++) {
      byAddress.merge(variation.sourceAddress(i), 1L, Long::sum);
    }
    Map<TrafficKey, Long> truth = new HashMap<>();
    byte[] frame = new byte[34];
    frame[12] = 8;
    frame[14] = 0x45;
    byAddress.forEach((address, count) -> {
      byte[] source = IpAddress.ofIpv4(address).toInetAddress().getAddress();
      System.arraycopy(source, 0, frame, 26, source.length);
      MemoryFrame one = MemoryFrame.of(LinkType.ETHERNET, Arrays.copyOf(frame, frame.length));
      truth.put(Objects.requireNonNull(TrafficKey.of(KeyKind.SOURCE, one)), count);
    });
    return truth;
  }

  @Test
  void countsOnlyWhatTheFilterMatches() throws Exception {
    XdpFilter even =
        XdpFilter.compile("udp and ip[15] & 1 = 0", FilterOptions.of(LinkType.ETHERNET));
    try (XdpTop top = open(TopOptions.by(KeyKind.SOURCE), even);
        RunningLoad load = FrameLoad.on(cable.b()).outgoing().frames(1_000).sources(10).start()) {
      load.await();

      Map<TrafficKey, Count> counts = countUntil(top, 500);

      assertThat(counts.keySet())
          .extracting(TrafficKey::toString)
          .containsExactlyInAnyOrder("10.0.0.0", "10.0.0.2", "10.0.0.4", "10.0.0.6", "10.0.0.8");
      assertThat(cable.a().counters().rxOtherHost()).isEqualTo(1_000);
    }
  }

  @Test
  void leavesTheProgramOfOthersAndOpensNothing() throws Exception {
    try (ForeignXdp theirs = ForeignXdp.on(cable.a())) {
      OpenDescriptors.assertNoneLeft(() ->
          assertThatThrownBy(() -> open(TopOptions.by(KeyKind.SOURCE), null).close())
              .isInstanceOf(LinuxException.class)
              .hasMessageContaining("XDP on in0")
              .hasMessageContaining(theirs.refusal()));
    }
  }
}
