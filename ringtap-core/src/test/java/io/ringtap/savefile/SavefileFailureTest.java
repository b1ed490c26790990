package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.Savefiles.StoredPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavefileFailureTest {
  /// Accepts a limited number of bytes.
  private static final class Full implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int room;
    private boolean open = true;

    private Full(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      int step = Math.min(from.remaining(), room - taken.size());
      if (step == 0) {
        throw new IOException("No space left on device");
      }
      byte[] bytes = new byte[step];
      from.get(bytes);
      taken.writeBytes(bytes);
      return step;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  /// A file on a disk with room for so many bytes.
  private static final class FullFile implements SeekableByteChannel {
    private final FileChannel file;
    private final long room;

    private FullFile(Path path, long room) throws IOException {
      file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.room = room;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      int step = (int) Math.min(from.remaining(), room - file.position());
      if (step == 0) {
        throw new IOException("No space left on device");
      }
      int written = file.write(from.slice(from.position(), step));
      from.position(from.position() + written);
      return written;
    }

    @Override
    public int read(ByteBuffer to) {
      return -1;
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
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

  @Test
  void saysWhatTheFileHoldsAndWhatIsLost() throws Exception {
    Full disk = new Full(24 + 2 * 116 + 50);
    SavefileWriter writer =
        SavefileWriter.to(disk, "x.pcap", Savefiles.options(SavefileFormat.PCAP_NANOS));
    for (int i = 0; i < 5; i++) {
      Savefiles.write(writer, Savefiles.at(i, 100));
    }

    assertThatThrownBy(writer::flush)
        .isInstanceOfSatisfying(
            SavefileException.class,
            e -> {
              assertThat(e.file()).isEqualTo("x.pcap");
              assertThat(e.packetsWritten()).isEqualTo(2);
              assertThat(e.bytesWritten()).isEqualTo(24 + 2 * 116);
              assertThat(e.packetsLost()).isEqualTo(3);
            })
        .hasMessage(
            "x.pcap: no space left on device; it holds its first 2 packets whole (256 bytes),"
                + " 3 could not be written");
    assertThat(writer.packetsWritten()).isEqualTo(2);
    writer.close();
    writer.close();
    assertThat(disk.isOpen()).isFalse();
  }

  /// Compressed data that a reader can use end with the last write that went through: nothing may
  /// be written after one that did not.
  @Test
  void endsACompressedFileWithTheLastPacketThatItClaims(@TempDir Path directory) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Path file = directory.resolve("x.pcapng.gz");
    FullFile disk = new FullFile(file, 5_000);
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAPNG)
            .withCompression(SavefileCompression.GZIP)
            .withOpener((_, _) -> disk);
    long claimed = 0;
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      for (int i = 0; i < 100; i++) {
        byte[] frame = new byte[100];
        random.nextBytes(frame); // which cannot be compressed
        writer.write(Frame.of(LinkType.ETHERNET, frame));
        writer.flush();
      }
    } catch (SavefileException e) {
      claimed = e.packetsWritten();
    }

    List<StoredPacket> read = new ArrayList<>();
    try (SavefileReader reader = SavefileReader.open(file)) {
      assertThatThrownBy(() -> Savefiles.read(reader, read))
          .isInstanceOf(MalformedSavefile.class)
          .hasMessageEndingWith("the gzip data end early");
    }
    assertThat(read).hasSize((int) claimed).hasSizeGreaterThan(10);
  }

  @Test
  void closesWhatCannotEvenTakeTheHeader() {
    Full disk = new Full(3);

    assertThatThrownBy(() -> SavefileWriter.to(disk, "x", Savefiles.options(SavefileFormat.PCAPNG)))
        .hasMessage(
            "x: no space left on device; it holds its first 0 packets whole (0 bytes), 0 could"
                + " not be written");
    assertThat(disk.isOpen()).isFalse();
  }

  @Test
  void saysWhyAFileCannotBeUsed(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("no/x.pcap");
    SavefileOptions options = Savefiles.options(SavefileFormat.PCAPNG);
    SavefileOptions rotated = options.withRotation(new Rotation(1, null, 0, false));

    assertThatThrownBy(() -> SavefileWriter.open(missing, options))
        .hasMessage(missing + ": no such file or directory");
    assertThatThrownBy(() -> SavefileWriter.open(missing, rotated))
        .hasMessage(missing.getParent() + ": no such file or directory");
    assertThatThrownBy(() -> SavefileReader.open(missing))
        .hasMessage(missing + ": no such file or directory");
    assertThatThrownBy(() -> SavefileReader.open(directory))
        .hasMessage(directory + ": is a directory");
    Files.write(directory.resolve("empty"), new byte[0]);
    assertThatThrownBy(() -> SavefileReader.open(directory.resolve("empty")))
        .hasMessage(directory.resolve("empty") + ": truncated at offset 0: needed 4 bytes, had 0");
  }

  @Test
  void isReadableAtEveryMomentAlsoWhenPacked(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.pcapng.gz");
    SavefileOptions options =
        Savefiles.options(SavefileFormat.PCAPNG).withCompression(SavefileCompression.GZIP);
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      Savefiles.write(writer, Savefiles.at(1, 60));
      writer.flush();

      try (SavefileReader reader = SavefileReader.open(file)) {
        assertThat(reader.next()).isTrue();
        assertThat(reader.epochNanos()).isEqualTo(1_000_000_000L);
        assertThatThrownBy(reader::next)
            .isInstanceOf(MalformedSavefile.class)
            .hasMessageEndingWith("the gzip data end early");
      }
    }
    assertThat(Savefiles.packets(Files.readAllBytes(file))).isEqualTo(List.of(Savefiles.at(1, 60)));
  }
}
