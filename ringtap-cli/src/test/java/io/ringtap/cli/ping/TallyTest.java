package io.ringtap.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.StampSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
  private final Tally tally = new Tally();

  private static PingSummary summary(long received, long lost) {
    return new PingSummary(
        PingRequest.to(IpAddress.parse("10.0.0.1")),
        new PingCounts(received + lost, received, 0, 0, 0, lost, 0, 0, 1, 0, 2, 0, 0, 0, 0),
        new RttRecorder().snapshot(),
        StampSource.KERNEL);
  }

  private static PingOutcome.NotSent notSent(Errno errno) {
    return new PingOutcome.NotSent(1, errno, 0, 0);
  }

  @Test
  void endsWithZeroWhenEveryTargetAnsweredAtLeastOnce() {
    tally.add(summary(1, 4));
    tally.add(summary(5, 0));

    assertThat(tally.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(tally.totals())
        .isEqualTo(
            new PingTotals(2, 2, new PingCounts(10, 6, 0, 0, 0, 4, 0, 0, 2, 0, 4, 0, 0, 0, 0)));
  }

  @Test
  void endsWithOneWhenSomeTargetDidNotAnswer() {
    tally.add(summary(5, 0));
    tally.add(summary(0, 5));

    assertThat(tally.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(tally.failure()).isEqualTo(ExitCode.OK);
  }

  @Test
  void endsWithOneWhenNoTargetCameToItsEnd() {
    assertThat(tally.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 2", "2, 1, 2", "3, 1, 3", "4, 1, 4", "2, 2, 2"})
  void endsWithTheWorstFailureWhateverTheTargetsAnswer(int failure, int unreachable, int expected) {
    if (unreachable < 2) {
      tally.add(summary(1 - unreachable, unreachable));
    }
    tally.add(failure);
    tally.add(ExitCode.NAME_NOT_FOUND);

    assertThat(tally.exitCode()).isEqualTo(expected);
  }

  @Test
  void takesARefusalOfTheNetworkForUnreachableAndAnyOtherForAFailure() {
    tally.add(notSent(Errno.ENETUNREACH));
    tally.add(notSent(Errno.EHOSTUNREACH));
    tally.add(notSent(Errno.ENOBUFS));
    assertThat(tally.failure()).isEqualTo(ExitCode.OK);

    tally.add(notSent(Errno.EPERM));

    assertThat(tally.failure()).isEqualTo(ExitCode.SYSTEM);
  }
}
