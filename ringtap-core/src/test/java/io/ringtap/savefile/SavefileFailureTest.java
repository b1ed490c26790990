package io.ringtap.savefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(reader.next()).isFalse();
      }
    }
    assertThat(Savefiles.packets(Files.readAllBytes(file))).isEqualTo(List.of(Savefiles.at(1, 60)));
  }
}
