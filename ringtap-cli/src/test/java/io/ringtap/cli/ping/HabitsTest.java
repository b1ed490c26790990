package io.ringtap.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HabitsTest {
  private final StringWriter err = new StringWriter();

  private void warn(String arguments) {
    CommandLine command = new CommandLine(new PingCommand()).setOverwrittenOptionsAllowed(true);
    Messages messages = new Messages("ringtap ping", new PrintWriter(err, true));
    Habits.warn(command.parseArgs(arguments.split(" ")), messages);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -i 10 ::1            | -i 10 is 10 seconds between the probes of a target; milliseconds are -i 10ms
          --interval=1000 ::1  | -i 1000 is 1000 seconds between the probes of a target; milliseconds are -i 1000ms
          -W 100 ::1           | -W 100 is 100 seconds; milliseconds are -W 100ms
          -t 200 ::1           | -t 200 is a TTL of 200; a timeout of 200 ms is -W 200ms
          -p 500 ::1           | -p 500 fills payloads with that pattern; 500 ms between probes are -i 500ms
          -Q46 ::1             | -Q 46 is a TOS of 0x2e, so DSCP 11; DSCP 46 is -Q 0xb8
          """)
  void saysWhatAValueWasTakenFor(String arguments, String line) {
    warn(arguments);

    assertThat(err.toString()).isEqualTo("ringtap ping: " + line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "-i 1 ::1",
        "-i 10s ::1",
        "-i 10 -i 1 ::1",
        "-i 0.2 ::1",
        "-W 3 ::1",
        "-W 100s ::1",
        "-t 64 ::1",
        "-t 255 ::1",
        "-t 1 ::1",
        "-Q 0x2e ::1",
        "-Q 184 ::1",
        "-Q 0 ::1"
      })
  void isSilentOtherwise(String arguments) {
    warn(arguments);

    assertThat(err.toString()).isEmpty();
  }
}
