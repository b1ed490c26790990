package io.ringtap.monitor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.store.series.Resolution;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A store that version 0.1.0 wrote is read, and written on, by each later version. The sample and
/// what is in it are kept as `store-0.1.0.zip` and `store-0.1.0.txt`; they are never made again,
/// since a later version would write its own format. A sample of a new format is made by `mvn -pl
/// ringtap-monitor -am test -Dtest=KeptStoreTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dkeep.store=NAME`, which writes `target/NAME.zip` and `target/NAME.txt`.
class KeptStoreTest {
  private static final String KEPT = "store-0.1.0";
  private static final long START = MadeHistory.START;
  private static final int SECONDS = 70; // more than a minute, so there is a sum
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(START + 2 * SECONDS));

  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() throws IOException {
    unpack();

    try (History history = Store.read(folder)) {
      assertThat(text(history)).isEqualTo(keptText());
    }
  }

  @Test
  void isWrittenOn() throws IOException {
    unpack();

    MadeHistory made = new MadeHistory(2);
    try (Store store = Store.open(MadeHistory.config(folder), CLOCK)) {
      assertThat(store.openEvents()).extracting(Event::detail).containsExactly("50 %");
      made.watch(store, 2);
      made.window(store, START + SECONDS);
      store.flush();

      List<String> now = text(store.history());
      // The last minute goes on.
      assertThat(now)
          .containsAll(keptText().stream().filter(line -> !line.contains("+60 ")).toList())
          .anyMatch(line -> line.startsWith("window of 1 1764475260+60 [20, "));
      assertThat(now.stream().filter(line -> line.startsWith("probe ")))
          .hasSize((SECONDS + Window.BASE_SECONDS) * 2);
    }
  }

  @Test
  void isRefusedWhenItIsOfALaterFormat() throws IOException, SQLException {
    unpack();
    Path ledger = folder.resolve(SqliteLedger.FILE);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 3");
    }
    String refusal =
        ledger + " has format 3, which is newer than 2, the newest that this version reads";

    assertThatThrownBy(() -> Store.open(MadeHistory.config(folder), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> Store.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(refusal);
  }

  @Test
  @EnabledIfSystemProperty(named = "keep.store", matches = ".+")
  void isMade() throws IOException {
    MadeHistory made = new MadeHistory(1);
    try (Store store = Store.open(MadeHistory.config(folder), CLOCK)) {
      made.watch(store, 2);
      for (int second = 0; second < SECONDS; second += Window.BASE_SECONDS) {
        made.window(store, START + second);
      }
      Target target = made.targets.getFirst();
      store.onEvent(new Event(target, EventKind.DOWN, true, 10, 20, "3 probes"));
      store.onEvent(new Event(target, EventKind.DOWN, false, 10, 30, "a reply"));
      store.onEvent(new Event(target, EventKind.LOSS, true, 40, 50, "50 %"));
      store.flush();
    }
    String name = Path.of("target", System.getProperty("keep.store")).toString();
    try (History history = Store.read(folder)) {
      Files.write(Path.of(name + ".txt"), text(history));
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(Path.of(name + ".zip")));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(KeptStoreTest::isHistory).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }

  /// Whether a file is more than a lock, a library unpacked, or what SQLite has beside its file
  /// while it is open.
  private static boolean isHistory(Path file) {
    return Files.isRegularFile(file)
        && !file.toString().matches(".*/(lock|native/.*|.*-(shm|wal))");
  }

  private void unpack() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(kept(".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  private static List<String> keptText() throws IOException {
    try (InputStream text = kept(".txt")) {
      return new String(text.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static InputStream kept(String ending) {
    return KeptStoreTest.class.getResourceAsStream(KEPT + ending);
  }

  /// All that a history holds.
  private static List<String> text(History history) {
    List<String> lines = new ArrayList<>();
    for (StoredTarget target : history.targets()) {
      lines.add("target " + target.id() + " " + target.key() + " " + target.labels());
    }
    history.probes(0, Long.MAX_VALUE, any -> true, probe -> lines.add(text(probe)));
    for (Resolution resolution : List.of(Resolution.TEN_SECONDS, Resolution.MINUTES)) {
      history.windows(
          resolution,
          0,
          Long.MAX_VALUE,
          any -> true,
          (id, window) -> lines.add("window of " + id + " " + text(window)));
    }
    history.events(EventFilter.newest(10)).forEach(event -> lines.add(text(event)));
    return lines;
  }

  private static String text(StoredEvent event) {
    return "event StoredEvent[number=%d, targetId=%d, kind=%s, isBegin=%s, sinceNanos=%d, epochNanos=%d, detail=%s]"
        .formatted(
            event.number(),
            event.targetId(),
            event.kind(),
            event.isBegin(),
            event.sinceNanos(),
            event.epochNanos(),
            event.detail());
  }

  private static String text(StoredProbe probe) {
    return "probe %d of %d at %d: %s, rtt %d, hop limit %d, ICMP %d/%d, errno %d"
        .formatted(
            probe.sequence(),
            probe.targetId(),
            probe.epochNanos(),
            probe.outcome(),
            probe.rttNanos(),
            probe.hopLimit(),
            probe.icmpType(),
            probe.icmpCode(),
            probe.errno());
  }

  private static String text(Window window) {
    LatencyHistogram rtt = window.rtt();
    return "%d+%d %s hop limit %d, rtt %d in all, %d to %d, median %d"
        .formatted(
            window.startSeconds(),
            window.seconds(),
            MadeHistory.list(window.counts()),
            window.hopLimit(),
            rtt.sum(),
            rtt.min(),
            rtt.max(),
            rtt.quantile(0.5));
  }
}
