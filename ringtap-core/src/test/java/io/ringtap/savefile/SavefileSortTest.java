package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.savefile.Savefiles.StoredPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavefileSortTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void sortsByStampAndKeepsTheOrderOfEqualOnes(SavefileFormat format) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    List<StoredPacket> packets = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      packets.add(Savefiles.at(random.nextInt(200), 1 + random.nextInt(1500)));
    }
    byte[] file = Savefiles.file(Savefiles.options(format), packets);

    List<byte[]> sorted = sorted(file);

    assertThat(sorted).hasSize(1);
    assertThat(sorted.getFirst()).hasSameSizeAs(file);
    assertThat(Savefiles.packets(sorted.getFirst()))
        .isEqualTo(
            packets.stream().sorted(Comparator.comparingLong(StoredPacket::epochNanos)).toList());
  }

  @Test
  void makesAFileOfEachSection() throws Exception {
    SavefileOptions options = Savefiles.options(SavefileFormat.PCAPNG);
    byte[] later = Savefiles.file(options, List.of(Savefiles.at(9, 10), Savefiles.at(8, 20)));
    byte[] earlier = Savefiles.file(options, List.of(Savefiles.at(3, 30), Savefiles.at(2, 40)));
    byte[] both = BlockBytes.joined(later, earlier);

    List<byte[]> sorted = sorted(both);

    assertThat(sorted).hasSize(2);
    assertThat(Savefiles.packets(sorted.get(0)))
        .containsExactly(Savefiles.at(8, 20), Savefiles.at(9, 10));
    assertThat(Savefiles.packets(sorted.get(1)))
        .containsExactly(Savefiles.at(2, 40), Savefiles.at(3, 30));
  }

  @Test
  void refusesADamagedFile() throws Exception {
    byte[] file =
        Savefiles.file(
            Savefiles.options(SavefileFormat.PCAP_NANOS),
            List.of(Savefiles.at(2, 10), Savefiles.at(1, 20)));

    assertThatThrownBy(() -> sorted(Arrays.copyOf(file, file.length - 5)))
        .isInstanceOf(MalformedSavefile.class);
  }

  private List<byte[]> sorted(byte[] file) throws IOException {
    Path source = Files.write(directory.resolve("source"), file);
    List<ByteArrayOutputStream> targets = new ArrayList<>();
    SavefileSort.sort(
        source,
        () -> {
          targets.add(new ByteArrayOutputStream());
          return Channels.newChannel(targets.getLast());
        });
    return targets.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }
}
