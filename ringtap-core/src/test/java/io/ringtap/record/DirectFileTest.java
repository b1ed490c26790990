package io.ringtap.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.record.PacketRecorder.OutputOpener;
import io.ringtap.record.RecordedPackets.Recorded;
import io.ringtap.savefile.AlignedChannel;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectFileTest {
  private static final int BLOCK = 4096;
  private static final int PACKETS = 100_000;

  @TempDir private Path directory;

  /// An aligned file that records how it is written.
  private static final class Noted implements AlignedChannel {
    private record Write(long position, long address, int octets) {
      boolean isAligned() {
        return ((position | address | octets) & (BLOCK - 1)) == 0;
      }
    }

    private final SeekableByteChannel file;
    private final List<Write> writes = new ArrayList<>();

    private Noted(SeekableByteChannel file) {
      this.file = file;
    }

    @Override
    public int alignment() {
      return BLOCK;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      long address = source.isDirect() ? MemorySegment.ofBuffer(source).address() : 1;
      writes.add(new Write(file.position(), address, source.remaining()));
      return file.write(source);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return file.read(target);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      return file.position(newPosition);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      return file.truncate(size);
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static SavefileOptions options(SavefileFormat format) {
    return SavefileOptions.of(format, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)));
  }

  /// Records packets with lengths that differ by `step`.
  private static RecorderCounters record(OutputOpener output, int step) throws IOException {
    PacketRecorder recorder = PacketRecorder.open(output, RecorderOptions.of(1), _ -> {});
    RecordedPackets packets = new RecordedPackets();
    for (int i = 0; i < PACKETS; i++) {
      packets.show(recorder.handler(0), i, i, 0, 60 + i % 4 * step);
    }
    recorder.close();
    return recorder.counters();
  }

  private static void assertHoldsAll(Path file) throws IOException {
    List<Recorded> read = RecordedPackets.read(Files.readAllBytes(file));
    assertThat(read).hasSize(PACKETS);
    for (int i = 0; i < PACKETS; i++) {
      assertThat(read.get(i).number()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsWhatAnOrdinaryFileHolds(SavefileFormat format) throws Exception {
    Path file = directory.resolve("direct");

    RecorderCounters counters =
        record(() -> SavefileOutput.open(file, options(format).withOpener(DirectFile::open)), 1);

    assertHoldsAll(file);
    assertThat(counters.written()).isEqualTo(PACKETS);
    assertThat(counters.bytes()).isEqualTo(Files.size(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 300})
  void isGivenWholeBlocksInBulk(int step) throws Exception {
    Path file = directory.resolve("noted");
    List<Noted> opened = new ArrayList<>();
    SavefileOptions options =
        options(SavefileFormat.PCAPNG)
            .withOpener((path, how) -> {
              Noted noted = new Noted(Files.newByteChannel(path, how));
              opened.add(noted);
              return noted;
            });

    record(() -> SavefileOutput.open(file, options), step);

    assertHoldsAll(file);
    long aligned =
        opened.getFirst().writes.stream()
            .filter(Noted.Write::isAligned)
            .mapToLong(Noted.Write::octets)
            .sum();
    assertThat(aligned).isGreaterThan(1 << 20);
  }

  @Test
  void isNotFilledUpWhereFilesAreRotated() throws Exception {
    SavefileOptions options =
        options(SavefileFormat.PCAPNG)
            .withOpener(DirectFile::open)
            .withRotation(new Rotation(1_000_000, null, 0, false));

    RecorderCounters counters =
        record(() -> SavefileOutput.open(directory.resolve("x.pcapng"), options), 1);

    assertThat(counters.files()).isGreaterThan(5);
    int read = 0;
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        assertThat(Files.size(file)).isLessThanOrEqualTo(1_000_000);
        read += RecordedPackets.read(Files.readAllBytes(file)).size();
      }
    }
    assertThat(read).isEqualTo(PACKETS);
  }

  @Test
  void leavesToTheDeviceWhatIsNoFile() throws Exception {
    OpenOption[] how = {StandardOpenOption.WRITE};

    try (SeekableByteChannel channel = DirectFile.open(Path.of("/dev/null"), how)) {
      assertThat(channel).isNotInstanceOf(AlignedChannel.class);
    }
  }

  @Test
  void writesWhatIsNotAlignedAsUsual() throws Exception {
    Path file = directory.resolve("odd");
    ByteBuffer odd = ByteBuffer.allocateDirect(3 * BLOCK + 5);

    try (SeekableByteChannel channel =
        DirectFile.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (odd.hasRemaining()) {
        channel.write(odd);
      }
      channel.truncate(7);
      assertThat(channel.size()).isEqualTo(7);
    }

    assertThat(file).hasSize(7);
  }
}
