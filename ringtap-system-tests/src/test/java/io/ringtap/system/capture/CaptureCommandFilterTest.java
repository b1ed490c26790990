package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The expressions of `ringtap capture` and `ringtap top`, as a user writes them.
class CaptureCommandFilterTest {
  @TempDir private Path directory;
  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    lab = new CaptureFixture();
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  /// Captures while datagrams go to two ports, and ends by SIGTERM.
  private Command.Result captured(String... arguments) throws Exception {
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, arguments)) {
      lab.send(5, 10, 4700);
      lab.send(7, 10, 4800);
      return capture.end("TERM");
    }
  }

  @Test
  void showsLiveWhatMatches() throws Exception {
    Command.Result result = captured("-i", "lo", "udp", "dst", "port", "4800");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(7).allMatch(line -> line.contains(".4800: UDP"));
    assertThat(result.err()).contains("7 packets captured", "7 packets received by filter");
  }

  @Test
  void readsTheExpressionFromAFileWithComments() throws Exception {
    Path file = Files.writeString(directory.resolve("filter"), "udp # what\n and dst port 4700\n");

    assertThat(captured("-i", "any", "-F", file.toString()).out()).hasSize(5);
  }

  @Test
  void showsOfAFileWhatMatches() throws Exception {
    String file = directory.resolve("x.pcapng").toString();
    Command.Result _ = captured("-i", "lo", "-w", file);

    Command.Result result = lab.ringtap.run("capture", "-r", file, "udp dst port 4700");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(5).allMatch(line -> line.contains(".4700: UDP"));
  }

  @Test
  void saysThatTheKernelCannotRunALoop() throws Exception {
    for (String where : new String[] {"lo", "any"}) {
      Command.Result result = captured("-i", where, "ip protochain 17 and dst port 4800");

      assertThat(result.out()).hasSize(7);
      assertThat(result.err())
          .contains(
              "ringtap capture: the kernel cannot run a filter with a loop, as protochain makes one:"
                  + " packets are filtered in user space",
              "7 packets captured",
              "7 packets received by filter");
    }
  }

  /// What follows `geneve` is about the frame in it, on the other side of an `or` too; on packets
  /// that are not of Geneve it reads the address in the cooked header, which the kernel has not.
  @Test
  void filtersHereWhatReadsOfTheCookedHeaderMoreThanTheKernelTells() throws Exception {
    Command.Result result =
        captured("-i", "any", "udp dst port 4700 or (geneve and ip proto 17) or udp dst port 4800");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(5).allMatch(line -> line.contains(".4700: UDP"));
    assertThat(result.err())
        .contains(
            "ringtap capture: the filter reads what the kernel does not report of the cooked header:"
                + " packets are filtered in user space",
            "5 packets captured");
  }

  @Test
  void namesTheLimitThatAFilterIsTooLongFor() throws Exception {
    lab.namespace.sysctl("net.core.optmem_max", "1024");

    Command.Result result = captured("-i", "lo", "udp dst port 4800 or tcp[4:4] / tcp[8] = 1");

    assertThat(result.out()).hasSize(7);
    assertThat(result.err())
        .contains(
            "ringtap capture: the filter is longer than net.core.optmem_max allows (1024 bytes):"
                + " packets are filtered in user space; raise it, or shorten the filter");
  }

  @Test
  void printsTheProgramInThreeFormsAndStops() throws Exception {
    String[] words = {"capture", "-i", "lo", "-ddd", "icmp", "or", "arp"};
    Command.Result decimal = lab.ringtap.run(words);
    words[3] = "-dd";
    Command.Result initializers = lab.ringtap.run(words);
    words[3] = "-d";
    Command.Result readable = lab.ringtap.run(words);

    BpfProgram program = BpfProgram.parse(String.join("\n", decimal.out()));
    assertThat(decimal.exitCode()).isZero();
    assertThat(decimal.err()).isEmpty();
    assertThat(program.instructions().getLast().k()).isZero();
    assertThat(String.join("\n", initializers.out())).isEqualTo(program.toCInitializers());
    assertThat(String.join("\n", readable.out())).isEqualTo(program.toString());
  }

  @Test
  void refusesWhatIsNoExpressionInOneLine() throws Exception {
    for (String command : new String[] {"capture", "top"}) {
      Command.Result result = lab.ringtap.run(command, "-i", "lo", "tcp", "prot", "80");

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("ringtap " + command + ": filter: at 5: \"prot\" ");
    }
  }
}
