package io.ringtap.fleet.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.store.series.FolderVolume;
import io.ringtap.monitor.store.series.Volume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long LARGE = 1 << 30;

  @TempDir private Path folder;
  private final Accounts accounts = new Accounts();

  private Spool open(long run, long bytes) throws IOException {
    Volume volume = new FolderVolume(folder, SpoolFormat.SUFFIX);
    return Spool.open(volume, run(run), bytes, accounts);
  }

  private static Run run(long number) {
    return new Run("fra1", "agent-1", number, new Topics("ringtap"));
  }

  /// Appends results with these numbers as a block.
  private void append(Spool spool, long first, long last) throws IOException {
    accounts.handOver(last - first + 1);
    spool.append(LongStream.rangeClosed(first, last).mapToObj(SpoolTest::result).toList(), false);
  }

  private static Outgoing result(long number) {
    return new Outgoing("topic", new byte[] {1, 2}, new byte[(int) (number % 100)], number);
  }

  /// All that is in it, as `1 2 3` and `gap 4-9`, and settles it.
  private static List<String> drain(Spool spool) throws IOException {
    List<String> all = new ArrayList<>();
    while (spool.hasUnread()) {
      for (Outgoing record : spool.read()) {
        all.add(
            record.isGap ? "gap " + record.first + "-" + record.last : Long.toString(record.first));
        spool.settle(Objects.requireNonNull(record.segment));
      }
    }
    return all;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }
  }

  @Test
  void keepsWhatItHasForTheNextProcess() throws IOException {
    Spool first = open(1, LARGE);
    append(first, 1, 2);
    append(first, 3, 3);
    append(open(2, LARGE), 1, 1);

    Spool third = open(3, LARGE);
    assertThat(accounts.sums().recovered()).isEqualTo(3 + 4);
    assertThat(drain(third)).containsExactly("1", "2", "3", "1");
    assertThat(third.isEmpty()).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void saysWhatACrashHasTornOff() throws IOException {
    Spool first = open(1, LARGE);
    append(first, 1, 2);
    append(first, 3, 7);
    cut(files().getFirst(), 1);
    assertThat(drain(open(2, LARGE))).containsExactly("1", "2", "gap 3-7");
    assertThat(accounts.sums().dropped()).isEqualTo(5);

    Spool third = open(3, LARGE);
    append(third, 1, 2);
    long whole = Files.size(files().getFirst());
    append(third, 3, 7);
    cut(files().getFirst(), Files.size(files().getFirst()) - whole - 39); // of its header of 40
    assertThat(drain(open(4, LARGE))).containsExactly("1", "2");
  }

  @Test
  void passesOverWhatIsDamaged() throws IOException {
    Spool first = open(1, LARGE);
    append(first, 1, 1);
    long begin = Files.size(files().getFirst());
    append(first, 2, 9);
    append(first, 10, 10);
    byte[] bytes = Files.readAllBytes(files().getFirst());
    bytes[(int) begin + 50] ^= 1;
    Files.write(files().getFirst(), bytes);

    assertThat(drain(open(2, LARGE))).containsExactly("1", "gap 2-9", "10");
  }

  @Test
  void passesOverWhatHasBeenDeleted() throws IOException {
    Spool spool = open(1, LARGE);
    append(spool, 1, 5);
    Files.delete(files().getFirst());

    assertThat(drain(spool)).containsExactly("gap 1-5");
    append(spool, 6, 6);
    assertThat(drain(spool)).containsExactly("6");
  }

  @Test
  void givesUpTheOldestWhenItIsFull() throws IOException {
    append(open(1, LARGE), 1, 50);
    Spool spool = open(2, 20_000);
    for (int i = 0; i < 100; i++) {
      append(spool, 1 + i * 50, 50 + i * 50);
      assertThat(spool.bytes()).isLessThan(20_000);
    }

    List<String> left = drain(spool);
    assertThat(left.getFirst()).isEqualTo("gap 1-50");
    assertThat(left.get(1)).startsWith("gap 1-");
    long firstLeft = Long.parseLong(left.get(1).substring("gap 1-".length())) + 1;
    assertThat(left.subList(2, left.size()))
        .isEqualTo(LongStream.rangeClosed(firstLeft, 5000).mapToObj(Long::toString).toList());
    assertThat(firstLeft).isGreaterThan(1000).isLessThan(4900);
    assertThat(accounts.sums().dropped()).isEqualTo(50 + firstLeft - 1);
  }

  @Test
  void givesUpNothingThatIsOnItsWay() throws IOException {
    Spool spool = open(1, 20_000);
    append(spool, 1, 50);
    List<Outgoing> read = spool.read();
    for (int i = 1; i < 100; i++) {
      append(spool, 1 + i * 50, 50 + i * 50);
    }

    List<String> left = drain(spool);
    assertThat(left.getFirst()).isEqualTo("51"); // from the same file
    assertThat(left).anyMatch(each -> each.startsWith("gap ")).contains("5000");
    assertThat(spool.isEmpty()).isFalse();
    for (Outgoing record : read) {
      spool.settle(Objects.requireNonNull(record.segment));
    }
    assertThat(spool.isEmpty()).isTrue();
  }

  @Test
  void refusesWhatALaterVersionHasWritten() throws IOException {
    append(open(1, LARGE), 1, 1);
    byte[] bytes = Files.readAllBytes(files().getFirst());
    bytes[SpoolFormat.FILE_VERSION + 3] = 2;
    Files.write(files().getFirst(), bytes);

    assertThatThrownBy(() -> open(2, LARGE))
        .hasMessage("0000000000000001.spool has been written by a later version");
  }
}
