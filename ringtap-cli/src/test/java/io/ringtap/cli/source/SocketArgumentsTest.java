package io.ringtap.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.capture.TimestampSource;
import io.ringtap.capture.Traffic;
import io.ringtap.cli.run.BadArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SocketArgumentsTest {
  @Command
  private static final class Holder {
    @Mixin private SocketArguments sockets = new SocketArguments();
  }

  private static CaptureOptions options(String... arguments) throws BadArgument {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.sockets.options(List.of("eth0"), null);
  }

  @Test
  void capturesAllThatIsThereUnlessTold() throws BadArgument {
    CaptureOptions options = options();

    assertThat(options.snaplen()).isEqualTo(262_144);
    assertThat(options.isPromiscuous()).isTrue();
    assertThat(options.traffic()).isEqualTo(Traffic.INOUT);
    assertThat(options.mode()).isEqualTo(CaptureMode.RING);
    assertThat(options.threads()).isEqualTo(1);
    assertThat(options.timestamps()).isEqualTo(TimestampSource.SOFTWARE);
    assertThat(options.ring().bytes()).isEqualTo(64 << 20);
    assertThat(options.namespace()).isNull();
    assertThat(options.cpuOf(0)).isEqualTo(-1);
  }

  @Test
  void takesTheWordsOfTcpdump() throws BadArgument {
    CaptureOptions options = options("-ps", "96", "-Q", "in", "-B", "4096", "-j", "adapter");

    assertThat(options.snaplen()).isEqualTo(96);
    assertThat(options.isPromiscuous()).isFalse();
    assertThat(options.traffic()).isEqualTo(Traffic.IN);
    assertThat(options.timestamps()).isEqualTo(TimestampSource.ADAPTER);
    assertThat(options.ring().bytes()).isEqualTo(4 << 20);
    assertThat(options("-s", "0").snaplen()).isEqualTo(262_144);
    assertThat(options("-B", "1G").ring().bytes()).isEqualTo(1 << 30);
    assertThat(options("-B", "128M", "--mode", "recv").receiveBufferBytes()).isEqualTo(128 << 20);
  }

  @Test
  void sharesPacketsBetweenThreads() throws BadArgument {
    CaptureOptions options =
        options("--threads", "3", "--fanout", "cpu,defrag,rollover", "--cpus", "4,6-7");

    assertThat(options.threads()).isEqualTo(3);
    assertThat(options.fanout())
        .isEqualTo(new Fanout(FanoutMode.CPU, true, true, Fanout.UNIQUE, null));
    assertThat(options.cpuOf(0)).isEqualTo(4);
    assertThat(options.cpuOf(1)).isEqualTo(6);
    assertThat(options.cpuOf(2)).isEqualTo(7);
    assertThat(options("--fanout", "rollover").fanout()).isEqualTo(Fanout.by(FanoutMode.ROLLOVER));
    assertThat(options("--threads", "auto").threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1,", "-1", "1-", "2-1", "a", "1-2-3", "9999999999", "8192"})
  void refusesWhatIsNoListOfCpus(String text) {
    assertThatExceptionOfType(BadArgument.class)
        .isThrownBy(() -> options("--cpus=" + text))
        .withMessage("--cpus '" + text + "' is not a list of CPUs, such as 0,2-3");
  }

  @Test
  void findsNamespacesByNameAndByPath() throws BadArgument {
    assertThat(options("--netns", "blue").namespace()).isEqualTo("/run/netns/blue");
    assertThat(options("--netns", "/proc/1/ns/net").namespace()).isEqualTo("/proc/1/ns/net");
  }

  @Test
  void retiresBlocksWhenTold() throws BadArgument {
    assertThat(options("--retire", "5ms").ring().retireMillis()).isEqualTo(5);
  }
}
