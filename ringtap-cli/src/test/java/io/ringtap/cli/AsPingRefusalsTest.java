package io.ringtap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What is refused before anything is sent, beside iputils' ping: the same first line and exit
/// code.
class AsPingRefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "2, -Y",
    "2, -qY ::1",
    "2, --count 3 ::1",
    "2, -c",
    "2, -I",
    "1, -c x ::1",
    "1, -c 0 ::1",
    "1, -c 99999999999999999999 ::1",
    "1, -w x ::1",
    "1, -w -1 ::1",
    "1, -t 256 ::1",
    "1, -l 0 ::1",
    "1, -l 65537 ::1",
    "1, -s -1 ::1",
    "1, -S 0 ::1",
    "1, -m 4294967296 ::1",
    "2, -t 0 127.0.0.1",
    "2, -Q 0x100 ::1",
    "2, -Q zz ::1",
    "2, -M maybe ::1",
    "2, -p c0ffey ::1",
    "2, -F zz ::1",
    "2, -F 0x123456 ::1",
    "2, -i 3000000 ::1",
    "2, -W 3000000 ::1",
    "2, -4 -6 ::1",
    "2, -I fe80::zz ::1",
    "1, -c 1",
    "2, -6 127.0.0.1",
    "2, -4 ::1",
    "2, ::1%nosuch",
    "2, ::zz",
  })
  void refusesAsPingDoes(int exitCode, String arguments) throws Exception {
    Requirement.tool("ping");
    List<String> command = new ArrayList<>(List.of("ping"));
    command.addAll(List.of(arguments.split(" ")));
    Process ping = new ProcessBuilder(command).start();
    String expected = ping.errorReader().readLine();
    assertThat(ping.waitFor()).isEqualTo(exitCode);
    command.set(0, "as-ping");
    String[] words = command.toArray(String[]::new);
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(words);
    line.setErr(new PrintWriter(err, true));

    int code = line.execute(words);

    assertThat(err.toString().lines().findFirst()).contains(expected);
    assertThat(code).isEqualTo(exitCode);
  }
}
