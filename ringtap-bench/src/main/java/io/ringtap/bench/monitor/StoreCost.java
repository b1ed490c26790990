package io.ringtap.bench.monitor;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What the monitor's store costs beside SQLite alone: windows of 10 seconds of 10 000 targets with
/// a probe a second, then one target's windows read back. SQLite has the same windows as rows of a
/// table by target and time, with the histogram as a blob, in one transaction each 10 seconds; it
/// keeps no sums of minutes and hours, which the store does.
///
/// Arguments: a folder for both, and the number of windows (360 by default: an hour).
public final class StoreCost {
  private static final int TARGETS = 10_000;
  private static final long START = 1_764_475_200;
  private static final int PROBES = 10; // of a target in a window
  private static final int QUESTIONS = 20;

  private final List<Target> targets = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int windows;

  private StoreCost(int windows) {
    this.windows = windows;
    for (int id = 0; id < TARGETS; id++) {
      TargetKey key = new TargetKey("group", "host" + id, AddressFamily.ANY);
      targets.add(new Target(id, key, "host" + id, Map.of(), ProbeSettings.DEFAULT));
    }
  }

  /// Measures both.
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Path.of(arguments[0]);
    int windows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 360;
    new StoreCost(windows).series(folder.resolve("series"));
    new StoreCost(windows).sqlite(folder.resolve("windows.db"));
  }

  private Window window(int id, long start) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    long usual = 200_000L + id * 5_000L; // up to 50 ms
    for (int i = 0; i < PROBES; i++) {
      if (random.nextInt(200) == 0) {
        counts.add(Outcome.LOST);
      } else {
        counts.add(Outcome.REPLY);
        rtt.add(usual + (long) (Math.abs(random.nextGaussian()) * usual / 10));
      }
    }
    return new Window(start, Window.BASE_SECONDS, counts, rtt, 60);
  }

  private void series(Path folder) throws IOException {
    StoreConfig all = StoreConfig.DEFAULT;
    StoreConfig config =
        new StoreConfig(
            folder, all.maxBytes(), Duration.ZERO, all.tenSeconds(), all.minutes(), all.hours());
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(START));
    try (Store store = Store.open(config, clock)) {
      for (Target target : targets) {
        int id = store.idOf(target.key());
        assert id == target.id();
        store.onTargetAdded(target);
      }
      long[] nanos = new long[windows];
      for (int i = 0; i < windows; i++) {
        long start = START + (long) i * Window.BASE_SECONDS;
        for (Target target : targets) {
          store.onWindow(target, window(target.id(), start));
        }
        long begin = System.nanoTime();
        store.onWindowsClosed(start);
        store.flush();
        nanos[i] = System.nanoTime() - begin;
      }
      say("series", nanos, bytes(folder, "10s-"));
      System.out.printf(
          "        with minutes and hours: %.1f bytes a row%n",
          bytes(folder, "") / (double) TARGETS / windows);
      for (int points : new int[] {10_000, 1000, 50}) {
        long[] reads = new long[QUESTIONS];
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
          long begin = System.nanoTime();
          found = store.history().windows(i * 499, START, START + windows * 10L, points).size();
          reads[i] = System.nanoTime() - begin;
        }
        sayReads(reads, found);
      }
    }
  }

  private void sqlite(Path file) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = NORMAL");
        statement.execute(
            "CREATE TABLE win (target INTEGER, ts INTEGER, row BLOB, PRIMARY KEY (target, ts))"
                + " WITHOUT ROWID");
      }
      connection.setAutoCommit(false);
      long[] nanos = new long[windows];
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO win VALUES (?, ?, ?)")) {
        for (int i = 0; i < windows; i++) {
          long start = START + (long) i * Window.BASE_SECONDS;
          List<Window> made = new ArrayList<>();
          targets.forEach(target -> made.add(window(target.id(), start)));
          long begin = System.nanoTime();
          for (int id = 0; id < TARGETS; id++) {
            insert.setInt(1, id);
            insert.setLong(2, start);
            insert.setBytes(3, blob(made.get(id)));
            insert.addBatch();
          }
          insert.executeBatch();
          connection.commit();
          nanos[i] = System.nanoTime() - begin;
        }
      }
      say("SQLite", nanos, Files.size(file));
      long[] reads = new long[QUESTIONS];
      int found = 0;
      try (PreparedStatement select =
          connection.prepareStatement("SELECT ts, row FROM win WHERE target = ?")) {
        for (int i = 0; i < QUESTIONS; i++) {
          long begin = System.nanoTime();
          select.setInt(1, i * 499);
          found = 0;
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found += rows.getBytes(2).length > 0 ? 1 : 0;
            }
          }
          reads[i] = System.nanoTime() - begin;
        }
      }
      sayReads(reads, found);
    }
  }

  /// About as many bytes as a row of the store: its buckets and its sums.
  private static byte[] blob(Window window) {
    LatencyHistogram rtt = window.rtt();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Outcome outcome : Outcome.values()) {
      if (window.counts().get(outcome) > 0) {
        bytes.write(outcome.index());
        bytes.write((int) window.counts().get(outcome));
      }
    }
    ByteBuffer sums = ByteBuffer.allocate(12);
    sums.putInt((int) rtt.min()).putInt((int) rtt.max()).putInt((int) rtt.sum());
    bytes.writeBytes(sums.array());
    for (int i = 0; i < rtt.buckets(); i++) {
      bytes.write(i == 0 ? rtt.bucketAt(0) : rtt.bucketAt(i) - rtt.bucketAt(i - 1));
      bytes.write((int) rtt.countAt(i));
    }
    return bytes.toByteArray();
  }

  private void say(String name, long[] nanos, long bytes) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%-7s write of 10 s: median %.1f ms, 90%% %.1f ms, longest %.1f ms; %.1f bytes a row%n",
        name,
        sorted[windows / 2] / 1e6,
        sorted[windows * 9 / 10] / 1e6,
        sorted[windows - 1] / 1e6,
        bytes / (double) TARGETS / windows);
  }

  private static void sayReads(long[] nanos, int found) {
    Arrays.sort(nanos);
    System.out.printf(
        "        one target read: %d windows, median %.2f ms, longest %.2f ms%n",
        found, nanos[QUESTIONS / 2] / 1e6, nanos[QUESTIONS - 1] / 1e6);
  }

  private static long bytes(Path folder, String prefix) throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(folder, prefix + "*.series")) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
