package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileEncoder;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import io.ringtap.testing.Allocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketBatchTest {
  private static final int SNAPLEN = 64;
  private static final int PACKETS = 20;

  private final SavefileEncoder encoder =
      SavefileEncoder.of(
          SavefileFormat.PCAPNG,
          List.of(new SavefileInterface("eth0", null, LinkType.ETHERNET, SNAPLEN, null)));
  private final byte[] header = encoder.header(SavefileSection.OWN);
  private final List<byte[]> sections = new ArrayList<>();
  private long packets;

  private PacketBatch batch(int mostBytes) {
    return new PacketBatch(
        encoder,
        header,
        mostBytes,
        SNAPLEN,
        (section, some) -> {
          sections.add(section);
          packets += some;
        });
  }

  private static Frame frame(int number) {
    byte[] bytes = new byte[SNAPLEN];
    bytes[0] = (byte) number;
    return Frame.of(LinkType.ETHERNET, bytes);
  }

  private static List<Integer> numbers(byte[] section) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (SavefileReader reader = SavefileReader.of(new ByteArrayInputStream(section), "section")) {
      while (reader.next()) {
        numbers.add((int) reader.toArray()[0]);
      }
    }
    return numbers;
  }

  @Test
  void eachSectionIsAFileOfItsOwnAndAllPacketsAreInOne() throws IOException {
    PacketBatch batch = batch(header.length + 3 * encoder.recordBytes(SNAPLEN));
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      batch.onPacket(frame(i));
      sent.add(i);
    }
    batch.flush();
    batch.flush();

    List<Integer> read = new ArrayList<>();
    for (byte[] section : sections) {
      List<Integer> some = numbers(section);
      assertThat(some).isNotEmpty();
      read.addAll(some);
    }
    assertThat(read).isEqualTo(sent);
    assertThat(packets).isEqualTo(PACKETS);
    assertThat(sections).hasSizeBetween(PACKETS / 4, PACKETS / 3 + 1);
  }

  @Test
  void hasRoomForAWholePacketWhateverItsSize() throws IOException {
    PacketBatch batch = batch(1);
    batch.onPacket(frame(1));
    batch.onPacket(frame(2));
    batch.flush();

    assertThat(sections).hasSize(2);
    assertThat(numbers(sections.get(0))).containsExactly(1);
    assertThat(numbers(sections.get(1))).containsExactly(2);
  }

  @Test
  void allocatesNothingForAPacket() {
    PacketBatch batch = batch(64 << 20);
    Frame frame = frame(1);

    Allocation.assertNone(() -> {
      for (int i = 0; i < 1000; i++) {
        batch.onPacket(frame);
      }
    });

    assertThat(sections).isEmpty();
  }
}
