package io.ringtap.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// What the command line refuses.
class FilterCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        Failures.handle(new CommandLine(new FilterCommand()))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          -ddd                    | no expression: write one, such as 'tcp port 80', or name its file with -F (try 'ringtap filter --help')
          tcp prt 80              | at 5: "prt" is no keyword that goes on after "tcp"; did you mean "port"?
          inbound                 | at 1: a savefile of Ethernet does not say the direction
          ip broadcast            | at 1: 'ip broadcast' needs the netmask of the network, which is not known
          -y RAW ether host 1:2:3:4:5:6 | at 1: Ethernet addresses are not for Raw IP
          -y 147 tcp              | at 1: of packets of 147 (link type 147) filters know only the bytes, as in "link[0] = 1", and the length
          -y ethernet tcp         | Invalid value for option '--link-type': 'ethernet' is not EN10MB, RAW, LINUX_SLL, LINUX_SLL2, NULL, LOOP, IPV4, IPV6, PPP, PPP_SERIAL, PPP_ETHER, C_HDLC, IEEE802_11, IEEE802_11_RADIO, IEEE802_11_RADIO_AVS, PRISM_HEADER, PPI, NFLOG, or a number
          --netmask 24 tcp        | Invalid value for option '--netmask': '24' is not a netmask, such as 255.255.255.0 or /24
          -s -1 tcp               | --snaplen must be 0 or more, not -1
          -F /nonexistent/x       | /nonexistent/x: no such file
          -F /nonexistent/x tcp   | -F and an expression exclude each other
          -d --graph tcp          | -d and --graph exclude each other
          --graph --explain tcp   | --graph and --explain exclude each other
          --explain --test x tcp  | --explain and --test exclude each other
          --json tcp              | --json goes with --test; -ddd prints a program for other programs
          --test x -y RAW tcp     | --link-type and --test exclude each other: the file says its link types
          --test x --live tcp     | --live and --test exclude each other: a file has its VLAN tags in the packets
          --target xdp inbound    | an XDP program does not get the direction of a packet
          --target xdp -dd tcp    | -dd and --target xdp exclude each other: its program is printed only to read
          --target xdp --live tcp | --live and --target xdp exclude each other: XDP has its VLAN tags in the frames
          --target xdp --test x tcp | --test and --target xdp exclude each other: it is the same for all targets
          --target ebpf tcp       | Invalid value for option '--target': 'ebpf' is not bpf, socket or xdp
          --test /nonexistent/x tcp | /nonexistent/x: no such file or directory
          --test / tcp            | /: is a directory
          --test /nonexistent/x tcp prt | at 5: "prt" is no keyword that goes on after "tcp"; did you mean "port"?
          """)
  void refusesInOneLine(String arguments, String message) {
    int code = run(arguments.split(" "));

    assertThat(err.toString()).isEqualTo("filter: " + message + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void namesTheLineOfAFileThatIsWrong() throws IOException {
    Path file = Files.writeString(directory.resolve("web"), "# web\ntcp port 80 and\n  hots ::1\n");

    run("-F", file.toString());

    assertThat(err.toString())
        .isEqualTo(
            "filter: " + file + ": line 3, at 3: \"hots\" is no keyword; did you mean \"host\"?\n");
  }

  @Test
  void namesTheFileThatIsWrongInItsFirstLine() throws IOException {
    Path file = Files.writeString(directory.resolve("web"), "tcp prt 80\n");

    run("-F", file.toString());

    assertThat(err.toString()).startsWith("filter: " + file + ": line 1, at 5: \"prt\"");
  }

  @Test
  void refusesWhatIsNoSavefile() throws IOException {
    Path file = Files.writeString(directory.resolve("web"), "tcp port 80\n");

    int code = run("--test", file.toString(), "tcp");

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(err.toString())
        .isEqualTo(
            "filter: " + file + ": at offset 0: magic 0x20706374; neither pcap nor pcapng\n");
  }
}
