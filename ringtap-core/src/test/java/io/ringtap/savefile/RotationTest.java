package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.savefile.file.StampPattern;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {
  private static final int HEADER = 24;
  private static final int RECORD = 16 + 84; // of a packet of 84 bytes

  @TempDir private Path directory;

  @Test
  void beginsTheNextFileBeforeOneWouldBeTooLarge() throws Exception {
    Rotation rotation = new Rotation(HEADER + 3 * RECORD, null, 0, false);

    run("x.pcap", rotation, packets(8));

    assertThat(names()).containsExactly("x_000000.pcap", "x_000001.pcap", "x_000002.pcap");
    assertThat(seconds("x_000000.pcap")).containsExactly(0L, 1L, 2L);
    assertThat(seconds("x_000001.pcap")).containsExactly(3L, 4L, 5L);
    assertThat(seconds("x_000002.pcap")).containsExactly(6L, 7L);
  }

  @Test
  void beginsTheNextFileAfterSoManyPackets() throws Exception {
    run("x.pcap", Rotation.everyPackets(3), packets(7));

    assertThat(names()).containsExactly("x_000000.pcap", "x_000001.pcap", "x_000002.pcap");
    assertThat(seconds("x_000000.pcap")).containsExactly(0L, 1L, 2L);
    assertThat(seconds("x_000001.pcap")).containsExactly(3L, 4L, 5L);
    assertThat(seconds("x_000002.pcap")).containsExactly(6L);
    assertThatThrownBy(() -> Rotation.everyPackets(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesAPacketThatIsTooLargeForAnyFileIntoOneOfItsOwn() throws Exception {
    run("x.pcap", new Rotation(50, null, 0, false), packets(2));

    assertThat(seconds("x_000000.pcap")).containsExactly(0L);
    assertThat(seconds("x_000001.pcap")).containsExactly(1L);
  }

  @Test
  void beginsTheNextFileWhenOneIsTooOldByThePacketsStamps() throws Exception {
    Rotation rotation = new Rotation(0, Duration.ofSeconds(10), 0, false);

    run("%Y%m%d-%H%M%S.pcap", rotation, List.of(at(100), at(109), at(110), at(145), at(149)));

    assertThat(names())
        .containsExactly("19700101-000140.pcap", "19700101-000150.pcap", "19700101-000220.pcap");
    assertThat(seconds("19700101-000140.pcap")).containsExactly(100L, 109L);
    assertThat(seconds("19700101-000150.pcap")).containsExactly(110L);
    assertThat(seconds("19700101-000220.pcap")).containsExactly(145L, 149L);
  }

  @Test
  void numbersTheFilesOfOneTimeAnew() throws Exception {
    Rotation rotation = new Rotation(HEADER + RECORD, Duration.ofSeconds(60), 0, false);

    run("%H%M.pcap", rotation, List.of(at(0), at(1), at(61), at(62)));

    assertThat(names())
        .containsExactly(
            "0000_000000.pcap", "0000_000001.pcap", "0001_000000.pcap", "0001_000001.pcap");
  }

  @Test
  void numbersFilesWhoseTimesHaveTheSameName() throws Exception {
    run("%H.pcap", new Rotation(0, Duration.ofSeconds(1), 0, false), packets(3));

    assertThat(names()).containsExactly("00.pcap", "00_000000.pcap", "00_000001.pcap");
    assertThat(seconds("00_000001.pcap")).containsExactly(2L);
  }

  @Test
  void keepsTheNewestOfItsFilesBySizeTimeAndCountTogether() throws Exception {
    Rotation rotation = new Rotation(HEADER + 2 * RECORD, Duration.ofSeconds(5), 3, false);

    run("%S.pcap", rotation, packets(12));

    // 0-1, 2-3, 4 | 5-6, 7-8, 9 | 10-11
    assertThat(names()).containsExactly("05_000001.pcap", "05_000002.pcap", "10_000000.pcap");
    assertThat(seconds("05_000001.pcap")).containsExactly(7L, 8L);
    assertThat(seconds("10_000000.pcap")).containsExactly(10L, 11L);
  }

  @Test
  void neverOverwritesOrDeletesWhatItDidNotMake() throws Exception {
    Files.writeString(directory.resolve("x_000000.pcap"), "old");
    Files.writeString(directory.resolve("x_000007.pcap"), "older");
    Files.writeString(directory.resolve("x_000003.txt"), "another");
    Rotation rotation = new Rotation(HEADER + RECORD, null, 2, false);

    run("x.pcap", rotation, packets(5));

    assertThat(names())
        .containsExactly(
            "x_000000.pcap", "x_000003.txt", "x_000007.pcap", "x_000011.pcap", "x_000012.pcap");
    assertThat(directory.resolve("x_000000.pcap")).hasContent("old");
    assertThat(directory.resolve("x_000007.pcap")).hasContent("older");
  }

  @Test
  void leavesAFileThatTookTheNameOfOneOfItsOwn() throws Exception {
    Rotation rotation = new Rotation(HEADER + RECORD, null, 1, false);
    Path first = directory.resolve("x_000000.pcap");
    try (SavefileWriter writer = open("x.pcap", rotation)) {
      Savefiles.write(writer, at(0));
      writer.flush();
      Files.move(first, directory.resolve("kept.pcap"));
      Files.writeString(first, "mine");
      Savefiles.write(writer, at(1));
      writer.flush();
    }

    assertThat(names()).containsExactly("kept.pcap", "x_000000.pcap", "x_000001.pcap");
    assertThat(first).hasContent("mine");
  }

  @Test
  void endsAfterTheLastFileWhereThatIsWanted() throws Exception {
    Rotation rotation = new Rotation(0, Duration.ofSeconds(2), 2, true);

    try (SavefileWriter writer = open("%S.pcap", rotation)) {
      for (StoredPacket each : packets(4)) {
        Savefiles.write(writer, each);
      }
      writer.flush();
      assertThat(writer.packetsWritten()).isEqualTo(4);
      Savefiles.write(writer, at(4));
      writer.flush();
      assertThat(writer.packetsWritten()).isEqualTo(4);
    }

    assertThat(names()).containsExactly("00.pcap", "02.pcap");
    assertThat(seconds("02.pcap")).containsExactly(2L, 3L);
  }

  @Test
  @Randomized
  void keepsEveryPacketOnceAndInOrderWhateverTheRotation() {
    Property.forAll(random -> {
      Path own = Files.createTempDirectory(directory, "run");
      Duration age = random.nextBoolean() ? Duration.ofSeconds(1 + random.nextInt(9)) : null;
      long size = age == null || random.nextBoolean() ? 24 + random.nextInt(2000) : 0;
      List<StoredPacket> packets = new ArrayList<>();
      for (int i = random.nextInt(60), second = 1; i > 0; i--) { // at 0 an empty one is padding
        second += random.nextInt(3);
        packets.add(Savefiles.at(second, random.nextInt(150)));
      }
      SavefileOptions options =
          Savefiles.options(SavefileFormat.PCAP_MICROS)
              .withRotation(new Rotation(size, age, 0, false))
              .withZone(ZoneOffset.UTC);
      try (SavefileWriter writer = SavefileWriter.open(own.resolve("%M%S.pcap.gz"), options)) {
        for (StoredPacket each : packets) {
          Savefiles.write(writer, each);
          if (random.nextInt(5) == 0) {
            writer.flush();
          }
        }
      }

      List<StoredPacket> kept = new ArrayList<>();
      for (String name : names(own)) {
        byte[] file = Files.readAllBytes(own.resolve(name));
        List<StoredPacket> inside = Savefiles.packets(file);
        if (size > 0 && inside.size() > 1) {
          assertThat(file.length).isLessThanOrEqualTo((int) size);
        }
        kept.addAll(inside);
      }
      assertThat(kept).isEqualTo(packets);
    });
  }

  @ParameterizedTest
  @CsvSource({
    "'%Y-%m-%d %H:%M:%S', '2023-11-14 23:13:20'",
    "'%F_%T', '2023-11-14_23:13:20'",
    "'%j of %y, 100 %%', '318 of 23, 100 %'",
    "'%s', '1700000000'"
  })
  void tellsTimesAsStrftimeDoes(String pattern, String expected) {
    StampPattern names = new StampPattern(pattern, ZoneId.of("Europe/Vienna"));

    assertThat(names.expand(1_700_000_000_000_000_000L)).isEqualTo(expected);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> new StampPattern("x%Q.pcap", ZoneOffset.UTC))
        .hasMessage(
            "%Q in the file name x%Q.pcap is not supported; the conversions are %Y %m %d %H %M"
                + " %S %F %T %j %y %s %%");
    assertThatThrownBy(() -> new StampPattern("x%", ZoneOffset.UTC))
        .hasMessage("the file name x% ends with a single %; write %% for a percent sign");
    assertThatThrownBy(() -> new Rotation(0, null, 3, false))
        .hasMessage("a number of files needs a size or an age at which the next one begins");
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAPNG).withRotation(new Rotation(9, null, 0, false));
    assertThatThrownBy(
            () -> SavefileOutput.to(Channels.newChannel(new ByteArrayOutputStream()), "-", options))
        .hasMessage("standard output cannot be rotated; give a file name");
  }

  @Test
  void truncatesTheFileThatIsThereOnlyWithoutRotation() throws Exception {
    Files.writeString(directory.resolve("x%.pcap"), "old ".repeat(1000));

    run("x%.pcap", Rotation.NONE, packets(1));

    assertThat(names()).containsExactly("x%.pcap");
    assertThat(seconds("x%.pcap")).containsExactly(0L);
  }

  /// The run is to end also if no packet comes whose stamp would show that its time is over.
  @Test
  void knowsByTheClockWhenTheLastFileIsOver() throws Exception {
    Instant now = Instant.now();
    Rotation rotation = new Rotation(0, Duration.ofSeconds(10), 2, true);
    SavefileOptions options = Savefiles.options(SavefileFormat.PCAP_NANOS).withRotation(rotation);
    try (SavefileOutput output = SavefileOutput.open(directory.resolve("x.pcap"), options)) {
      assertThat(output.isTimeUp(now)).isFalse();
      assertThat(output.isTimeUp(now.plusSeconds(3600))).isTrue();

      byte[] frame = new byte[60];
      MemorySegment record = MemorySegment.ofArray(new byte[output.encoder().recordBytes(60)]);
      Frame packet = MemoryFrame.of(LinkType.ETHERNET, frame).withStamp(7_000_000_000L);
      int length = output.encoder().packet(record, 0, packet, PacketFlags.NONE);
      assertThat(output.write(record, 0, length, 1)).isTrue();

      assertThat(output.isTimeUp(Instant.ofEpochSecond(26))).isFalse();
      assertThat(output.isTimeUp(Instant.ofEpochSecond(27))).isTrue();
    }
    SavefileOptions endless = options.withRotation(Rotation.every(Duration.ofSeconds(10)).keep(2));
    try (SavefileOutput output = SavefileOutput.open(directory.resolve("y.pcap"), endless)) {
      assertThat(output.isTimeUp(now.plusSeconds(3600))).isFalse();
    }
  }

  @Test
  void leavesAFileWithoutPacketsWhenNoneCame() throws Exception {
    run("x.pcap", new Rotation(0, Duration.ofSeconds(5), 0, false), List.of());

    assertThat(names()).containsExactly("x_000000.pcap");
    assertThat(seconds("x_000000.pcap")).isEmpty();
  }

  private SavefileWriter open(String name, Rotation rotation) throws IOException {
    return SavefileWriter.open(
        directory.resolve(name),
        Savefiles.options(SavefileFormat.PCAP_MICROS)
            .withRotation(rotation)
            .withZone(ZoneOffset.UTC));
  }

  private void run(String name, Rotation rotation, List<StoredPacket> packets) throws IOException {
    try (SavefileWriter writer = open(name, rotation)) {
      for (StoredPacket each : packets) {
        Savefiles.write(writer, each);
      }
    }
  }

  private static StoredPacket at(long second) {
    return Savefiles.at(second, 84);
  }

  private static List<StoredPacket> packets(int count) {
    return Stream.iterate(0L, second -> second + 1).limit(count).map(RotationTest::at).toList();
  }

  private List<String> names() throws IOException {
    return names(directory);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private List<Long> seconds(String name) throws IOException {
    return Savefiles.packets(Files.readAllBytes(directory.resolve(name))).stream()
        .map(each -> each.epochNanos() / 1_000_000_000L)
        .toList();
  }
}
