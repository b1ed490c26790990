package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.print.DumpForm;
import io.ringtap.print.PrintOptions;
import io.ringtap.print.TimeForm;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private static PrintOptions options(String... arguments) throws BadArgument {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.printing.options();
  }

  private static List<@Nullable Object> all(PrintOptions options) {
    return Arrays.asList(
        options.time(),
        options.isNanos(),
        options.zone(),
        options.hasLinkHeader(),
        options.isQuiet(),
        options.verbosity(),
        options.dump(),
        options.hasAbsoluteSequences(),
        options.isTrusting(),
        options.hasDottedSystems(),
        options.carried(),
        options.secret());
  }

  @Test
  void printsAsTcpdumpDoesByDefault() throws BadArgument {
    List<@Nullable Object> defaults = all(PrintOptions.DEFAULTS);

    assertThat(all(options())).isEqualTo(defaults);
    assertThat(all(options("-n", "-nn", "-l"))).isEqualTo(defaults);
    assertThat(all(options("-aNfu"))).isEqualTo(defaults);
  }

  @Test
  void takesFlagsTogether() throws BadArgument {
    PrintOptions options = options("-nnvvettttSqbXX");

    assertThat(options.verbosity()).isEqualTo(2);
    assertThat(options.hasLinkHeader()).isTrue();
    assertThat(options.time()).isEqualTo(TimeForm.DATE_AND_TIME);
    assertThat(options.hasAbsoluteSequences()).isTrue();
    assertThat(options.isQuiet()).isTrue();
    assertThat(options.hasDottedSystems()).isTrue();
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
  void countsTheLettersOfTheTime(String flag, TimeForm form) throws BadArgument {
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
  void addsThePacket(String flag, DumpForm form) throws BadArgument {
    assertThat(options(flag).dump()).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({"micro, false", "nano, true"})
  void takesThePrecision(String unit, boolean isNanos) throws BadArgument {
    assertThat(options("--time-stamp-precision", unit).isNanos()).isEqualTo(isNanos);
  }

  @Test
  void takesTheLastOfThePrecisions() throws BadArgument {
    assertThat(options("--nano").isNanos()).isTrue();
    assertThat(options("--nano", "--micro").isNanos()).isFalse();
    assertThat(options("--micro", "--time-stamp-precision=nano").isNanos()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"domain, DNS", "radius, RADIUS", "vxlan, VXLAN"})
  void takesWhatPacketsCarry(String type, String protocol) throws BadArgument {
    assertThat(options("-T", type).carried()).isEqualTo(protocol);
  }
}
