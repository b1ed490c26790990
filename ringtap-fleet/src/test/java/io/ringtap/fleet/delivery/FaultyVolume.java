package io.ringtap.fleet.delivery;

import io.ringtap.monitor.store.series.MemoryVolume;
import io.ringtap.monitor.store.series.SeriesFile;
import io.ringtap.monitor.store.series.Volume;
import java.io.IOException;
import java.util.List;

/// Files in memory, on a disk that may be full, and that a test may damage.
final class FaultyVolume implements Volume {
  private final MemoryVolume files = new MemoryVolume();
  private boolean isFull;

  FaultyVolume() {}

  /// Whether no file can grow, but by a part of what is written.
  void full(boolean is) {
    isFull = is;
  }

  long bytes() throws IOException {
    long sum = 0;
    for (String name : names()) {
      sum += read(name).size();
    }
    return sum;
  }

  @Override
  public List<String> names() {
    return files.names();
  }

  @Override
  public SeriesFile create(String name) {
    return new File(files.create(name));
  }

  @Override
  public SeriesFile open(String name) throws IOException {
    return new File(files.open(name));
  }

  @Override
  public SeriesFile read(String name) throws IOException {
    return files.read(name);
  }

  @Override
  public void delete(String name) {
    files.delete(name);
  }

  private final class File implements SeriesFile {
    private final SeriesFile file;

    File(SeriesFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void write(long position, byte[] bytes, int length) throws IOException {
      boolean fits = !isFull || position + length <= file.size();
      file.write(position, bytes, fits ? length : length / 2);
      if (!fits) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return file.read(position, into, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
