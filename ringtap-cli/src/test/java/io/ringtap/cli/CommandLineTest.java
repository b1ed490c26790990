package io.ringtap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        Main.commandLine().setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void tellsItsVersionWithJavasAndTheKernels() {
    int code = run("--version");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .matches("ringtap \\d+\\.\\d+\\.\\d+ \\(Java 25[.0-9]*, Linux \\d+\\.\\d+\\)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ping",
        "sweep",
        "trace",
        "capture",
        "replay",
        "top",
        "pps",
        "filter",
        "interfaces",
        "irq"
      })
  void tellsItsVersionAfterEachCommandToo(String command) {
    int code = run(command, "--version");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("ringtap 0.");
  }

  @Test
  void helpsWithEachCommandAndNamesTheExitCodes() {
    run("--help");
    run("ping", "--help");

    assertThat(out.toString())
        .contains("Usage: ringtap ping [OPTIONS] [TARGET...]")
        .contains("  2   a name was not found")
        .contains("ringtap ping --rate 100k 10.0.0.0/16");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void opensAModelOfAllCommandsAndOfWhatTheLauncherRunsByOtherNames() {
    CommandLine model = Main.model();

    assertThat(model.getSubcommands().keySet()).containsAll(Commands.names()).contains("as-ping");
    assertThat(model.getSubcommands().get("fping"))
        .satisfies(fping -> assertThat(fping.getCommandSpec().findOption("--squiet")).isNotNull());
    assertThat(model.getUsageMessage(Ansi.OFF)).doesNotContain("as-ping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "capture", "top", "pps"})
  void takesTheLastOfARepeatedOption(String command) {
    CommandLine.ParseResult result =
        Main.commandLine().parseArgs(command, "-c", "1", "-c", "2").subcommand();

    assertThat(result.matchedOptionValue("-c", (Number) 0).longValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --nope ::1              | Unknown option: '--nope' (try 'ringtap ping --help')
          -c                      | Missing required parameter for option '--count' (COUNT) (try 'ringtap ping --help')
          -c -1 ::1               | Invalid value for option '--count': '-1' is not a whole number from 0 to 9223372036854775807
          -c 3.5 ::1              | Invalid value for option '--count': '3.5' is not a whole number from 0 to 9223372036854775807
          -t 256 ::1              | Invalid value for option '--ttl': '256' is not a whole number from 1 to 255
          -s 65528 ::1            | Invalid value for option '--size': '65528' is not a whole number from 0 to 65527
          -Q 0x100 ::1            | Invalid value for option '--tos': '0x100' is not a whole number from 0 to 255
          -W 2h ::1               | -W must be more than 0 and at most 1h
          -W 0 ::1                | -W must be more than 0 and at most 1h
          -w 0 ::1                | -w must be more than 0
          127.0.0.0/8             | 16777216 addresses, which take 28 min at 10000 probes a second (--rate): add --yes to ping them
          --rate 0 127.0.0.0/14   | 262144 addresses, which take as long as the kernel takes (--rate 0): add --yes to ping them
          ::/64                   | more than 2^63 addresses, which take 2.92e+07 years at 10000 probes a second (--rate): add --yes to ping them
          --yes 10.0.0.0/33       | '10.0.0.0/33': the prefix length must be 0 to 32
          -I 192.0.2.99 127.0.0.1 | -I 192.0.2.99: not an address of this machine (see 'ringtap interfaces')
          -m 5 127.0.0.1          | '5': not an address: expected '.' (at character 2); -m is for all addresses of a name, a firewall mark is --mark 5
          -f nohost               | nohost: no such file (-f reads targets from a file; to flood is -i 0)
          -p xyz ::1              | -p 'xyz' is not a pattern of 1 to 16 bytes, such as ff00
          -A ::1                  | no -A here: probes do not wait for answers; name the time between them, as -i 1ms
          -B ::1                  | no -B here: to keep to a source address, name it with -I
          -C ::1                  | no -C here: a socket serves many targets, and is connected to none
          -d ::1                  | no -d here: Linux does nothing on SO_DEBUG; to see the packets, use 'ringtap capture icmp'
          -e 65536 ::1            | Invalid value for option '--identifier': '65536' is not a whole number from 0 to 65535
          -H ::1                  | no -H here: addresses are not looked up; use 'getent hosts ADDRESS'
          -l 3 ::1                | no -l here: probes never wait for answers; name the time between them, as -i 0
          -N name ::1             | no -N here: node information queries (RFC 4620) are not sent, and hosts do not answer them
          -qR -T tsonly ::1       | -R and -T exclude each other: one option fits the header
          -S 65536 ::1            | no -S here: the send buffer is large enough in any case; a source address is -I ADDRESS
          -T ts ::1               | Invalid value for option '--record-times': 'ts' must be tsonly, tsandaddr or tsprespec
          -T tsprespec ::1        | -T tsprespec wants one to four hosts, and the target after them
          -T tsprespec ::1 ::1    | -T tsprespec wants the IPv4 addresses of its hosts
          -F 1048576 ::1          | Invalid value for option '--flow-label': '1048576' is not a whole number from 0 to 1048575
          -s 65528 ::1            | Invalid value for option '--size': '65528' is not a whole number from 0 to 65527
          -s 65508 ::1 127.0.0.1  | -s 65508: with IPv4 at most 65507, with IPv6 65527
          -U ::1                  | no -U here: times are those of the kernel's stamps, which the summary names
          -I nosuchdevice ::1     | -I 'nosuchdevice': not an interface, and not an address
          -4 -6 ::1               | -4 and -6 exclude each other
          -4 ::1                  | '::1': an IPv6 address, but only IPv4 is wanted
          -I 127.0.0.1 ::1        | '::1': an IPv6 address, but only IPv4 is wanted
          -6 -I 127.0.0.1 ::1     | -I 127.0.0.1 is an IPv4 address: not with -4 or -6
          --json --csv ::1        | --json and --csv exclude each other
          --transport tcp ::1     | Invalid value for option '--transport': 'tcp' is not auto, raw or datagram
          --replies wire ::1      | Invalid value for option '--replies': 'wire' is not host or tap
          --replies tap --transport datagram ::1 | --replies tap needs raw sockets: not with --transport datagram
          -f /nonexistent/targets | /nonexistent/targets: no such file
          -f /                    | /: a directory
          10.0.0.0/33             | '10.0.0.0/33': the prefix length must be 0 to 32
          -q                      | no target: name a host, an address, a prefix, a range or a file (try 'ringtap ping --help')
          """)
  void refusesBadArgumentsInOneLine(String arguments, String message) {
    int code = run(("ping " + arguments).split(" "));

    assertThat(err.toString()).isEqualTo("ringtap ping: " + message + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void asksForACommand() {
    int code = run();

    assertThat(err.toString())
        .isEqualTo(
            "ringtap: which command? There are: ping, fping, sweep, trace, capture, replay, pcap,"
                + " top, monitor, fleet, pps, filter, interfaces, irq, lab (try 'ringtap"
                + " --help')\n");
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }
}
