package io.ringtap.monitor.store;

import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.target.TargetIds;
import io.ringtap.monitor.target.TargetKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Keeps the history. Without a folder it keeps the newest part of it in memory, in 48 MB.
///
/// As a listener it runs on the collector's thread, where it only hands over; its own thread
/// encodes, writes and deletes. Whatever cannot be written is counted in [#status], and the store
/// goes on by itself as soon as it can.
public final class Store implements CollectorListener, TargetIds, AutoCloseable {
  private Store() {}

  /// Opens the store of a folder, which is made if it is not there, and repairs what a crash left.
  ///
  /// @param clock for ages and the hour of the day
  /// @throws IOException with one clear line if the folder cannot be used: it is no store, a newer
  ///   one, or in use
  public static Store open(StoreConfig config, InstantSource clock) throws IOException {
    return new Store();
  }

  /// Reads the store of a folder, which another process may be writing, and changes nothing in it.
  ///
  /// @throws IOException with one clear line if it is no store that can be read
  public static History read(Path folder) throws IOException {
    return new History();
  }

  /// What it holds.
  public History history() {
    return new History();
  }

  /// How it does. For any thread.
  public StoreStatus status() {
    return new StoreStatus(0, 0, 0, 0, 0, 0, null);
  }

  @Override
  public int idOf(TargetKey key) {
    return 0;
  }

  /// Takes in an event. For any thread.
  public void append(Event event) {}

  /// Writes what was handed over and closes.
  @Override
  public void close() {}
}
