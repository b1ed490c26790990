package io.ringtap.monitor.store.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeriesDamageTest {
  private static final long STORE = 4711;
  private static final long START = 1_764_475_200;
  private static final int TARGETS = 50;
  private static final int BLOCKS = 5;

  private final BlockWriter block = new BlockWriter();
  private MemoryVolume whole = new MemoryVolume();
  private String name = "";

  @BeforeEach
  void writeBlocks() throws IOException {
    whole = new MemoryVolume();
    Series series = new Series(whole, STORE, 1L << 30, true);
    for (int i = 0; i < BLOCKS; i++) {
      append(series, START + i * 10L);
    }
    name = whole.names().getFirst();
  }

  /// Each target has its number plus 1 replies of so many microseconds.
  private void append(Series series, long start) throws IOException {
    block.begin(start, 0, 0);
    for (int id = 0; id < TARGETS; id++) {
      WindowSum.write(block, id, window(id, start));
    }
    series.appendWindows(block);
  }

  private static Window window(int id, long start) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    counts.add(Outcome.REPLY, id + 1);
    for (int i = 0; i <= id; i++) {
      rtt.add((id + 1) * 1000L);
    }
    return new Window(start, 10, counts, rtt, 64);
  }

  private byte[] bytes() throws IOException {
    SeriesFile file = whole.read(name);
    byte[] all = new byte[(int) file.size()];
    file.read(0, all, 0, all.length);
    return all;
  }

  private static MemoryVolume volume(String name, byte[] bytes, int length) throws IOException {
    MemoryVolume volume = new MemoryVolume();
    volume.create(name).write(0, bytes, length);
    return volume;
  }

  /// What is read must be as it was written, or not be there.
  private static int readable(Series series) throws IOException {
    int found = 0;
    for (int id = 0; id < TARGETS; id++) {
      List<Window> windows = series.reader().windows(id, START, START + 1000, 1000);
      for (Window window : windows) {
        assertThat(window.counts().get(Outcome.REPLY)).isEqualTo(id + 1);
        assertThat(window.rtt().sum()).isEqualTo(1000L * (id + 1) * (id + 1));
      }
      found += windows.size();
    }
    return found;
  }

  @Test
  void opensEachTruncationWithTheBlocksThatAreWhole() throws IOException {
    byte[] all = bytes();
    int blockBytes = (all.length - BlockFormat.FILE_HEADER) / BLOCKS;

    for (int length = 0; length < all.length; length++) {
      Series series = new Series(volume(name, all, length), STORE, 1L << 30, true);
      int blocks = Math.max(0, length - BlockFormat.FILE_HEADER) / blockBytes;
      assertThat(series.reader().endSeconds())
          .as("of %d bytes", length)
          .isEqualTo(blocks == 0 ? 0 : START + blocks * 10L);
      if (length % 61 == 0) {
        assertThat(readable(series)).isEqualTo(blocks * TARGETS);
        append(series, START + 500);
        assertThat(readable(series)).isEqualTo((blocks + 1) * TARGETS);
      }
    }
  }

  @Test
  @Randomized
  void neverGivesWrongWindowsOrFailsForFlippedBits() {
    Property.forAll(
        300,
        random -> {
          byte[] all = bytes();
          int flips = 1 + random.nextInt(4);
          for (int i = 0; i < flips; i++) {
            all[BlockFormat.FILE_HEADER + random.nextInt(all.length - BlockFormat.FILE_HEADER)] ^=
                (byte) (1 << random.nextInt(8));
          }

          boolean isWriter = random.nextBoolean();
          Series series = new Series(volume(name, all, all.length), STORE, 1L << 30, isWriter);
          int found = readable(series);

          assertThat(found).isLessThan(BLOCKS * TARGETS);
          assertThat(series.damaged() + series.torn()).isPositive();
        });
  }

  @Test
  void passesOverADamagedBlockInTheMiddleAndCountsIt() throws IOException {
    byte[] all = bytes();
    int blockBytes = (all.length - BlockFormat.FILE_HEADER) / BLOCKS;
    all[BlockFormat.FILE_HEADER + blockBytes + 5] ^= 1; // the length in the second block's header

    Series series = new Series(volume(name, all, all.length), STORE, 1L << 30, true);

    assertThat(readable(series)).isEqualTo((BLOCKS - 1) * TARGETS);
    assertThat(series.damaged()).isEqualTo(1);
    assertThat(series.torn()).isZero();
  }

  @Test
  void refusesNewerAndForeignFiles() throws IOException {
    byte[] newer = bytes();
    newer[BlockFormat.FILE_VERSION] = 2;
    byte[] crc = crc(newer);
    System.arraycopy(crc, 0, newer, BlockFormat.FILE_CRC, crc.length);

    assertThatThrownBy(() -> new Series(volume(name, newer, newer.length), STORE, 1, true))
        .isInstanceOf(IOException.class)
        .hasMessage(
            name + " has format 2, which is newer than 1, the newest that this version reads");
    assertThatThrownBy(() -> new Series(whole, STORE + 1, 1, true))
        .isInstanceOf(IOException.class)
        .hasMessage(name + " belongs to another store");
  }

  private static byte[] crc(byte[] header) {
    Bytes crc = new Bytes();
    crc.putInt(BlockFormat.crc(header, 0, BlockFormat.FILE_CRC));
    return Arrays.copyOf(crc.array(), Integer.BYTES);
  }

  @Test
  @Randomized
  void readsAnyRowBackAsItWas() {
    Property.forAll(
        300,
        random -> {
          Series series = new Series(new MemoryVolume(), STORE, 1L << 30, true);
          int id = random.nextInt(1000);
          Window written = any(random);
          block.begin(START, 0, 0);
          WindowSum.write(block, id, written);
          series.appendWindows(block);

          Window read = series.reader().windows(id, START, START + 10, 2).getFirst();

          for (Outcome outcome : Outcome.values()) {
            assertThat(read.counts().get(outcome)).isEqualTo(written.counts().get(outcome));
          }
          assertThat(read.rtt().count()).isEqualTo(written.rtt().count());
          assertThat(read.rtt().sum()).isEqualTo(written.rtt().sum());
          assertThat(read.rtt().min()).isEqualTo(written.rtt().min());
          assertThat(read.rtt().max()).isEqualTo(written.rtt().max());
          assertThat(read.rtt().quantile(0.3)).isEqualTo(written.rtt().quantile(0.3));
          assertThat(read.hopLimit()).isEqualTo(written.hopLimit());
        });
  }

  private static Window any(SplittableRandom random) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    for (Outcome outcome : Outcome.values()) {
      if (random.nextBoolean()) {
        counts.add(outcome, random.nextLong(1L << random.nextInt(1, 50)));
      }
    }
    int values = random.nextInt(100);
    for (int i = 0; i < values; i++) {
      rtt.add(random.nextLong(1L << random.nextInt(1, 40)));
    }
    return new Window(START, 10, counts, rtt, random.nextInt(256));
  }
}
