package io.ringtap.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FileArgumentsTest {
  @Command
  private static final class Holder {
    @Mixin private FileArguments files = new FileArguments();
  }

  private static FileArguments.Plan plan(boolean isNanos, String... arguments) throws BadArgument {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return Objects.requireNonNull(holder.files.plan(isNanos));
  }

  @ParameterizedTest
  @CsvSource({
    "x.pcap,        false, PCAP_MICROS",
    "x.pcap,        true,  PCAP_NANOS",
    "X.PCAP.gz,     false, PCAP_MICROS",
    "x.pcapng,      false, PCAPNG",
    "x.pcapng.gz,   true,  PCAPNG",
    "x,             false, PCAPNG",
    "-,             false, PCAPNG",
    "/dev/null,     true,  PCAPNG",
  })
  void tellsTheFormatByTheName(String file, boolean isNanos, SavefileFormat format)
      throws BadArgument {
    assertThat(plan(isNanos, "-w", file).format()).isEqualTo(format);
  }

  @Test
  void takesTheFormatThatIsNamedWhateverTheName() throws BadArgument {
    assertThat(plan(false, "-w", "x.pcapng", "--format", "pcap").format())
        .isEqualTo(SavefileFormat.PCAP_MICROS);
    assertThat(plan(true, "-w", "-", "--format", "pcap").format())
        .isEqualTo(SavefileFormat.PCAP_NANOS);
    assertThat(plan(false, "-w", "x.pcap", "--format", "pcapng").format())
        .isEqualTo(SavefileFormat.PCAPNG);
  }

  @Test
  void packsWhereTheNameOrTheOptionSaysSo() throws BadArgument {
    assertThat(plan(false, "-w", "x.pcap").compression()).isSameAs(SavefileCompression.NONE);
    assertThat(plan(false, "-w", "x.pcap.gz").compression()).isSameAs(SavefileCompression.GZIP);
    assertThat(plan(false, "-w", "x", "--compress", "gzip").compression())
        .isSameAs(SavefileCompression.GZIP);
    assertThat(plan(false, "-w", "x.gz", "--compress", "none").compression())
        .isSameAs(SavefileCompression.NONE);
  }

  @Test
  void keepsTheNewestFilesOfASizeAndEndsAfterTheLastOfATime() throws BadArgument {
    assertThat(plan(false, "-w", "x").rotation()).isEqualTo(Rotation.NONE);
    assertThat(plan(false, "-w", "x", "-C", "2", "-W", "3").rotation())
        .isEqualTo(new Rotation(2_000_000, null, 3, false));
    assertThat(plan(false, "-w", "x", "-G", "60", "-W", "3").rotation())
        .isEqualTo(new Rotation(0, Duration.ofMinutes(1), 3, true));
    assertThat(plan(false, "-w", "x", "-G", "60", "-C", "1", "-W", "3").rotation())
        .isEqualTo(new Rotation(1_000_000, Duration.ofMinutes(1), 3, false));
  }
}
