package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.Savefiles.StoredPacket;
import io.ringtap.testing.Allocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavefileAllocationTest {
  private static final int ROUNDS = 100;
  private static final int PACKETS = 2_000;

  @ParameterizedTest
  @EnumSource
  void encodesWithoutAllocating(SavefileFormat format) {
    SavefileEncoder encoder = SavefileEncoder.of(format, List.of(Savefiles.ETHERNET));
    MemorySegment memory = MemorySegment.ofArray(new byte[101]);
    Frame frame = new MemoryFrame(LinkType.ETHERNET, memory, 1, 100, 200, 7, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(4096, 8);
      long[] length = {0};

      int _ =
          Allocation.assertNone(() -> {
            for (int i = 0; i < PACKETS; i++) {
              length[0] += encoder.packet(to, i & 1023, frame, i & 3);
            }
          });

      assertThat(length[0]).isPositive();
    }
  }

  /// The file is longer than the window, so that the figure includes refills.
  @ParameterizedTest
  @EnumSource
  void readsAPacketWithoutAllocating(SavefileFormat format, @TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("x");
    List<StoredPacket> packets = Collections.nCopies(ROUNDS * PACKETS, Savefiles.at(1, 100));
    Files.write(file, Savefiles.file(Savefiles.options(format), packets));
    long[] octets = {0};
    int rounds;
    try (SavefileReader reader = SavefileReader.open(file)) {
      rounds = Allocation.assertNone(ROUNDS, () -> octets[0] += read(reader));
    }

    assertThat(octets[0]).isEqualTo((long) rounds * PACKETS * (100L + 1_000_000_000L));
  }

  private static long read(SavefileReader reader) {
    long octets = 0;
    try {
      for (int i = 0; i < PACKETS && reader.next(); i++) {
        octets += reader.caplen() + reader.epochNanos() + reader.flags();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets;
  }
}
