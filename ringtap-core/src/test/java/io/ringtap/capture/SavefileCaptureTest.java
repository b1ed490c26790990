package io.ringtap.capture;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.FilterException;
import io.ringtap.packet.CapturedPacket;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.Allocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavefileCaptureTest {
  private static final SavefileOptions OPTIONS =
      SavefileOptions.of(
          SavefileFormat.PCAPNG,
          List.of(
              SavefileInterface.of(LinkType.ETHERNET, 0),
              SavefileInterface.of(LinkType.LINUX_SLL2, 0)));

  @TempDir private Path directory;

  @Test
  void goesOnToOtherFiles() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Path file = directory.resolve(i + ".pcap");
      SavefileInterface one = SavefileInterface.of(new LinkType(100 + i), 0);
      try (SavefileWriter writer =
          SavefileWriter.open(file, SavefileOptions.of(SavefileFormat.PCAP_NANOS, List.of(one)))) {
        for (int packet = 0; packet < i; packet++) {
          writer.write(Frame.of(one.linkType(), new byte[20 + i]));
        }
      }
      files.add(file);
    }
    List<String> opened = new ArrayList<>();
    List<String> shown = new ArrayList<>();

    try (SavefileCapture capture = SavefileCapture.open(files.getFirst(), null)) {
      capture.followedBy(files.subList(1, 3), reader -> opened.add(reader.name()));
      capture.start(packet -> {
        shown.add(packet.linkType().number() + " " + packet.caplen());
        if (shown.size() == 5) {
          capture.stop();
        }
      });
      capture.await();

      assertThat(capture.counters().captured()).isEqualTo(5);
      assertThat(capture.interfaces()).hasSize(1);
    }
    assertThat(opened).containsExactly(files.get(1).toString(), files.get(2).toString());
    assertThat(shown).containsExactly("101 21", "102 22", "102 22", "103 23", "103 23");
  }

  @Test
  void showsPacketsAsACaptureWould() throws Exception {
    byte[] sll2 = new byte[300];
    sll2[0] = 0x08; // IPv4
    sll2[7] = 3; // interface
    sll2[9] = 1; // ARPHRD_ETHER
    sll2[10] = 4; // outgoing
    try (SavefileWriter writer = writer()) {
      writer.write(
          new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 100, 1_700_000_000_123_456_789L, 0),
          PacketFlags.INBOUND | PacketFlags.BROADCAST,
          null);
      writer.write(
          new MemoryFrame(LinkType.ETHERNET, MemorySegment.ofArray(sll2), 0, 300, 300, 7, 1));
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(100_000), 0, 100_000, 100_000, 8, 0));
    }
    List<CapturedPacket> seen = new ArrayList<>();
    List<Integer> protocols = new ArrayList<>();

    try (FrameSource source = source()) {
      assertThat(source.interfaces()).hasSize(2);
      source.start(packet -> {
        seen.add(packet.copy());
        protocols.add(packet.protocol());
        assertThat(packet.hadVlanTag()).isFalse();
        assertThat(packet.rxhash()).isZero();
      });
      source.await();
      assertThat(source.counters()).isEqualTo(counters(3, 0));
    }

    assertThat(protocols).containsExactly(0x7493, 0x0800, 0x7493); // the numbers in bytes 12 and 13
    assertThat(seen.get(0).toArray()).isEqualTo(bytes(60));
    assertThat(seen.get(0).origlen()).isEqualTo(100);
    assertThat(seen.get(0).linkType()).isEqualTo(LinkType.ETHERNET);
    assertThat(seen.get(0).epochNanos()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(seen.get(0).interfaceId()).isZero();
    assertThat(seen.get(0).interfaceIndex()).isZero();
    assertThat(seen.get(0).direction()).isEqualTo(Direction.BROADCAST);
    assertThat(seen.get(1).toArray()).isEqualTo(sll2);
    assertThat(seen.get(1).origlen()).isEqualTo(300);
    assertThat(seen.get(1).linkType()).isEqualTo(LinkType.LINUX_SLL2);
    assertThat(seen.get(1).epochNanos()).isEqualTo(7);
    assertThat(seen.get(1).interfaceId()).isEqualTo(1);
    assertThat(seen.get(1).interfaceIndex()).isEqualTo(3);
    assertThat(seen.get(1).direction()).isEqualTo(Direction.OUTGOING);
    assertThat(seen.get(2).toArray()).isEqualTo(bytes(100_000));
    assertThat(seen.get(2).direction()).isEqualTo(Direction.UNKNOWN);
  }

  @Test
  void showsOneDirectionIfItIsKnown() throws Exception {
    try (SavefileWriter writer = writer()) {
      int[] flags = {
        PacketFlags.OUTBOUND, PacketFlags.INBOUND, PacketFlags.NONE, PacketFlags.MULTICAST
      };
      for (int i = 0; i < flags.length; i++) {
        writer.write(
            new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, i, 0), flags[i], null);
      }
    }

    assertThat(stampsOf(Traffic.IN)).containsExactly(1L, 3L);
    assertThat(stampsOf(Traffic.OUT)).containsExactly(0L);
    assertThat(stampsOf(Traffic.INOUT)).containsExactly(0L, 1L, 2L, 3L);
  }

  private List<Long> stampsOf(Traffic traffic) throws Exception {
    List<Long> stamps = new ArrayList<>();
    try (SavefileCapture source = source()) {
      source.traffic(traffic);
      source.start(packet -> stamps.add(packet.epochNanos()));
      source.await();
      assertThat(source.undirected()).isEqualTo(traffic == Traffic.INOUT ? 0 : 1);
    }
    return stamps;
  }

  @Test
  void stopsWhereItIsToldAndTellsTheEnd() throws Exception {
    try (SavefileWriter writer = writer()) {
      for (int i = 0; i < 5; i++) {
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, i, 0));
      }
    }
    List<Long> stamps = new ArrayList<>();
    List<Long> completed = new ArrayList<>();
    try (SavefileCapture source = source()) {
      source.start(
          new PacketHandler() {
            @Override
            public void onPacket(Frame packet) {
              stamps.add(packet.epochNanos());
              if (stamps.size() == 2) {
                source.stop();
              }
            }

            @Override
            public void onDrained(long completeUntil) {
              completed.add(completeUntil);
            }
          });
      source.await();
    }

    assertThat(stamps).containsExactly(0L, 1L);
    assertThat(completed).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void showsAllWholePacketsOfATruncatedFileFirst() throws Exception {
    try (SavefileWriter writer = writer()) {
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 1, 0));
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 2, 0));
    }
    byte[] whole = Files.readAllBytes(file());
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    List<Long> stamps = new ArrayList<>();
    List<Long> completed = new ArrayList<>();

    try (SavefileCapture source = SavefileCapture.of(channel(cut), "cut", null)) {
      source.start(
          new PacketHandler() {
            @Override
            public void onPacket(Frame packet) {
              stamps.add(packet.epochNanos());
            }

            @Override
            public void onDrained(long completeUntil) {
              completed.add(completeUntil);
            }
          });
      assertThatThrownBy(source::await)
          .isInstanceOf(MalformedSavefile.class)
          .hasMessageStartingWith("cut: truncated at offset ");
    }

    assertThat(stamps).containsExactly(1L);
    assertThat(completed)
        .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE); // of a stream, after each
  }

  @Test
  void countsWhatDoesNotPassTheFilter() throws Exception {
    try (SavefileWriter writer = writer()) {
      for (int i = 0; i < 7; i++) {
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60 + i), 0, 60 + i, 60 + i, i, 0));
      }
    }
    List<Long> stamps = new ArrayList<>();

    try (FrameSource source =
        SavefileCapture.open(file(), CaptureFilter.expression("greater 64"))) {
      source.start(packet -> stamps.add(packet.epochNanos()));
      source.await();

      assertThat(source.counters()).isEqualTo(counters(3, 4));
    }

    assertThat(stamps).containsExactly(4L, 5L, 6L);
  }

  @Test
  void runsAReadyProgramOnWhatTheFileSaysOfPackets() throws Exception {
    try (SavefileWriter writer = writer()) {
      for (int i = 0; i < 4; i++) {
        int flags = i == 2 ? PacketFlags.OUTBOUND : PacketFlags.NONE;
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, i, 0), flags, null);
      }
    }
    BpfProgram arriving =
        new BpfAssembler()
            .ldPacketType()
            .jeq(LinuxSll.HOST, "keep", BpfAssembler.NEXT)
            .ret(0)
            .bind("keep")
            .ret(BpfAssembler.KEEP_ALL)
            .assemble();
    List<Long> stamps = new ArrayList<>();

    try (FrameSource source = SavefileCapture.open(file(), CaptureFilter.program(arriving))) {
      source.start(packet -> stamps.add(packet.epochNanos()));
      source.await();
    }

    assertThat(stamps).containsExactly(0L, 1L, 3L);
  }

  @Test
  void refusesAFilterThatIsNoneForTheFile() throws Exception {
    writer().close();

    assertThatThrownBy(() -> SavefileCapture.open(file(), CaptureFilter.expression("tcp prot 80")))
        .isInstanceOf(FilterException.class);
    assertThatThrownBy(
            () -> SavefileCapture.open(file(), CaptureFilter.expression("wlan type mgt")))
        .isInstanceOf(FilterException.class);
  }

  @Test
  void matchesNoPacketOfALinkTypeForWhichTheFilterMeansNothing() throws Exception {
    SavefileInterface ethernet = SavefileInterface.of(LinkType.ETHERNET, 0);
    SavefileInterface raw = SavefileInterface.of(LinkType.RAW, 0);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    for (SavefileInterface each : List.of(ethernet, raw, ethernet, raw)) {
      Path section = directory.resolve("section");
      try (SavefileWriter writer =
          SavefileWriter.open(section, SavefileOptions.of(SavefileFormat.PCAPNG, List.of(each)))) {
        writer.write(new MemoryFrame(each.linkType(), frame(60), 0, 60, 60, 5, 0));
      }
      both.write(Files.readAllBytes(section));
    }
    List<Long> stamps = new ArrayList<>();
    List<LinkType> unfiltered = new ArrayList<>();

    try (SavefileCapture source =
        SavefileCapture.of(
            channel(both.toByteArray()),
            "both",
            CaptureFilter.expression("not ether host 1:2:3:4:5:6"))) {
      source.onUnfiltered((linkType, _) -> unfiltered.add(linkType));
      source.start(packet -> stamps.add(packet.epochNanos()));
      source.await();
      assertThat(source.interfaces()).containsExactly(ethernet, raw, ethernet, raw);
    }

    assertThat(stamps).containsExactly(5L, 5L);
    assertThat(unfiltered).containsExactly(LinkType.RAW);
  }

  @Test
  void stopsWhileItWaitsForData() throws Exception {
    try (SavefileWriter writer = writer()) {
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 1, 0));
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 2, 0));
    }
    byte[] whole = Files.readAllBytes(file());
    Pipe pipe = Pipe.open();
    CountDownLatch drained = new CountDownLatch(1);

    try (WritableByteChannel end = pipe.sink()) {
      int _ = end.write(ByteBuffer.wrap(whole, 0, whole.length - 1));
      try (SavefileCapture source = SavefileCapture.of(pipe.source(), "pipe", null)) {
        source.start(
            new PacketHandler() {
              @Override
              public void onPacket(Frame packet) {}

              @Override
              public void onDrained(long completeUntil) {
                drained.countDown();
              }
            });
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
        source.stop(); // in the middle of the second packet, which does not count as damage
        source.await();

        assertThat(source.counters()).isEqualTo(counters(1, 0));
      }
    }
  }

  @Test
  void passesOnWhatAHandlerThrows() throws Exception {
    try (SavefileWriter writer = writer()) {
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 1, 0));
    }
    try (SavefileCapture source = source()) {
      source.start(_ -> {
        throw new IllegalArgumentException("one");
      });
      assertThatThrownBy(source::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a packet handler failed: ")
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> source.start(_ -> {})).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void allocatesNothingForAPacket() throws Exception {
    int rounds = 60;
    int each = 2000;
    try (SavefileWriter writer = writer()) {
      for (int i = 0; i < rounds * each; i++) {
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, i, i & 1));
      }
    }
    long[] marks = new long[rounds];
    int[] seen = {0};

    try (FrameSource source = SavefileCapture.open(file(), CaptureFilter.expression("not arp"))) {
      source.start(packet -> {
        if (packet.epochNanos() % each == 0) {
          marks[seen[0]++] = Allocation.soFar();
        }
      });
      source.await();
    }

    long least = Long.MAX_VALUE;
    for (int i = 1; i < rounds; i++) {
      least = Math.min(least, marks[i] - marks[i - 1]);
    }
    assertThat(least).isZero();
  }

  private Path file() {
    return directory.resolve("file");
  }

  private SavefileWriter writer() throws IOException {
    return SavefileWriter.open(file(), OPTIONS);
  }

  private SavefileCapture source() throws IOException {
    return SavefileCapture.open(file(), null);
  }

  private static ReadableByteChannel channel(byte[] content) {
    return Channels.newChannel(new ByteArrayInputStream(content));
  }

  private static CaptureCounters counters(long shown, long rejectedInUserSpace) {
    return new CaptureCounters(
        shown, 0, 0, 0, 0, rejectedInUserSpace, 0, shown + rejectedInUserSpace);
  }

  private static byte[] bytes(int count) {
    return frame(count).toArray(JAVA_BYTE);
  }

  private static MemorySegment frame(int count) {
    byte[] frame = new byte[count];
    for (int i = 0; i < count; i++) {
      frame[i] = (byte) (i * 31);
    }
    return MemorySegment.ofArray(frame);
  }
}
