package io.ringtap.system.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.send.FrameSupplier;
import io.ringtap.send.Pace;
import io.ringtap.send.PacketSender;
import io.ringtap.send.Refusal;
import io.ringtap.send.Replay;
import io.ringtap.send.SendCounters;
import io.ringtap.send.SendOutcome;
import io.ringtap.send.SenderOptions;
import io.ringtap.system.Command;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLab;
import io.ringtap.system.capture.CaptureLabTest;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a sender puts on a cable, judged by a capture at its other end and by the kernel's
/// counters.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PacketSenderTest extends CaptureLabTest {
  private static final long MILLI = 1_000_000;

  private PacketSender open() throws IOException {
    return open(SenderOptions.on("far0"));
  }

  private PacketSender open(SenderOptions options) throws IOException {
    return lab.far().namespace().call(() -> PacketSender.open(options));
  }

  private static Frame frame(int number, int bytes) {
    return Frame.of(LinkType.ETHERNET, bytes(number, bytes));
  }

  /// A frame for nobody, of an EtherType for experiments (RFC 5342), that no other test's is like.
  private static byte[] bytes(int number, int length) {
    byte[] frame = new byte[length];
    for (int i = 14; i < length; i++) {
      frame[i] = (byte) (number + i);
    }
    byte[] header = FrameSender.octets(FrameSender.NOBODY + "020000000001" + "88b5");
    System.arraycopy(header, 0, frame, 0, Math.min(header.length, length));
    return frame;
  }

  private static Frame tagged(int bytes) {
    byte[] frame = bytes(0, bytes);
    System.arraycopy(FrameSender.octets("8100 6007 88b5"), 0, frame, 12, 6);
    return Frame.of(LinkType.ETHERNET, frame);
  }

  private static List<List<Byte>> bytesOf(List<? extends Frame> frames) {
    return frames.stream().map(frame -> FrameSender.list(frame.toArray())).toList();
  }

  private List<List<Byte>> captured(CaptureLab.Traffic traffic) throws Exception {
    CaptureOptions options = CaptureLab.options();
    return lab.capture(options, traffic).stream().map(CaptureLab.Seen::frame).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sendsEveryFrameAsItIsAndInOrder(boolean isQdiscBypassed) throws Exception {
    List<Frame> frames = new ArrayList<>();
    IntStream.range(0, 500).forEach(i -> frames.add(frame(i, 14 + i * 3)));
    frames.add(tagged(1518));
    frames.add(frame(1, 1514));
    SenderOptions options =
        SenderOptions.on("far0").withQdiscBypass(isQdiscBypassed).withSendBuffer(1 << 20);

    try (PacketSender sender = open(options)) {
      List<List<Byte>> seen =
          captured(() -> assertThat(sender.sendAll(frames)).isEqualTo(frames.size()));

      assertThat(seen).isEqualTo(bytesOf(frames));
      long bytes = frames.stream().mapToLong(Frame::caplen).sum();
      assertThat(sender.counters().sent()).isEqualTo(frames.size());
      assertThat(sender.counters().sentBytes()).isEqualTo(bytes);
      assertThat(sender.counters().offered()).isEqualTo(frames.size());
      assertThat(lab.far().counters().txPackets()).isEqualTo(frames.size());
    }
  }

  @Test
  void refusesWhatDoesNotFitAndSendsTheRest() throws Exception {
    Frame cut = new MemoryFrame(LinkType.ETHERNET, frame(1, 60).memory(), 0, 60, 1000, 0, 0);
    List<Frame> frames =
        List.of(
            frame(1, 60),
            frame(2, 1515),
            cut,
            Frame.of(LinkType.LINUX_SLL, bytes(3, 60)),
            Frame.of(LinkType.RAW, bytes(3, 60)),
            frame(3, 13),
            frame(4, 0),
            tagged(1519),
            frame(5, 60));

    try (PacketSender sender = open()) {
      List<List<Byte>> seen = captured(() -> assertThat(sender.sendAll(frames)).isEqualTo(2));

      assertThat(seen).isEqualTo(bytesOf(List.of(frame(1, 60), frame(5, 60))));
      SendCounters counters = sender.counters();
      assertThat(counters.refusals())
          .isEqualTo(
              Map.of(
                  Refusal.TOO_LONG,
                  2L,
                  Refusal.CUT,
                  1L,
                  Refusal.LINK_TYPE,
                  2L,
                  Refusal.TOO_SHORT,
                  2L));
      assertThat(counters.kernelRefusals()).isEmpty();
      assertThat(counters.offered()).isEqualTo(frames.size());
      assertThat(sender.send(cut)).isEqualTo(new SendOutcome.Refused(Refusal.CUT));
      assertThat(sender.send(frame(6, 60))).isEqualTo(new SendOutcome.Sent());
    }
  }

  /// The limits that the sender knows are the kernel's: what it lets through the kernel takes, and
  /// the MTU may have changed since.
  @Test
  void countsWhatTheKernelRefusesByItsError() throws Exception {
    try (PacketSender sender = open()) {
      lab.far().mtu(1000);
      assertThat(sender.sendAll(List.of(frame(1, 1014), frame(2, 1015), frame(3, 60))))
          .isEqualTo(2);
      assertThat(sender.send(frame(4, 1500)))
          .isEqualTo(new SendOutcome.RefusedByKernel(Errno.EMSGSIZE));
      assertThat(sender.counters().kernelRefusals()).isEqualTo(Map.of(Errno.EMSGSIZE, 2L));

      lab.far().down();
      assertThat(sender.sendAll(List.of(frame(5, 60), frame(6, 60)))).isZero();
      lab.far().up();
      assertThat(sender.sendAll(List.of(frame(7, 60), frame(8, 60)))).isPositive();

      SendCounters counters = sender.counters();
      assertThat(counters.kernelRefusals().get(Errno.ENETDOWN)).isGreaterThanOrEqualTo(2);
      assertThat(counters.offered()).isEqualTo(8);
      assertThat(counters.sent() + counters.refusedByKernel()).isEqualTo(8);
    }
  }

  @Test
  void takesTheFramesThatTheKernelTakesOnLoopbackToo() throws Exception {
    try (PacketSender sender = open(SenderOptions.on("lo"))) {
      assertThat(sender.sendAll(List.of(frame(1, 65536 + 14), frame(2, 65536 + 15), tagged(65554))))
          .isEqualTo(1);
      assertThat(sender.counters().refused(Refusal.TOO_LONG)).isEqualTo(2);
    }
  }

  @Test
  void sendsBareIpPacketsByAnInterfaceOfThose() throws Exception {
    byte[] packet = FrameSender.octets("4500001c00010000401100000a0000010a00000203e803e900080000");
    for (String words : List.of("tuntap add mode tun name tun0", "link set tun0 up")) {
      Process ip = lab.far().namespace().start(("ip " + words).split(" ", -1));
      assertThat(Command.finish(ip).exitCode()).isZero();
    }

    try (PacketSender sender = open(SenderOptions.on("tun0"))) {
      assertThat(sender.linkType()).isEqualTo(LinkType.RAW);
      assertThat(sender.send(Frame.of(LinkType.IPV4, packet))).isEqualTo(new SendOutcome.Sent());
      assertThat(sender.send(frame(1, 60))).isEqualTo(new SendOutcome.Refused(Refusal.LINK_TYPE));
    }
  }

  /// A queue of two frames that empties slowly: the sender asks until there is room.
  @Test
  void waitsForRoomInAFullQueueAndLosesNothing() throws Exception {
    Requirement.tool("tc");
    Process tc =
        lab.far()
            .namespace()
            .start(
                "tc", "qdisc", "add", "dev", "far0", "root", "tbf", "rate", "4mbit", "burst",
                "1600", "limit", "3200");
    assertThat(Command.finish(tc).exitCode()).isZero();
    List<Frame> frames = IntStream.range(0, 100).mapToObj(i -> frame(i, 1000)).toList();

    try (PacketSender sender = open()) {
      List<List<Byte>> seen =
          captured(() -> {
            assertThat(sender.sendAll(frames)).isEqualTo(100);
            await().until(() -> lab.near().counters().rxPackets() == 100);
          });

      assertThat(seen).isEqualTo(bytesOf(frames));
      assertThat(sender.counters().retries()).isPositive();
      assertThat(sender.counters().refusedByKernel()).isZero();
    }
  }

  @Test
  void keepsToTheTimesOfTheStamps() throws Exception {
    long[] stamps = {0, 5 * MILLI, 5 * MILLI, 40 * MILLI, 41 * MILLI, 90 * MILLI};
    List<Frame> frames =
        IntStream.range(0, stamps.length)
            .mapToObj(i -> stamped(i, 1_700_000_000_000_000_000L + stamps[i]))
            .toList();
    try (PacketSender sender = open()) {
      Replay replay = new Replay(sender, Pace.asRecorded());

      List<CaptureLab.Seen> seen =
          lab.capture(CaptureLab.options(), () -> replay.run(source(frames)));

      // No frame leaves before its time, so by the first one's stamp, which is later than its time.
      assertThat(seen).hasSize(frames.size());
      assertThat(replay.ideal()).isEqualTo(Duration.ofNanos(90 * MILLI));
      assertThat(replay.elapsed()).isGreaterThanOrEqualTo(replay.ideal());
      long whole = seen.getLast().epochNanos() - seen.getFirst().epochNanos();
      assertThat(sumOfGaps(seen)).isEqualTo(whole);
      assertThat(seen.stream().map(CaptureLab.Seen::frame).toList()).isEqualTo(bytesOf(frames));
    }
  }

  private static long sumOfGaps(List<CaptureLab.Seen> seen) {
    return IntStream.range(1, seen.size())
        .mapToLong(i -> seen.get(i).epochNanos() - seen.get(i - 1).epochNanos())
        .peek(gap -> assertThat(gap).isNotNegative())
        .sum();
  }

  private static Frame stamped(int number, long epochNanos) {
    return MemoryFrame.of(LinkType.ETHERNET, bytes(number, 60)).withStamp(epochNanos);
  }

  private static FrameSupplier source(List<? extends Frame> frames) {
    Iterator<? extends Frame> iterator = frames.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  @Test
  void neverExceedsARateAndTakesNoTimeForWhatItRefuses() throws Exception {
    List<Frame> frames = new ArrayList<>();
    IntStream.range(0, 51).forEach(i -> frames.add(frame(i, 1000)));
    IntStream.range(0, 500).forEach(i -> frames.add(frame(i, 5)));
    try (PacketSender sender = open()) {
      Replay packets = new Replay(sender, Pace.packetsPerSecond(500));
      packets.run(source(frames));
      Replay bits = new Replay(sender, Pace.bitsPerSecond(8_000_000)); // a frame a millisecond
      bits.run(source(frames));
      bits.run(source(frames)); // and again, at the same rate

      assertThat(packets.ideal()).isEqualTo(Duration.ofMillis(100));
      assertThat(packets.elapsed()).isGreaterThanOrEqualTo(packets.ideal());
      assertThat(bits.ideal()).isEqualTo(Duration.ofMillis(101));
      assertThat(bits.elapsed()).isGreaterThanOrEqualTo(bits.ideal());
      assertThat(sender.counters().sent()).isEqualTo(51 * 3);
      assertThat(sender.counters().refused(Refusal.TOO_SHORT)).isEqualTo(1500);
    }
  }

  @Test
  void stopsWhileAFrameIsNotDueForLongAndCountsOnlyWhatHasGone() throws Exception {
    List<Frame> frames = List.of(stamped(1, 1), stamped(2, 2), stamped(3, 3_600_000_000_000L));
    try (PacketSender sender = open()) {
      Replay replay = new Replay(sender, Pace.asRecorded());
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> {
            try {
              replay.run(source(frames));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      await().until(() -> sender.counters().sent() == 2);

      replay.stop();
      run.join();
      replay.run(source(frames)); // does nothing more

      assertThat(sender.counters().offered()).isEqualTo(2);
      assertThat(replay.ideal()).isEqualTo(Duration.ofNanos(1));
      assertThat(replay.elapsed()).isLessThan(Duration.ofHours(1));
    }
  }

  @Test
  void failsWhenTheInterfaceIsGoneAndCountsWhatItTakesAlong() throws Exception {
    try (PacketSender sender = open()) {
      Process ip = lab.far().namespace().start("ip", "link", "del", "far0");
      assertThat(Command.finish(ip).exitCode()).isZero();

      assertThatExceptionOfType(LinuxException.class)
          .isThrownBy(() -> {
            long _ = sender.sendAll(List.of(frame(1, 60), frame(2, 60)));
            long _ = sender.sendAll(List.of(frame(3, 60)));
          })
          .withMessageContainingAll("sendmmsg for far0: ENXIO", "the interface is gone");
      SendCounters counters = sender.counters();
      assertThat(counters.sent()).isZero();
      assertThat(counters.offered()).isEqualTo(counters.refusedByKernel()).isBetween(2L, 3L);
    }
  }

  @Test
  void saysWhyItCannotBeOpenedAndLeavesNothingBehind() throws Exception {
    long before = OpenDescriptors.count();
    lab.far().down();

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(this::open)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENETDOWN))
        .withMessageContainingAll("send for far0", "ip link set far0 up");
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> open(SenderOptions.on("far1")))
        .withMessageContainingAll("send for far1: ENODEV", "there are: lo, far0");
    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }

  @Test
  void isClosedForGoodAndKeepsItsCounters() throws Exception {
    long before = OpenDescriptors.count();
    PacketSender sender = open();
    sender.send(frame(1, 60));

    sender.close();
    sender.close();

    assertThat(OpenDescriptors.count()).isEqualTo(before);
    assertThat(sender.counters().sent()).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> sender.send(frame(1, 60)));
    assertThatIllegalStateException().isThrownBy(() -> sender.sendAll(List.of(frame(1, 60))));
    assertThatIllegalStateException()
        .isThrownBy(() -> new Replay(sender, Pace.asFastAsPossible()).run(source(List.of())));
  }

  @Test
  void allocatesNothingForAFrame() throws Exception {
    try (PacketSender sender = open()) {
      Replay replay = new Replay(sender, Pace.packetsPerSecond(100_000));
      Sequence source = new Sequence(frame(1, 60), frame(1, 2000));

      int rounds =
          Allocation.assertNone(() -> {
            source.left = 2000;
            try {
              replay.run(source);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });

      assertThat(sender.counters().sent()).isEqualTo(rounds * 1000L);
      assertThat(sender.counters().refused(Refusal.TOO_LONG)).isEqualTo(rounds * 1000L);
    }
  }

  /// Two frames by turns, `left` more.
  private static final class Sequence implements FrameSupplier {
    private final Frame even;
    private final Frame odd;
    private int left;

    Sequence(Frame even, Frame odd) {
      this.even = even;
      this.odd = odd;
    }

    @Override
    public Frame next() {
      return left == 0 ? null : left-- % 2 == 0 ? even : odd;
    }
  }
}
