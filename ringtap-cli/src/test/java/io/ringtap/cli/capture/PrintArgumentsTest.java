package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.print.DumpForm;
import io.ringtap.print.PrintOptions;
import io.ringtap.print.TimeForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PrintArgumentsTest {
  @Command
  private static final class Holder {
    @Mixin private PrintArguments printing = new PrintArguments();
  }

  private static PrintOptions options(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.printing.options();
  }

  @Test
  void printsAsTcpdumpDoesUnlessTold() {
    assertThat(options()).isEqualTo(PrintOptions.DEFAULTS);
    assertThat(options("-n", "-nn", "-l")).isEqualTo(PrintOptions.DEFAULTS);
  }

  @Test
  void takesFlagsTogether() {
    PrintOptions options = options("-nnvvettttSqXX");

    assertThat(options.verbosity()).isEqualTo(2);
    assertThat(options.hasLinkHeader()).isTrue();
    assertThat(options.time()).isEqualTo(TimeForm.DATE_AND_TIME);
    assertThat(options.hasAbsoluteSequences()).isTrue();
    assertThat(options.isQuiet()).isTrue();
    assertThat(options.dump()).isEqualTo(DumpForm.HEX_AND_TEXT_WITH_LINK_HEADER);
  }

  @ParameterizedTest
  @CsvSource({
    "-t, NONE",
    "-tt, EPOCH",
    "-ttt, SINCE_PREVIOUS",
    "-tttt, DATE_AND_TIME",
    "-ttttt, SINCE_FIRST"
  })
  void countsTheLettersOfTheTime(String flag, TimeForm form) {
    assertThat(options(flag).time()).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "-x, HEX",
    "-xx, HEX_WITH_LINK_HEADER",
    "-X, HEX_AND_TEXT",
    "-XX, HEX_AND_TEXT_WITH_LINK_HEADER",
    "-A, TEXT",
    "-AA, TEXT_WITH_LINK_HEADER",
    "-xA, HEX",
    "-xXA, HEX_AND_TEXT"
  })
  void addsThePacket(String flag, DumpForm form) {
    assertThat(options(flag).dump()).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({"micro, false", "nano, true"})
  void takesThePrecision(String unit, boolean isNanos) {
    assertThat(options("--time-stamp-precision", unit).isNanos()).isEqualTo(isNanos);
  }
}
