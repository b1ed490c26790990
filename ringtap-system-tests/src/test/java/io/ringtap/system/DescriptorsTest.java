package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands, started by the launcher, where descriptors are closed or few.
class DescriptorsTest {
  @TempDir static Path root;
  private static NetworkNamespace namespace;
  private static LauncherTree tree;
  private static Process traffic;

  @BeforeAll
  static void makeTree() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("descriptors");
    String java = String.join("' '", InstalledCommand.java("ping"));
    String script =
        """
        #!/bin/sh
        while [ "$1" != -m ]; do shift; done
        shift 2
        exec '%s' "$@"
        """
            .formatted(java);
    tree = LauncherTree.in(root, script);
    traffic = namespace.start("ping", "-q", "-i", "0.1", "127.0.0.1");
  }

  @AfterAll
  static void endNamespace() {
    if (traffic != null) {
      traffic.destroy();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  private static Process start(String script) throws IOException {
    ProcessBuilder builder = namespace.process("bash", "-c", script, tree.launcher().toString());
    builder.environment().put("RINGTAP_JAVA_HOME", tree.jdk().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /// The exit codes with a standard input, output and error output that is closed. A full count of
  /// the lines on the other streams would be that of each command's own test: here they must not be
  /// a stack trace, and what nobody has given is not read.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ping -c 1 127.0.0.1            | 0 | 4 | 0
          ping -                         | 1 | 1 | 1
          fping -c 1 127.0.0.1           | 0 | 0 | 0
          fping                          | 1 | 1 | 1
          as-ping -c 1 127.0.0.1         | 0 | 2 | 0
          trace -n --report -c 1 ::1     | 0 | 4 | 0
          capture -r -                   | 3 | 3 | 3
          capture -i lo -c 1 -w /dev/null| 0 | 0 | 0
          replay -i lo -                 | 3 | 3 | 3
          top -i lo --interval 200ms -c 1 | 0 | 4 | 0
          pps -i 10ms -c 1 lo            | 0 | 4 | 0
          filter icmp                    | 0 | 4 | 0
          interfaces                     | 0 | 4 | 0
          irq lo                         | 0 | 4 | 0
          """)
  void endsAsItShouldWithADescriptorThatIsClosed(
      String arguments, int withoutIn, int withoutOut, int withoutErr) throws Exception {
    Process in = start("exec \"$0\" " + arguments + " <&-");
    Process out = start("exec \"$0\" " + arguments + " >&-");
    Process err = start("exec \"$0\" " + arguments + " 2>&-");

    assertEnd(in, withoutIn);
    assertEnd(out, withoutOut);
    assertEnd(err, withoutErr);
  }

  private static void assertEnd(Process process, int exitCode) throws InterruptedException {
    Command.Result result = Command.finish(process);
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.err()).noneMatch(line -> line.contains("\tat ") || line.contains("[error]"));
  }

  /// Too few are named as what they are; nobody is called unknown, and no privilege is missed.
  @ParameterizedTest
  @CsvSource({
    "24, ping -c 1 127.0.0.1",
    "24, ping -c 1 localhost 127.0.0.1 ::1",
    "24, fping -c 1 127.0.0.1 localhost",
    "24, as-ping -c 1 localhost",
    "24, trace --report -c 1 localhost",
    "24, capture -i lo -c 1 -w /dev/null",
    "24, interfaces",
    "24, filter icmp",
    "64, ping -c 1 localhost 127.0.0.1 ::1",
    "64, fping -c 1 127.0.0.1 localhost",
    "64, trace --report -c 1 localhost",
    "64, capture -i lo -c 1 -w /dev/null",
    "64, top -i lo --interval 200ms -c 1",
    "64, pps -i 10ms -c 1 lo"
  })
  void worksWithFewDescriptorsOrSaysThatTheyAreTooFew(int limit, String arguments)
      throws Exception {
    Command.Result result =
        Command.finish(start("ulimit -n " + limit + "; exec \"$0\" " + arguments));

    List<String> said = result.err();
    assertThat(said)
        .noneMatch(line -> line.contains("\tat ") || line.contains("[error]"))
        .noneMatch(line -> line.contains("CAP_NET_RAW") || line.contains("not known"));
    if (result.exitCode() != 0) {
      assertThat(result.exitCode()).as(result.toString()).isIn(2, 4);
      assertThat(said).anyMatch(line -> line.contains("EMFILE") || line.contains("ulimit -n"));
    }
  }
}
