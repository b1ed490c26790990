package io.ringtap.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.lab.experiment.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExperimentCommandTest {
  private final StringWriter err = new StringWriter();

  private Progress progress(StatusLine line) {
    String command = "ringtap lab x";
    return ExperimentCommand.progress(
        line, command, new Messages(command, new PrintWriter(err, true)));
  }

  @Test
  void showsEachStepInALineOfItsOwnWithoutATerminal() {
    try (StatusLine line = new StatusLine(new PrintWriter(err), 0)) {
      Progress progress = progress(line);
      progress.step(0, 2, "first");
      progress.step(1, 2, "second");
    }

    assertThat(err.toString().replaceAll("\\d+:\\d\\d", "T"))
        .isEqualTo("ringtap lab x: 0/2, T: first\nringtap lab x: 1/2, T: second\n");
  }

  @Test
  void saysWhatIsLeftOutInALineOfItsOwn() {
    try (StatusLine line = new StatusLine(new PrintWriter(err), 0)) {
      progress(line).notice("no profile: perf_event_open: EPERM");
    }

    assertThat(err).hasToString("ringtap lab x: no profile: perf_event_open: EPERM\n");
  }

  @Test
  void writesOverOneLineOfATerminalAndTakesItAway() {
    try (StatusLine line = new StatusLine(new PrintWriter(err), 20)) {
      Progress progress = progress(line);
      progress.step(0, 2, "a step with a long name");
    }

    assertThat(err.toString()).isEqualTo("\r\u001B[Kringtap lab x: 0/2,\r\u001B[K");
  }
}
