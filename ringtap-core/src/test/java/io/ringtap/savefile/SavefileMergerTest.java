package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.savefile.Savefiles.StoredPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavefileMergerTest {
  private static byte[] file(SavefileFormat format, long... seconds) throws Exception {
    List<StoredPacket> packets =
        Arrays.stream(seconds).mapToObj(second -> Savefiles.at(second, 10)).toList();
    return Savefiles.file(Savefiles.options(format), packets);
  }

  /// The seconds of the packets, with the number of their file, and the number of other blocks.
  private static List<String> steps(List<SavefileReader> readers) throws Exception {
    List<String> steps = new ArrayList<>();
    SavefileMerger merger = new SavefileMerger(readers);
    SavefileReader at = merger.next();
    while (at != null) {
      steps.add(
          at.isPacket()
              ? readers.indexOf(at) + ":" + at.epochNanos() / 1_000_000_000L
              : "block " + readers.indexOf(at));
      at = merger.next();
    }
    for (SavefileReader each : readers) {
      each.close();
    }
    return steps;
  }

  @Test
  void takesTheEarliestAndOfEqualOnesTheFirstFiles() throws Exception {
    List<SavefileReader> readers =
        List.of(
            Savefiles.reader(file(SavefileFormat.PCAP_NANOS, 1, 4, 4, 9)),
            Savefiles.reader(file(SavefileFormat.PCAP_MICROS)),
            Savefiles.reader(file(SavefileFormat.PCAP_NANOS, 2, 4, 5)));

    assertThat(steps(readers)).containsExactly("0:1", "2:2", "0:4", "0:4", "2:4", "2:5", "0:9");
  }

  @Test
  void keepsTheOrderOfAFileThatIsNotSorted() throws Exception {
    List<SavefileReader> readers =
        List.of(
            Savefiles.reader(file(SavefileFormat.PCAP_NANOS, 7, 3)),
            Savefiles.reader(file(SavefileFormat.PCAP_NANOS, 5, 8)));

    assertThat(steps(readers)).containsExactly("1:5", "0:7", "0:3", "1:8");
  }

  @Test
  void handsOutOtherBlocksBeforeThePacketsThatFollowThem() throws Exception {
    List<SavefileReader> readers =
        List.of(
            Savefiles.reader(file(SavefileFormat.PCAP_NANOS, 1)),
            Savefiles.reader(file(SavefileFormat.PCAPNG, 2)));

    // A section header and two interfaces.
    assertThat(steps(readers)).containsExactly("block 1", "block 1", "block 1", "0:1", "1:2");
  }
}
