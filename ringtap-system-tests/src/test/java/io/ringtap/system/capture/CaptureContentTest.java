package io.ringtap.system.capture;

import static io.ringtap.system.FrameSender.list;
import static io.ringtap.system.FrameSender.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLab.Recorder;
import io.ringtap.system.capture.CaptureLab.Seen;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a packet looks like: by ring and by recv alike, and as tcpdump sees it.
class CaptureContentTest extends CaptureLabTest {
  private static final String TO_NOBODY = "0200000000ff 020000000001 ";
  private static final String TO_ALL = "ffffffffffff 020000000001 ";
  private static final String TO_GROUP = "01005e000001 020000000001 ";
  private static final String TEXT = "88b5 " + "00112233445566778899aabbccddeeff".repeat(4);
  private static final String PRIORITY_5_ID_42 = "a02a ";

  /// Plain frames in all directions, and tags of all kinds, one of them over another.
  private static final List<byte[]> FRAMES =
      List.of(
          octets(TO_NOBODY + TEXT),
          octets(TO_ALL + TEXT),
          octets(TO_GROUP + TEXT),
          octets(TO_NOBODY + "8100" + PRIORITY_5_ID_42 + TEXT),
          octets(TO_NOBODY + "88a8" + PRIORITY_5_ID_42 + TEXT),
          octets(TO_ALL + "88a8 0007 8100" + PRIORITY_5_ID_42 + TEXT),
          octets(TO_NOBODY + "88b5 01"));

  /// Those without two tags: of such a packet the kernel (since 6.11) tells a cooked socket the
  /// innermost protocol, and leaves out the inner tag's.
  private static final List<byte[]> COOKABLE =
      FRAMES.stream().filter(frame -> frame.length < 18 || frame[16] != (byte) 0x81).toList();

  private void sendCookable() throws IOException {
    sender.send(COOKABLE.toArray(byte[][]::new));
  }

  private void sendAll() throws IOException {
    for (byte[] frame : FRAMES) {
      sender.send(frame);
    }
  }

  /// Shows the same packets to a ring and to a socket without one.
  private List<Seen> assertAlike(CaptureOptions options, CaptureLab.Traffic traffic)
      throws IOException, InterruptedException {
    Recorder byRecv = new Recorder();
    List<Seen> byRing;
    try (Capture recv = lab.open(options.withMode(CaptureMode.RECV))) {
      recv.start(_ -> byRecv, CaptureLab.DEAF);
      byRing = lab.capture(options.withMode(CaptureMode.RING), traffic);
      recv.stop();
      recv.await();
    }
    assertThat(byRecv.seen()).isEqualTo(byRing);
    return byRing;
  }

  @Test
  void hashesFlowsOnlyIfAsked() throws IOException, InterruptedException {
    assertThat(hashes(CaptureLab.options())).containsExactly(0, 0, 0);

    List<Integer> hashes = hashes(CaptureLab.options().withFlowHashes(true));
    assertThat(hashes).hasSize(3).doesNotContain(0);
    assertThat(hashes.get(1)).isEqualTo(hashes.get(0)).isNotEqualTo(hashes.get(2));
  }

  /// Of two packets of a flow and one of another.
  private List<Integer> hashes(CaptureOptions options) throws IOException, InterruptedException {
    List<Integer> hashes = new ArrayList<>();
    try (Capture capture = lab.open(options)) {
      capture.start(packet -> hashes.add(packet.rxhash()));
      for (int port : new int[] {53, 53, 123}) {
        sender.send(PacketBytes.ipv4(17, PacketBytes.udp(5000, port, new byte[] {1, 2})));
      }
      capture.stop();
      capture.await();
    }
    return hashes;
  }

