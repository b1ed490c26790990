package io.ringtap.cli.capture;

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

/// What the command line refuses, before anything is opened.
class CaptureCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        Failures.handle(new CommandLine(new CaptureCommand()))
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
          -i lo tcp prot 80      | filter: at 5: "prot" is no keyword that goes on after "tcp"; did you mean "port"?
          -i lo -d tcp prot 80   | filter: at 5: "prot" is no keyword that goes on after "tcp"; did you mean "port"?
          -i lo -F /nonexistent  | /nonexistent: no such file
          -i lo -F x icmp        | -F and an expression exclude each other
          -i lo --vlan-any       | --vlan-any is about an expression, and there is none
          -i lo --bpf-program x icmp | --bpf-program is a filter already: it excludes an expression
          -i lo --bpf-program x --vlan-any | --bpf-program is a filter already: it excludes --vlan-any
          -i lo -i eth0 -d icmp  | -d prints one program: name one interface
          -i lo -c 0             | -c must be 1 or more, not 0
          -i lo --stats 0        | --stats must be more than 0
          -i lo -C 1             | -C is about the file that is written, so it needs -w FILE
          -i lo -G 1             | -G is about the file that is written, so it needs -w FILE
          -i lo -W 1             | -W is about the file that is written, so it needs -w FILE
          -i lo --unordered      | --unordered is about the file that is written, so it needs -w FILE
          -i lo --compress gzip  | --compress is about the file that is written, so it needs -w FILE
          -i lo -z gzip          | -z is about the file that is written, so it needs -w FILE
          -i lo -w x -z gzip     | -z is run on the files that -C or -G completes, so it needs one of them
          -i lo -w x -W 2        | -W counts the files that -C or -G makes, so it needs one of them
          -i lo -w x -C 0        | -C must be 1 or more, not 0
          -i lo -w - -G 1        | -w - is one stream, which -C and -G cannot divide: name a file
          -i lo -w - --json      | -w - and --json would both write to standard output
          -i lo -w - --print     | -w - and --print would both write to standard output
          -r x -w - --count      | -w - and --count would both write to standard output
          -i lo -w x --rate      | --rate and -w exclude each other; there is --stats 1s
          -i lo -w x --format er | Invalid value for option '--format': 'er' is not pcap, nanopcap or pcapng
          -i lo -w x --compress x | Invalid value for option '--compress': 'x' is not gzip or none
          -i lo --rate --json    | --rate and --json exclude each other; there is --stats 1s --json
          -i lo --immediate-mode --mode ring | --immediate-mode excludes --mode ring, where packets wait for a block to end; see --retire
          -i lo -y NULL          | -y NULL: the packets of lo have EN10MB (Ethernet)
          -i any -y LINUX_SLL    | -y LINUX_SLL: the packets of any have LINUX_SLL2 (Linux cooked v2)
          -i lo -tttttt          | -t may be given up to five times, not 6
          -i lo -T quic          | -T 'quic' is not aodv, carp, cnfp, domain, lmp, pgm, pgm_zmtp1, ptp, radius, resp, rpc, rtcp, rtp, snmp, someip, tftp, vat, vxlan, wb, zmtp1
          -i lo -T wb            | no -T wb here: that protocol is not printed (see --protocols); 'tcpdump -T wb' prints it
          -V x -r x              | -V and -r exclude each other: the list names all files
          -V /nonexistent        | -V /nonexistent: no such file
          -V /dev/null           | -V /dev/null names no file
          -V x -i lo             | -V and -i exclude each other: packets come from a file or from there
          -r x -i lo             | -r and -i exclude each other: packets come from a file or from there
          -r x --rate            | --rate measures how fast packets come: not with -r
          -r x --stats 1s        | --stats measures how fast packets come: not with -r
          -r /nonexistent/x      | /nonexistent/x: no such file or directory
          -r /                   | /: is a directory
          -i lo -i lo            | an interface is named twice: [lo, lo]
          -i lo -i any           | 'any' already means all interfaces and cannot be combined: [lo, any]
          -i lo -s 262145        | a snaplen is 1 to 262144, not 262145
          -i lo --threads 0      | the number of threads is 1 to 256, not 0
          -i lo --threads some   | --threads 'some' is not a number of threads, or auto
          -i lo --fanout pf      | --fanout 'pf' is not hash, lb, cpu, rollover, rnd, qm or cbpf:FILE
          -i lo --fanout lb,x    | --fanout flag 'x' is not defrag or rollover
          -i lo --fanout cbpf:/nonexistent | /nonexistent: no such file
          -i lo --bpf-program /nonexistent | /nonexistent: no such file
          -i lo --cpus 3-1       | --cpus '3-1' is not a list of CPUs, such as 0,2-3
          -i lo --cpus 0,        | --cpus '0,' is not a list of CPUs, such as 0,2-3
          -i lo --retire 2m      | blocks are retired after 1 ms to 1 min, not PT2M
          -i lo --mode recv -j adapter | the network card's stamps need a ring
          -i lo -B 64T           | Invalid value for option '--buffer-size': '64T' is not an amount of memory, such as 4096 (KiB), 64M or 1G
          -i lo -B 0             | Invalid value for option '--buffer-size': '0' is not an amount of memory, such as 4096 (KiB), 64M or 1G
          -i lo -Q up            | Invalid value for option '--direction': 'up' is not in, out or inout
          -i lo --mode card      | Invalid value for option '--mode': 'card' is not recv, ring or xdp
          -i lo --mode xdp -Q out | --mode xdp sees only what comes in, so it excludes -Q out
          -i any --mode xdp      | --mode xdp needs interfaces by their names, not any
          -i lo --mode xdp --fanout lb | --fanout is about sockets: in --mode xdp threads share the queues
          -i lo --mode xdp --immediate-mode | --immediate-mode is --mode recv: not with --mode xdp
          -i lo --mode xdp -j adapter | -j adapter needs --mode ring: XDP does not see the adapter's stamps
          -i lo --mode xdp --busy-poll udp | --busy-poll is about --steal, which is not given
          -i lo --steal udp      | --steal is about --mode xdp, which is not given
          -i lo --mode xdp --steal | --steal takes packets from this host: say which by a filter, or 'greater 0' for all
          -i lo -j me            | Invalid value for option '--time-stamp-type': 'me' is not host or adapter
          """)
  void refusesInOneLine(String arguments, String message) {
    int code = run(arguments.split(" "));

    assertThat(err.toString()).isEqualTo("capture: " + message + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void namesTheLineOfABadProgram() throws IOException {
    Path program = Files.writeString(directory.resolve("bad.bpf"), "2\n6 0 0 0\n6 0 zero 0\n");

    run("-i", "lo", "--bpf-program", program.toString());

    assertThat(err.toString())
        .isEqualTo(
            "capture: "
                + program
                + ": line 3: 'zero' is not a whole number from 0 to 255;"
                + " 'tcpdump -ddd EXPRESSION' makes one\n");
  }

  @Test
  void refusesAProgramThatACookedSocketCannotRun() throws IOException {
    Path program = Files.writeString(directory.resolve("arphrd.bpf"), "2\n40 0 0 8\n6 0 0 0\n");

    run("-i", "any", "--bpf-program", program.toString());

    assertThat(err.toString())
        .isEqualTo(
            "capture: instruction 0: the kernel cannot load offset 8 of the cooked header\n");
  }
}
