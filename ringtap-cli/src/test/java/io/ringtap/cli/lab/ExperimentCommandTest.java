package io.ringtap.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.lab.experiment.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExperimentCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void showsEachStepInALineOfItsOwnWithoutATerminal() {
    try (StatusLine line = new StatusLine(new PrintWriter(err), 0)) {
      Progress progress = ExperimentCommand.progress(line, "ringtap lab x");
      progress.step(0, 2, "first");
      progress.step(1, 2, "second");
    }

    assertThat(err.toString().replaceAll("\\d+:\\d\\d", "T"))
        .isEqualTo("ringtap lab x: 0/2, T: first\nringtap lab x: 1/2, T: second\n");
  }

  @Test
  void writesOverOneLineOfATerminalAndTakesItAway() {
    try (StatusLine line = new StatusLine(new PrintWriter(err), 20)) {
      Progress progress = ExperimentCommand.progress(line, "ringtap lab x");
      progress.step(0, 2, "a step with a long name");
    }

    assertThat(err.toString()).isEqualTo("\r\u001B[Kringtap lab x: 0/2,\r\u001B[K");
  }
}
