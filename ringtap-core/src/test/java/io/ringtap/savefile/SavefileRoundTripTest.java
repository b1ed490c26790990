package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavefileRoundTripTest {
  @ParameterizedTest
  @EnumSource
  @Randomized
  void readsWhatItWrote(SavefileFormat format) {
    Property.forAll(random -> {
      List<StoredPacket> packets = Savefiles.random(format, random);
      SavefileCompression compression =
          random.nextInt(4) == 0 ? SavefileCompression.GZIP : SavefileCompression.NONE;

      byte[] file = Savefiles.file(Savefiles.options(format).withCompression(compression), packets);
      List<StoredPacket> read = new ArrayList<>();
      try (SavefileReader reader = Savefiles.reader(file, 4 + random.nextInt(500))) {
        Savefiles.read(reader, read);
      }

      assertThat(read).isEqualTo(packets);
    });
  }

  @Test
  @Randomized
  void readsFilesOneAfterTheOtherAsSectionsWithInterfacesOfTheirOwn() {
    Property.forAll(random -> {
      List<StoredPacket> first = Savefiles.random(SavefileFormat.PCAPNG, random);
      List<StoredPacket> second = Savefiles.random(SavefileFormat.PCAPNG, random);
      SavefileOptions options = Savefiles.options(SavefileFormat.PCAPNG);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(Savefiles.file(options, first));
      both.writeBytes(Savefiles.file(options, second));

      List<StoredPacket> read = Savefiles.packets(both.toByteArray());

      List<StoredPacket> expected = new ArrayList<>(first);
      for (StoredPacket each : second) {
        expected.add(
            new StoredPacket(
                each.interfaceId() + 2,
                each.epochNanos(),
                each.flags(),
                each.frame(),
                each.origlen(),
                each.comment()));
      }
      assertThat(read).isEqualTo(expected);
    });
  }

  @Test
  void tellsOfInterfacesCommentAndStatistics() throws Exception {
    SavefileInterfaceStatistics statistics =
        new SavefileInterfaceStatistics(
            1,
            1L << 40,
            2,
            SavefileInterfaceStatistics.UNKNOWN,
            3,
            1_700_000_000_123_456_789L,
            1_700_000_001_000_000_001L);
    SavefileSection section =
        SavefileSection.OWN
            .withComments(List.of("evidence, größer", "a second"))
            .withMachine("a CPU", "a system");
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAPNG)
            .withSection(section)
            .withStatistics(() -> List.of(statistics));
    byte[] file = Savefiles.file(options, List.of(Savefiles.at(5, 60)));

    try (SavefileReader reader = Savefiles.reader(file)) {
      assertThat(reader.interfaces()).containsExactly(Savefiles.ETHERNET, Savefiles.COOKED);
      assertThat(reader.format()).isEqualTo(SavefileFormat.PCAPNG);
      assertThat(reader.section()).isEqualTo(section);
      assertThat(reader.next()).isTrue();
      assertThat(reader.interfaceOf(reader.interfaceId())).isEqualTo(Savefiles.ETHERNET);
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).isFalse();
      assertThat(reader.statistics()).containsExactly(statistics);
    }
  }

  @Test
  void writesPacketsLargerThanItsBuffer() throws Exception {
    List<StoredPacket> packets =
        List.of(Savefiles.at(1, 10), Savefiles.at(2, 3 << 20), Savefiles.at(3, 10));

    byte[] file = Savefiles.file(Savefiles.options(SavefileFormat.PCAPNG), packets);

    assertThat(Savefiles.packets(file)).isEqualTo(packets);
  }

  @Test
  void writesStampsThatPcapCannotHoldAsTheNearest() throws Exception {
    List<StoredPacket> packets = List.of(Savefiles.at(-1, 1), Savefiles.at(1L << 33, 1));

    byte[] file = Savefiles.file(Savefiles.options(SavefileFormat.PCAP_NANOS), packets);

    assertThat(Savefiles.packets(file))
        .extracting(StoredPacket::epochNanos)
        .containsExactly(0L, (1L << 32) * 1_000_000_000L - 1);
  }

  @Test
  void refusesSeveralLinkTypesInOnePcapFile() {
    List<SavefileInterface> both = List.of(Savefiles.ETHERNET, Savefiles.COOKED);

    assertThatThrownBy(() -> SavefileEncoder.of(SavefileFormat.PCAP_MICROS, both))
        .hasMessage(
            "a pcap file holds one link type, and the interfaces have EN10MB (Ethernet), LINUX_SLL2"
                + " (Linux cooked v2); pcapng holds several");
  }
}
