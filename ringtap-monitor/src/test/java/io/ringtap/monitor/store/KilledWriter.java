package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// The process that [StoreCrashTest] kills: writes windows from a time on and says each that is
/// written.
final class KilledWriter {
  private KilledWriter() {}

  /// Writes until it is killed.
  ///
  /// @param words the folder and the time
  public static void main(String[] words) throws IOException {
    MadeHistory made = new MadeHistory(Long.parseLong(words[1]));
    Store store = Store.open(MadeHistory.config(Path.of(words[0])), InstantSource.system());
    made.watch(store, StoreCrashTest.TARGETS);
    for (long start = Long.parseLong(words[1]); ; start += 10) {
      made.window(store, start);
      store.flush();
      System.out.println(start);
    }
  }
}
