package io.ringtap.monitor.store.series;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files of one kind in a folder.
public final class FolderVolume implements Volume {
  private final Path folder;
  private final String suffix;

  /// Of a folder that is there.
  ///
  /// @param suffix how the names of these files end; others in the folder are passed over
  public FolderVolume(Path folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  /// The series files of a store.
  public static FolderVolume ofSeries(Path folder) {
    return new FolderVolume(folder, SeriesName.SUFFIX);
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  @Override
  public SeriesFile create(String name) throws IOException {
    return open(name, CREATE, TRUNCATE_EXISTING, READ, WRITE);
  }

  @Override
  public SeriesFile open(String name) throws IOException {
    return open(name, READ, WRITE);
  }

  @Override
  public SeriesFile read(String name) throws IOException {
    return open(name, READ);
  }

  private SeriesFile open(String name, OpenOption... options) throws IOException {
    return new ChannelFile(FileChannel.open(folder.resolve(name), options));
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  private record ChannelFile(FileChannel channel) implements SeriesFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(long position, byte[] bytes, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
      while (rest.hasRemaining()) {
        channel.write(rest, position + rest.position());
      }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        ByteBuffer rest = ByteBuffer.wrap(into, offset + done, length - done);
        int more = channel.read(rest, position + done);
        if (more < 0) {
          break;
        }
        done += more;
      }
      return done;
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // What was written is with the kernel already; nothing is lost by this.
      }
    }
  }
}
