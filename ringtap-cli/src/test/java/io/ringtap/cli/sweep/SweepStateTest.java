package io.ringtap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.sweep.space.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepStateTest {
  /// A file as version 1 wrote it. It stays readable.
  private static final String VERSION_1 =
      """
      ringtap-sweep-state 1
      targets 41edb29227732b327a0d0b2a63f546e7
      seed -7
      shard 2/4
      size 65536
      completed 1234
      runs 3
      elapsed_ns 5000000000
      sent 1300
      refused 1
      found 900
      open 12
      repeats 4
      duplicates 5
      errors 6
      invalid 7
      dropped 8
      """;

  private static final SweepState STATE =
      new SweepState(
          new SweepState.Identity("41edb29227732b327a0d0b2a63f546e7", -7, new Shard(2, 4), 65_536),
          1234,
          new Tally(3, 5_000_000_000L, 1300, 1, 900, 12, 4, 5, 6, 7, 8));

  @TempDir Path directory;

  @Test
  void isWrittenAsItIsRead() throws Exception {
    assertThat(SweepState.parse(VERSION_1)).isEqualTo(STATE);
    assertThat(STATE.text()).isEqualTo(VERSION_1);
  }

  @Test
  void passesOverWhatALaterReleaseAdds() throws Exception {
    assertThat(SweepState.parse(VERSION_1 + "weather fine\n\n")).isEqualTo(STATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          state 1          | state 2                | a state of version 2, and this is for 1
          ringtap-         | zmap-                  | not a state of ringtap sweep
          size             | length                 | there is no size
          seed -7          | seed seven             | seed is 'seven' and not a number
          completed 1234   | completed 65537        | completed 65537 of 65536 targets
          completed 1234   | completed -1           | completed is -1
          shard 2/4        | shard 5/4              | there is no shard 5/4: of n shards the first is 1/n, the last n/n
          """)
  void saysWhatIsWrong(String right, String wrong, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("x"), VERSION_1.replace(right, wrong));

    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> new StateFile(file).read())
        .withMessage(file + ": " + message);
  }

  @Test
  void isReplacedAsAWhole() throws Exception {
    StateFile file = new StateFile(directory.resolve("x"));
    assertThat(file.read()).isNull();

    for (int i = 0; i < 3; i++) {
      file.write(STATE);

      assertThat(file.read()).isEqualTo(STATE);
    }

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("x"));
    }
  }

  @Test
  void staysWhatItWasWhenItCannotBeWritten() throws Exception {
    StateFile file = new StateFile(directory.resolve("x"));
    file.write(STATE);
    Files.createDirectory(directory.resolve("x.new")); // where the next one would be written

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> file.write(new SweepState(STATE.identity(), 2000, Tally.NONE)));

    assertThat(file.read()).isEqualTo(STATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          t | 1 | 1/2 | the state of shard 1/2, not of 2/2
          t | 2 | 2/2 | the state of a sweep with --seed 2, not 1
          u | 1 | 2/2 | the state of another sweep: addresses, exclusions, ports or payload differ
          """)
  void saysInWhatAnotherSweepDiffers(String targets, long seed, String shard, String difference) {
    SweepState.Identity wanted = new SweepState.Identity("t", 1, new Shard(2, 2), 10);

    assertThat(new SweepState.Identity(targets, seed, Shard.parse(shard), 10).difference(wanted))
        .isEqualTo(difference);
  }
}
