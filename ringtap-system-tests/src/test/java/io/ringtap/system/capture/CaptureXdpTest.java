package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.ebpf.kernel.AttachedXdp;
import io.ringtap.filter.FilterException;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.Command;
import io.ringtap.system.FrameSender;
import io.ringtap.system.Tcpdump;
import io.ringtap.system.capture.CaptureLab.Recorder;
import io.ringtap.system.capture.CaptureLab.Seen;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.VethPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Captures by XDP at one end of a cable. The judges are what the other end sent, the counters of
/// the host's stack, and tcpdump, which sees what the program left to the host.
@RequiresRoot
class CaptureXdpTest extends CaptureXdpLab {
  private static final long EPOCH_2020 = 1_577_836_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsWhatMatchesAndTheHostSeesItOnlyIfItIsWatched(boolean isStealing) throws Exception {
    // Of 10 flows one matches: every tenth frame.
    CaptureOptions options = options(isStealing).withFilter("udp src port 1027");
    try (Tcpdump tcpdump = Tcpdump.on(lab.near(), "--snapshot-length=64", "udp");
        Capture capture = lab.open(options)) {
      Recorder recorder = new Recorder();
      capture.start(recorder);
      long before = System.currentTimeMillis() * 1_000_000;
      sender.number(0, 500, 60, 10);
      sender.number(504, 1, 60, 10); // the last one, which does not match
      awaitCaptured(capture, 50);
      long after = (System.currentTimeMillis() + 1) * 1_000_000;
      capture.stop();
      capture.await();

      assertThat(numbers(recorder))
          .isEqualTo(LongStream.range(0, 500).filter(i -> i % 10 == 3).boxed().toList());
      assertThat(recorder.seen())
          .allSatisfy(seen -> {
            assertThat(seen.epochNanos()).isBetween(before, after);
            assertThat(seen.epochNanos()).isGreaterThan(EPOCH_2020);
            assertThat(seen.interfaceIndex()).isEqualTo(lab.near().index());
          });
      long passed = isStealing ? 451 : 501;
      Eventually.await("the frames that passed", () -> seenByHost() == passed);
      assertThat(tcpdump.linesUntil("1028 > ").stream().anyMatch(line -> line.contains(".1027 > ")))
          .isEqualTo(!isStealing);
      CaptureCounters counters = capture.counters();
      assertThat(counters.captured()).isEqualTo(50);
      assertThat(counters.offered()).isEqualTo(50);
    }
    assertThat(lab.captures().call(() -> AttachedXdp.of(lab.near().index()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsWhatFoundNoRoom(boolean isStealing) throws Exception {
    int frames = 20_000;
    CountDownLatch release = new CountDownLatch(1);
    PacketHandler blocked =
        _ -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    try (Capture capture = lab.open(options(isStealing).withBuffer(64 << 10))) {
      capture.start(blocked);
      sender.number(0, frames);
      awaitOffered(capture, frames);
      release.countDown();
      capture.stop();
      capture.await();

      CaptureCounters counters = capture.counters();
      assertThat(counters.droppedByKernel()).isPositive();
      assertThat(counters.captured()).isPositive();
      assertThat(counters.captured() + counters.droppedByKernel()).isEqualTo(frames);
      assertThat(capture.countersByInterface().getFirst().offered()).isEqualTo(frames);
      long passed = isStealing ? 0 : frames;
      Eventually.await("the frames that passed", () -> seenByHost() == passed);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsTagsInTheFrameAndCutsAtTheSnaplen(boolean isStealing) throws Exception {
    byte[] tagged = new byte[200];
    byte[] head = FrameSender.octets(FrameSender.NOBODY + "020000000001 8100 2005 0800");
    System.arraycopy(head, 0, tagged, 0, head.length);
    byte[] untagged = tagged.clone();
    untagged[12] = 0x08;
    untagged[13] = 0x00;
    CaptureOptions options = options(isStealing).withFilter("vlan 5").withSnaplen(100);

    List<Seen> seen = captured(options, 1, () -> sender.send(untagged, tagged, untagged));

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().frame()).isEqualTo(FrameSender.list(tagged).subList(0, 100));
    assertThat(seen.getFirst().origlen()).isEqualTo(200);
    assertThat(seen.getFirst().hadVlanTag()).isFalse();
  }

  private List<Seen> captured(CaptureOptions options, int count, CaptureLab.Traffic traffic)
      throws Exception {
    try (Capture capture = lab.open(options)) {
      Recorder recorder = new Recorder();
      capture.start(recorder);
      traffic.run();
      awaitCaptured(capture, count);
      capture.stop();
      capture.await();
      return recorder.seen();
    }
  }

  @Test
  void pollsTheDriverInsteadOfSleeping() throws Exception {
    List<Seen> seen = captured(options(true).withPolling(true), 500, () -> sender.number(0, 500));

    assertThat(seen).hasSize(500);
    assertRefused(options(false).withPolling(true), "polling the driver is for stealing");
  }

  /// A frame that takes several buffers of the driver.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsJumboFramesWhole(boolean isStealing) throws Exception {
    lab.far().mtu(9000);
    lab.near().mtu(9000);
    byte[] jumbo = new byte[9000];
    IntStream.range(0, jumbo.length).forEach(i -> jumbo[i] = (byte) ((i * 31) >> 3));
    System.arraycopy(FrameSender.octets(FrameSender.NOBODY + "020000000001 88b5"), 0, jumbo, 0, 14);

    List<Seen> seen = captured(options(isStealing), 3, () -> sender.send(jumbo, jumbo, jumbo));

    assertThat(seen).hasSize(3);
    assertThat(seen)
        .allSatisfy(frame -> {
          assertThat(frame.origlen()).isEqualTo(9000);
          assertThat(frame.frame()).isEqualTo(FrameSender.list(jumbo));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharesTheQueuesBetweenThreads(boolean isStealing) throws Exception {
    int flows = 64;
    int frames = flows * 50;
    tool("ip", "link", "delete", "near0");
    VethPair cable = VethPair.create(lab.captures(), "near0", lab.captures(), "far1", 2);
    List<Recorder> recorders = List.of(new Recorder(), new Recorder());
    try (Capture capture = lab.open(options(isStealing).withThreads(2).withBuffer(32 << 20));
        FrameSender onTwo = FrameSender.on(cable.b())) {
      capture.start(recorders::get, CaptureLab.DEAF);
      onTwo.number(0, frames, 60, flows);
      awaitCaptured(capture, frames);
      capture.stop();
      capture.await();

      List<Long> all = new ArrayList<>();
      for (Recorder recorder : recorders) {
        assertThat(recorder.seen()).isNotEmpty();
        all.addAll(numbers(recorder));
      }
      all.sort(null);
      assertThat(all).isEqualTo(LongStream.range(0, frames).boxed().toList());
      assertThat(capture.counters().offered()).isEqualTo(frames);
      assertThat(capture.notices()).noneMatch(notice -> notice.contains("queue"));
    }
  }

  private void tool(String... command) throws Exception {
    Command.Result result = Command.finish(lab.captures().start(command));
    assertThat(result.exitCode()).as(String.join(" ", command) + result.err()).isZero();
  }

  /// The loopback's driver has no XDP: the kernel runs the program later, and all else is the same.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void saysThatItFallsBackToGenericMode(boolean isStealing) throws Exception {
    try (CaptureFixture fixture = new CaptureFixture()) {
      CaptureOptions options =
          CaptureOptions.on("lo")
              .withMode(CaptureMode.XDP)
              .withStealing(isStealing)
              .withFilter("udp port " + CaptureFixture.PORT);
      try (Capture capture = fixture.namespace.call(() -> Capture.open(options))) {
        Recorder recorder = new Recorder();
        capture.start(recorder);
        fixture.send(5, 100);
        awaitCaptured(capture, 5);
        capture.stop();
        capture.await();

        assertThat(recorder.seen().stream().map(Seen::origlen))
            .containsExactly(142, 143, 144, 145, 146);
        assertThat(capture.notices())
            .anyMatch(notice -> notice.contains("generic mode") && notice.contains("EOPNOTSUPP"));
        assertThat(capture.notices().stream().anyMatch(notice -> notice.contains("are copied")))
            .isEqualTo(isStealing);
      }
    }
  }

  @Test
  void refusesWhatXdpDoesNotHave() throws Exception {
    assertRefused(options(false).withTraffic(Traffic.OUT), "sees received packets only");
    assertRefused(
        CaptureOptions.on(CaptureOptions.ANY).withMode(CaptureMode.XDP), "name them instead");
    assertThatThrownBy(() -> lab.open(options(false).withFilter("inbound")))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("XDP");
    tool("ip", "tuntap", "add", "tun0", "mode", "tun");
    assertRefused(
        CaptureOptions.on("tun0").withMode(CaptureMode.XDP), "tun0 has the link type RAW (Raw IP)");
    try (Capture capture = lab.open(options(false))) {
      assertThat(capture.notices()).contains("XDP shows received packets only");
    }
  }

  private void assertRefused(CaptureOptions options, String why) {
    assertThatThrownBy(() -> lab.open(options).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
