package io.ringtap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What `ringtap sweep` refuses before it opens a socket or a file.
class SweepCommandLineTest {
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine("sweep");
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                               | which addresses? Name some, such as 10.0.0.0/16, or a file with -w
          --nope 10.0.0.1                  | Unknown option: '--nope' (try 'ringtap sweep --help')
          --shard 1/2 10.0.0.1             | --shard needs --seed, the same number for all shards
          --shard 3/2 10.0.0.1             | Invalid value for option '--shard': there is no shard 3/2: of n shards the first is 1/n, the last n/n
          --seed 1 --shard 4/4 10.0.0.0/31 | shard 4/4 has no target: there are only 2 in all
          --pattern eui64:00:16:3e fd00::/40 | these are 281474976710656 targets; a sweep takes 2^47 at most
          --csv --json 10.0.0.1            | only one of -O, --csv and --json can be given
          -O xml 10.0.0.1                  | Invalid value for option '--output-format': 'xml' is not text, csv or json
          -O text -f saddr 10.0.0.1        | -f is for csv and json
          -p 80 --payload text:x 10.0.0.1  | --payload is for UDP: name its ports, as in -p U:53
          -p U:53 --payload x 10.0.0.1     | --payload: 'x' is neither text:..., hex:... nor file:...
          -p U:53 --payload hex:0 10.0.0.1 | --payload: '0' are not bytes, such as hex:00ff7f
          -p U:53 --payload file:/no 10.0.0.1 | /no: no such file
          -i nope0 10.0.0.1                | there is no interface 'nope0'
          -P 0 10.0.0.1                    | probes is 0; it must be 1 or more
          -P 9 --retries 9 10.0.0.1        | 9 probes with 9 retries; a target may be sent 16 in all
          -c 2m 10.0.0.1                   | timeout is PT2M; it must be above 0 and at most PT1M
          -S 10.0.0 10.0.0.1               | Invalid value for option '--source-ip': not an IP address: "10.0.0": expected '.' (at character 7)
          -S 192.0.2.77 10.0.0.1           | -S: 192.0.2.77 is not an address of this host
          -S 0.0.0.0 10.0.0.1              | -S: 0.0.0.0 is not an address of this host
          -S 224.0.0.1 10.0.0.1            | -S: 224.0.0.1 is not an address of this host
          10.0.0.1 --exclude 0.0.0.0/0     | no address is left: all are excluded
          --resume /etc/passwd 10.0.0.1    | /etc/passwd: not a state of ringtap sweep
          --seed 1 9.9.9.9                 | 1 target at 1 address, 1 of them not local; 1 probe at 10.0k a second: less than a second; seed 1. Add --public if those whose addresses these are consent
          """)
  void refusesInOneLine(String arguments, String message) {
    int code = run(("sweep " + arguments).strip().split(" ", -1));

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(err.toString()).isEqualTo("ringtap sweep: " + message + "\n");
  }

  @Test
  void leavesAFileAloneThatAnswersWouldGoTo(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("x"), "precious\n");

    int code = run("sweep", "-o", file.toString(), "9.9.9.9");

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(file).hasContent("precious");
  }
}
