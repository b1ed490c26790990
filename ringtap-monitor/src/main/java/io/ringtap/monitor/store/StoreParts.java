package io.ringtap.monitor.store;

import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.series.FolderVolume;
import io.ringtap.monitor.store.series.MemoryVolume;
import io.ringtap.monitor.store.series.Series;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What a store is made of while it is open.
///
/// @param folder null in memory, and for those that only read
record StoreParts(@Nullable StoreFolder folder, Ledger ledger, Series series)
    implements AutoCloseable {
  /// All series together in memory, in bytes, where no folder is given.
  static final long MEMORY_BYTES = 48_000_000;

  /// Opens or makes what the configuration says.
  ///
  /// @param storeId the number that a store must have if it is there already; null allows any
  static StoreParts open(StoreConfig config, StoreKind kind, @Nullable Long storeId)
      throws IOException {
    Path path = config.folder();
    if (path == null) {
      return empty();
    }
    StoreFolder folder = StoreFolder.take(path);
    Ledger ledger = null;
    try {
      long newId = storeId == null ? ThreadLocalRandom.current().nextLong() : storeId;
      ledger = SqliteLedger.open(path, kind, newId);
      if (storeId != null && ledger.storeId() != storeId) {
        throw new IOException("another store has come in the place of " + path);
      }
      Series series =
          new Series(FolderVolume.ofSeries(path), ledger.storeId(), config.maxBytes(), true);
      return new StoreParts(folder, ledger, series);
    } catch (IOException e) {
      if (ledger != null) {
        ledger.close();
      }
      folder.close();
      throw e;
    }
  }

  /// Takes back what a fleet's store got after its last marks: it will be brought again.
  ///
  /// @param own the store's mark; null if it has none yet
  void cutTo(byte @Nullable [] own) throws IOException {
    ByteBuffer mark = own == null ? ByteBuffer.allocate(3 * Long.BYTES) : ByteBuffer.wrap(own);
    series.cutTo(new long[] {mark.getLong(), mark.getLong()});
    ledger.cutEvents(mark.getLong());
  }

  /// Makes some in memory, with nothing in them.
  static StoreParts empty() throws IOException {
    MemoryLedger ledger = new MemoryLedger();
    Series series = new Series(new MemoryVolume(), ledger.storeId(), MEMORY_BYTES, true);
    return new StoreParts(null, ledger, series);
  }

  /// Opens a folder that another process may be writing, only to read it.
  static StoreParts read(Path path) throws IOException {
    Ledger ledger = SqliteLedger.read(path);
    try {
      Series series =
          new Series(FolderVolume.ofSeries(path), ledger.storeId(), Long.MAX_VALUE, false);
      return new StoreParts(null, ledger, series);
    } catch (IOException e) {
      ledger.close();
      throw e;
    }
  }

  /// Whether it is still where it was opened.
  boolean isThere() {
    return folder == null || folder.isThere();
  }

  @Override
  public void close() {
    series.close();
    ledger.close();
    if (folder != null) {
      folder.close();
    }
  }
}