  @Test
  void showsFramesAsTheyWereOnTheWire() throws IOException, InterruptedException {
    List<Seen> seen = assertAlike(CaptureLab.options(), this::sendAll);

    assertThat(seen)
        .extracting(Seen::frame)
        .containsExactlyElementsOf(FRAMES.stream().map(FrameSender::list).toList());
    assertThat(seen)
        .extracting(Seen::origlen)
        .containsExactlyElementsOf(FRAMES.stream().map(frame -> frame.length).toList());
    assertThat(seen)
        .extracting(Seen::direction)
        .containsExactly(
            "OTHERHOST",
            "BROADCAST",
            "MULTICAST",
            "OTHERHOST",
            "OTHERHOST",
            "BROADCAST",
            "OTHERHOST");
    assertThat(seen)
        .extracting(Seen::protocol)
        .containsExactly(0x88b5, 0x88b5, 0x88b5, 0x88b5, 0x88b5, 0x8100, 0x88b5);
    assertThat(seen).extracting(Seen::vlanTpid).containsExactly(0, 0, 0, 0x8100, 0x88a8, 0x88a8, 0);
    assertThat(seen).extracting(Seen::vlanId).containsExactly(0, 0, 0, 42, 42, 7, 0);
    assertThat(seen).extracting(Seen::vlanPriority).containsExactly(0, 0, 0, 5, 5, 0, 0);
    assertThat(seen).extracting(Seen::interfaceIndex).containsOnly(lab.near().index());
    assertThat(seen).extracting(Seen::source).containsOnly(0);
  }

