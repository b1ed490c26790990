package io.ringtap.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.store.series.Resolution;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCrashTest {
  static final int TARGETS = 200;

  private static final int KILLS = 4;

  @TempDir Path folder;

  @Test
  void losesNothingThatWasWrittenWhenItIsKilledAgainAndAgain() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<Long> written = new ArrayList<>();
    List<Long> perhaps = new ArrayList<>();
    long next = MadeHistory.START;
    for (int kill = 0; kill < KILLS; kill++) {
      List<Long> told = writeAndKill(next, 1 + random.nextInt(60));
      written.addAll(told);
      perhaps.add(told.getLast() + 10);
      next = told.getLast() + 20;
    }

    long end = next;
    try (Store store = Store.open(MadeHistory.config(folder), InstantSource.system());
        History history = Store.read(folder)) {
      for (int id : new int[] {0, 77, TARGETS - 1}) {
        Map<Long, Long> tens = new TreeMap<>();
        for (Window window : store.history().windows(id, MadeHistory.START, end, 100_000)) {
          tens.put(window.startSeconds(), all(window.counts()));
        }
        assertThat(tens.keySet()).containsAll(written);
        tens.keySet().removeAll(written);
        assertThat(perhaps).containsAll(tens.keySet());
      }
      for (Resolution resolution :
          List.of(Resolution.TEN_SECONDS, Resolution.MINUTES, Resolution.HOURS)) {
        long[] sums = new long[TARGETS];
        history.windows(
            resolution,
            MadeHistory.START,
            end,
            _ -> true,
            (id, window) -> sums[id] += all(window.counts()));
        assertThat(sums).as(resolution.word()).containsOnly(sums[0]);
        assertThat(sums[0] / 10).isBetween((long) written.size(), (long) written.size() + KILLS);
      }
      assertThat(store.status().damagedBlocks()).isZero();
    }
  }

  private static long all(OutcomeCounts counts) {
    return MadeHistory.list(counts).stream().mapToLong(Long::longValue).sum();
  }

  /// What this module is made of, its tests and its libraries, whether it is a module here or not.
  private static String classPath() {
    String name = StoreCrashTest.class.getName().replace('.', '/') + ".class";
    String self = StoreCrashTest.class.getResource("StoreCrashTest.class").getPath();
    return String.join(
        File.pathSeparator,
        self.substring(0, self.length() - name.length()),
        System.getProperty("java.class.path"),
        System.getProperty("jdk.module.path", ""));
  }

  /// Has a process write, and kills it when it has written so many windows.
  ///
  /// @return which it has said
  private List<Long> writeAndKill(long start, int windows)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                KilledWriter.class.getName(),
                folder.toString(),
                Long.toString(start))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> told = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(Long.parseLong(line));
        if (told.size() == windows) {
          process.toHandle().destroyForcibly(); // SIGKILL; what it has said by then is read on
        }
      }
    }
    process.waitFor();
    return told;
  }
}
