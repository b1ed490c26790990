package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps files in memory.
public final class MemoryVolume implements Volume {
  private final Map<String, MemoryFile> files = new ConcurrentHashMap<>();

  /// An empty one.
  public MemoryVolume() {}

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public SeriesFile create(String name) {
    MemoryFile file = new MemoryFile();
    files.put(name, file);
    return file;
  }

  @Override
  public SeriesFile open(String name) throws IOException {
    MemoryFile file = files.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  @Override
  public SeriesFile read(String name) throws IOException {
    return open(name);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  /// Chunks of one size, so that growing copies nothing.
  private static final class MemoryFile implements SeriesFile {
    private static final int CHUNK = 16 * 1024; // bytes

    private final List<byte[]> chunks = new ArrayList<>();
    private long size;

    @Override
    public synchronized long size() {
      return size;
    }

    @Override
    public synchronized void write(long position, byte[] bytes, int length) {
      int done = 0;
      while (done < length) {
        int chunk = (int) ((position + done) / CHUNK);
        int from = (int) ((position + done) % CHUNK);
        while (chunk >= chunks.size()) {
          chunks.add(new byte[CHUNK]);
        }
        int part = Math.min(length - done, CHUNK - from);
        System.arraycopy(bytes, done, chunks.get(chunk), from, part);
        done += part;
      }
      size = Math.max(size, position + length);
    }

    @Override
    public synchronized int read(long position, byte[] into, int offset, int length) {
      int end = (int) Math.min(length, size - position);
      int done = 0;
      while (done < end) {
        int from = (int) ((position + done) % CHUNK);
        int part = Math.min(end - done, CHUNK - from);
        byte[] chunk = chunks.get((int) ((position + done) / CHUNK));
        System.arraycopy(chunk, from, into, offset + done, part);
        done += part;
      }
      return done;
    }

    @Override
    public synchronized void truncate(long newSize) {
      size = Math.min(size, newSize);
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }
}