  @Test
  void stampsArriveInOrderAndAreOfNow() throws IOException, InterruptedException {
    long before = epochNanos();

    List<Seen> seen = assertAlike(CaptureLab.options(), this::sendAll);

    assertThat(seen).extracting(Seen::epochNanos).isSorted();
    assertThat(seen.getFirst().epochNanos()).isGreaterThan(before);
    assertThat(seen.getLast().epochNanos()).isLessThan(epochNanos());
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  @ParameterizedTest
  @EnumSource(Traffic.class)
  void showsTheDirectionsThatWereAskedFor(Traffic traffic)
      throws IOException, InterruptedException {
    byte[] come = octets(TO_NOBODY + TEXT);
    byte[] leave = octets(TO_NOBODY + "88b6 02");
    try (FrameSender leaving = FrameSender.on(lab.near())) {
      List<Seen> seen =
          assertAlike(
              CaptureLab.options().withTraffic(traffic),
              () -> {
                sender.send(come);
                leaving.send(leave);
              });

      List<List<Byte>> expected =
          switch (traffic) {
            case IN -> List.of(list(come));
            case OUT -> List.of(list(leave));
            case INOUT -> List.of(list(come), list(leave));
          };
      assertThat(seen).extracting(Seen::frame).containsExactlyElementsOf(expected);
      assertThat(seen)
          .allMatch(one ->
              one.direction().equals(one.frame().equals(list(leave)) ? "OUTGOING" : "OTHERHOST"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 14, 15, 16, 17, 18, 60, 81, 82, 85})
  void cutsOffWhatIsBeyondTheSnaplen(int snaplen) throws IOException, InterruptedException {
    List<Seen> seen = assertAlike(CaptureLab.options().withSnaplen(snaplen), this::sendAll);

    assertThat(seen).hasSameSizeAs(FRAMES);
    for (int i = 0; i < FRAMES.size(); i++) {
      List<Byte> whole = list(FRAMES.get(i));
      assertThat(seen.get(i).origlen()).isEqualTo(whole.size());
      assertThat(seen.get(i).frame()).isEqualTo(whole.subList(0, Math.min(snaplen, whole.size())));
    }
  }

  @Test
  void cookedPacketsBeginWithThePseudoHeaderAndTheTag() throws IOException, InterruptedException {
    List<Seen> seen = assertAlike(CaptureOptions.on(CaptureOptions.ANY), this::sendCookable);

    String index = "%08x".formatted(lab.near().index());
    String link = "0001 %s 06 020000000001 0000";
    assertThat(seen)
        .extracting(Seen::frame)
        .containsExactly(
            list(octets("88b5 0000" + index + link.formatted("03") + TEXT.substring(5))),
            list(octets("88b5 0000" + index + link.formatted("01") + TEXT.substring(5))),
            list(octets("88b5 0000" + index + link.formatted("02") + TEXT.substring(5))),
            list(octets("8100 0000" + index + link.formatted("03") + PRIORITY_5_ID_42 + TEXT)),
            list(octets("88a8 0000" + index + link.formatted("03") + PRIORITY_5_ID_42 + TEXT)),
            list(octets("88b5 0000" + index + link.formatted("03") + "01")));
    assertThat(seen).extracting(Seen::linkType).containsOnly("LINUX_SLL2 (Linux cooked v2)");
    assertThat(seen).extracting(Seen::vlanTpid).containsExactly(0, 0, 0, 0x8100, 0x88a8, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 19, 20, 21, 24, 60})
  void cutsCookedPacketsOffBehindThePseudoHeaderToo(int snaplen)
      throws IOException, InterruptedException {
    List<Seen> whole = assertAlike(CaptureOptions.on(CaptureOptions.ANY), this::sendCookable);
    List<Seen> cut =
        assertAlike(CaptureOptions.on(CaptureOptions.ANY).withSnaplen(snaplen), this::sendCookable);

    assertThat(cut).hasSameSizeAs(whole);
    for (int i = 0; i < cut.size(); i++) {
      List<Byte> frame = whole.get(i).frame();
      assertThat(cut.get(i).frame()).isEqualTo(frame.subList(0, Math.min(snaplen, frame.size())));
      assertThat(cut.get(i).origlen()).isEqualTo(whole.get(i).origlen());
    }
  }

  @ParameterizedTest
  @CsvSource({"near0, EN10MB, 262144", "near0, EN10MB, 61", "any, LINUX_SLL2, 262144"})
  void agreesWithTcpdump(String name, String linkType, int snaplen, @TempDir Path directory)
      throws IOException, InterruptedException {
    Requirement.tool("tcpdump");
    Path file = directory.resolve("judge.pcap");
    // tcpdump leaves VLAN tags out of cooked packets, so it cannot judge those.
    List<byte[]> frames = name.equals("any") ? FRAMES.subList(0, 3) : FRAMES;
    Process judge =
        lab.near()
            .namespace()
            .start(
                "tcpdump",
                "-i",
                name,
                "-y",
                linkType,
                "-s",
                Integer.toString(snaplen),
                "--time-stamp-precision=nano",
                "--immediate-mode",
                "-U",
                "-w",
                file.toString());
    try (FrameSender leaving = FrameSender.on(lab.near())) {
      awaitListening(judge);

      List<Seen> seen =
          assertAlike(
              CaptureOptions.on(name).withSnaplen(snaplen),
              () -> {
                for (byte[] frame : frames) {
                  sender.send(frame);
                }
                leaving.send(frames.getFirst());
              });

      // Stopped before, it would leave out what it has not yet taken from its ring.
      Eventually.await("tcpdump has all packets", () -> read(file).size() >= seen.size());
      judge.toHandle().destroy(); // SIGTERM lets it write what it has
      assertThat(judge.waitFor(60, TimeUnit.SECONDS)).isTrue();
      List<Judged> ours =
          seen.stream()
              .map(one -> new Judged(one.epochNanos(), one.origlen(), one.frame()))
              .toList();
      assertThat(ours).isEqualTo(read(file));
    } finally {
      judge.destroyForcibly();
    }
  }

  private static void awaitListening(Process judge) throws IOException {
    BufferedReader errors = judge.errorReader();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      if (line.contains("listening on")) {
        return;
      }
    }
    throw new IOException("tcpdump does not start");
  }

  private record Judged(long epochNanos, int origlen, List<Byte> frame) {}

  /// The whole packets of a pcap file of this machine's byte order, with nanoseconds.
  private static List<Judged> read(Path file) throws IOException {
    ByteBuffer pcap = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    assertThat(pcap.getInt(0)).isEqualTo(0xa1b23c4d);
    pcap.position(24);
    List<Judged> packets = new ArrayList<>();
    while (pcap.remaining() >= 16 && pcap.remaining() >= 16 + pcap.getInt(pcap.position() + 8)) {
      long nanos = pcap.getInt() * 1_000_000_000L + pcap.getInt();
      byte[] frame = new byte[pcap.getInt()];
      int origlen = pcap.getInt();
      pcap.get(frame);
      packets.add(new Judged(nanos, origlen, list(frame)));
    }
    return packets;
  }

  @Test
  void onLoopbackEveryPacketIsShownOnce() throws IOException, InterruptedException {
    Link loopback = lab.captures().link("lo");
    byte[] frame = octets("000000000000 000000000000 " + TEXT);
    try (FrameSender onLoopback = FrameSender.on(loopback)) {
      for (String name : List.of("lo", CaptureOptions.ANY)) {
        for (Traffic traffic : Traffic.values()) {
          List<Seen> seen =
              assertAlike(
                  CaptureOptions.on(name).withTraffic(traffic),
                  () -> onLoopback.send(frame, frame));

          assertThat(seen).as(name + " " + traffic).hasSize(2);
          assertThat(seen)
              .extracting(Seen::direction)
              .containsOnly(traffic == Traffic.OUT ? "OUTGOING" : "HOST");
        }
      }
    }
  }
}
