package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files that one question needs, each opened once.
final class Reading implements AutoCloseable {
  private final Map<Segment, @Nullable SeriesFile> files = new HashMap<>();
  private final Damage damage;

  Reading(Damage damage) {
    this.damage = damage;
  }

  /// Takes up a block.
  ///
  /// @return whether it is there: it may have been deleted for its age, or be damaged
  boolean open(BlockRef block, BlockReader reader) throws IOException {
    SeriesFile file = file(block.segment());
    if (file == null) {
      return false;
    }
    if (!reader.open(file, block.place())) {
      damage.found(block);
      return false;
    }
    return true;
  }

  /// Takes note if something in a block that was read is damaged.
  void done(BlockRef block, BlockReader reader) {
    if (reader.isDamaged()) {
      damage.found(block);
    }
  }

  private @Nullable SeriesFile file(Segment segment) throws IOException {
    if (files.containsKey(segment)) {
      return files.get(segment);
    }
    SeriesFile file;
    try {
      file = segment.read();
    } catch (NoSuchFileException e) {
      file = null;
    }
    files.put(segment, file);
    return file;
  }

  @Override
  public void close() {
    for (SeriesFile file : files.values()) {
      if (file != null) {
        file.close();
      }
    }
  }
}
