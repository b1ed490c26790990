package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.Savefiles.Told;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavefileAllocationTest {
  private static final int ROUNDS = 20;
  private static final int PACKETS = 5_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource
  void encodesWithoutAllocating(SavefileFormat format) {
    SavefileEncoder encoder = SavefileEncoder.of(format, List.of(Savefiles.ETHERNET));
    MemorySegment memory = MemorySegment.ofArray(new byte[101]);
    Frame frame = new MemoryFrame(LinkType.ETHERNET, memory, 1, 100, 200, 7, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(4096, 8);
      long least = Long.MAX_VALUE;
      long length = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i++) {
          length += encoder.packet(to, i & 1023, frame, i & 3);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }

      assertThat(least).isZero();
      assertThat(length).isPositive();
    }
  }

  /// The file is longer than the window, so that what a refill costs is in the figure.
  @ParameterizedTest
  @EnumSource
  void readsAPacketWithoutAllocating(SavefileFormat format, @TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("x");
    List<Told> packets = Collections.nCopies(ROUNDS * PACKETS, Savefiles.at(1, 100));
    Files.write(file, Savefiles.file(Savefiles.options(format), packets));
    long least = Long.MAX_VALUE;
    long octets = 0;
    try (SavefileReader reader = SavefileReader.open(file)) {
      for (int round = 0; round < ROUNDS; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS && reader.next(); i++) {
          octets += reader.caplen() + reader.epochNanos() + reader.flags();
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }

    assertThat(least).isZero();
    assertThat(octets).isEqualTo(ROUNDS * PACKETS * (100L + 1_000_000_000L));
  }
}
