package io.ringtap.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.series.Series;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTroubleTest {
  private static final long START = MadeHistory.START;

  @TempDir Path folder;

  private static InstantSource at(long seconds) {
    return InstantSource.fixed(Instant.ofEpochSecond(seconds));
  }

  private static long sum(Store store, int target) {
    List<Window> windows = store.history().windows(target, START, START + 86_400, 1000);
    return MadeHistory.list(MadeHistory.counts(windows)).stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void countsWhatAFullDiskDoesNotTakeAndGoesOnWhenThereIsRoom() throws IOException {
    FaultyVolume disk = new FaultyVolume();
    MadeHistory made = new MadeHistory(1);
    Series series = new Series(disk, 0, 1L << 30, true);
    StoreParts parts = new StoreParts(null, new MemoryLedger(), series);

    try (Store store = Store.open(StoreConfig.DEFAULT, at(START), parts)) {
      made.watch(store, 20);
      for (int i = 0; i < 100; i++) {
        if (i == 10) {
          disk.room(300); // some of a block
        } else if (i == 40) {
          disk.room(Long.MAX_VALUE);
        }
        made.window(store, START + i * 10L);
        store.flush();
        assertThat(store.status().trouble() == null).as("after %d", i).isEqualTo(i < 10 || i >= 40);
      }

      StoreStatus status = store.status();
      assertThat(status.windowsLost()).isEqualTo(30 * 20);
      assertThat(status.windowsWritten()).isEqualTo(70 * 20);
      assertThat(status.probesLost()).isEqualTo(30 * 200);
      assertThat(status.probesWritten()).isEqualTo(70 * 200);
      assertThat(status.damagedBlocks()).isZero();
      assertThat(sum(store, 7)).isEqualTo(70 * 10);
      assertThat(store.history().windows(7, START, START + 1000, 2).getFirst().counts().isEmpty())
          .isFalse();
    }
  }

  @Test
  void losesNoneOfWhatWasWrittenWhenADiskFillsBetweenTiers() throws IOException {
    for (long room = 0; room < 30_000; room += 997) {
      FaultyVolume disk = new FaultyVolume();
      MadeHistory made = new MadeHistory(room);
      Series series = new Series(disk, 0, 1L << 30, true);
      StoreParts parts = new StoreParts(null, new MemoryLedger(), series);
      try (Store store = Store.open(StoreConfig.DEFAULT, at(START), parts)) {
        made.watch(store, 5);
        for (int i = 0; i < 30; i++) {
          if (i == 5) {
            disk.room(room);
          } else if (i == 20) {
            disk.room(Long.MAX_VALUE);
          }
          made.window(store, START + i * 10L);
          store.flush();
        }

        StoreStatus status = store.status();
        assertThat(status.windowsWritten() + status.windowsLost()).isEqualTo(30 * 5);
        assertThat(sum(store, 3)).isEqualTo(status.windowsWritten() / 5 * 10);
        assertThat(
                MadeHistory.list(
                        MadeHistory.counts(store.history().windows(3, START, START + 3600, 2)))
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum())
            .isEqualTo(status.windowsWritten() / 5 * 10);
      }
    }
  }

  @Test
  void staysWithinItsBytesAndKeepsLongWindowsLongest() throws IOException {
    StoreConfig all = StoreConfig.DEFAULT;
    StoreConfig config =
        new StoreConfig(folder, 800_000, all.raw(), all.tenSeconds(), all.minutes(), all.hours());
    MadeHistory made = new MadeHistory(2);

    try (Store store = Store.open(config, at(START))) {
      made.watch(store, 20);
      for (int i = 0; i < 720; i++) { // two hours
        made.window(store, START + i * 10L);
        if (i % 60 == 59) {
          store.flush();
          assertThat(store.status().bytes()).isLessThan(880_000);
        }
      }
      store.flush();

      assertThat(store.status().bytes()).isGreaterThan(500_000);
      assertThat(store.history().windows(5, START, START + 7200, 5000).getFirst().seconds())
          .isGreaterThan(10); // the first ones are gone, the sums are there
      assertThat(sum(store, 5)).isEqualTo(7200);
    }
  }

  @Test
  void deletesWhatIsTooOldButLittleWhileTheClockIsWrong() throws IOException {
    StoreConfig all = StoreConfig.DEFAULT;
    StoreConfig config =
        new StoreConfig(
            folder,
            all.maxBytes(),
            Duration.ofHours(1),
            all.tenSeconds(),
            all.minutes(),
            all.hours());
    MadeHistory made = new MadeHistory(3);
    long[] now = {START};
    InstantSource clock = () -> Instant.ofEpochSecond(now[0]);

    try (Store store = Store.open(config, clock)) {
      made.watch(store, 1);
      for (int i = 0; i < 1080; i++) { // three hours
        now[0] = START + i * 10L;
        made.window(store, now[0]);
      }
      store.flush();
      long kept = files("raw-");
      now[0] = START + 10 * 365 * 86_400L;
      made.window(store, START + 10_850); // ends a minute
      store.flush();

      assertThat(kept).isBetween(6L, 8L); // of ten minutes each
      assertThat(files("raw-")).isEqualTo(kept); // one begun, one deleted
      assertThat(files("10s-")).isEqualTo(3); // of four hours
    }
  }

  private long files(String prefix) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    }
  }
}
