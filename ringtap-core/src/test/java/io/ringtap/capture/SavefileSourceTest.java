package io.ringtap.capture;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.CapturedPacket;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.Allocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavefileSourceTest {
  private static final SavefileOptions OPTIONS =
      SavefileOptions.of(
          SavefileFormat.PCAPNG,
          List.of(
              SavefileInterface.of(LinkType.ETHERNET, 0),
              SavefileInterface.of(LinkType.LINUX_SLL2, 0)));

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

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

    long shown;
    try (SavefileSource source = source()) {
      assertThat(source.interfaces()).hasSize(2);
      shown =
          source.run(packet -> {
            seen.add(packet.copy());
            protocols.add(packet.protocol());
            assertThat(packet.hadVlanTag()).isFalse();
            assertThat(packet.rxhash()).isZero();
          });
    }

    assertThat(shown).isEqualTo(3);
    assertThat(protocols).containsExactly(0, 0x0800, 0);
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
  void stopsWhereItIsToldAndTellsTheEnd() throws Exception {
    try (SavefileWriter writer = writer()) {
      for (int i = 0; i < 5; i++) {
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, i, 0));
      }
    }
    List<Long> stamps = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    try (SavefileSource source = source()) {
      source.run(
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
              told.add(completeUntil);
            }
          });
    }

    assertThat(stamps).containsExactly(0L, 1L);
    assertThat(told).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void showsAllWholePacketsOfATruncatedFileFirst() throws Exception {
    try (SavefileWriter writer = writer()) {
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 1, 0));
      writer.write(new MemoryFrame(LinkType.ETHERNET, frame(60), 0, 60, 60, 2, 0));
    }
    byte[] cut = Arrays.copyOf(file.toByteArray(), file.size() - 1);
    List<Long> stamps = new ArrayList<>();

    try (SavefileSource source =
        new SavefileSource(SavefileReader.of(new ByteArrayInputStream(cut), "cut"))) {
      assertThatThrownBy(() -> source.run(packet -> stamps.add(packet.epochNanos())))
          .isInstanceOf(MalformedSavefile.class)
          .hasMessageStartingWith("cut: truncated at offset ");
    }

    assertThat(stamps).containsExactly(1L);
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

    try (SavefileSource source = source()) {
      source.run(packet -> {
        if (packet.epochNanos() % each == 0) {
          marks[seen[0]++] = Allocation.soFar();
        }
      });
    }

    long least = Long.MAX_VALUE;
    for (int i = 1; i < rounds; i++) {
      least = Math.min(least, marks[i] - marks[i - 1]);
    }
    assertThat(least).isZero();
  }

  private SavefileWriter writer() throws IOException {
    return SavefileWriter.to(Channels.newChannel(file), "memory", OPTIONS);
  }

  private SavefileSource source() throws IOException {
    return new SavefileSource(
        SavefileReader.of(new ByteArrayInputStream(file.toByteArray()), "memory"));
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
