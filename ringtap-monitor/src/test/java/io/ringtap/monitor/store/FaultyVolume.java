package io.ringtap.monitor.store;

import io.ringtap.monitor.store.series.MemoryVolume;
import io.ringtap.monitor.store.series.SeriesFile;
import io.ringtap.monitor.store.series.Volume;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A disk in memory with so much room; what does not fit is written in part, as a full disk does.
final class FaultyVolume implements Volume {
  private final MemoryVolume files = new MemoryVolume();
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE); // bytes

  FaultyVolume() {}

  /// Leaves room for so many bytes from now on.
  void room(long bytes) {
    room.set(bytes);
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
      int part = (int) Math.min(length, room.get());
      file.write(position, bytes, part);
      room.addAndGet(-part);
      if (part < length) {
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
