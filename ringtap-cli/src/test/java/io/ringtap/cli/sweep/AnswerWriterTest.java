package io.ringtap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.packet.IpRange;
import io.ringtap.send.Pace;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.PermutedTargets;
import io.ringtap.sweep.space.Shard;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresRoot
class AnswerWriterTest {
  private static final int IN_A_ROW = 1000;

  /// A thousand answers one after the other: before them the JIT compiler may allocate, until it is
  /// done with the code. The targets are enough for a slow machine.
  @ParameterizedTest
  @EnumSource(names = {"TEXT", "CSV"})
  void allocatesNothingForAnAnswer(AnswerWriter.Format format) throws Exception {
    AddressSpace space = AddressSpace.builder().add(IpRange.parse("127.0.0.0/13")).build();
    PermutedTargets targets = PermutedTargets.of(space, 1, Shard.WHOLE);
    SweepOptions options =
        SweepOptions.DEFAULT
            .withPace(Pace.packetsPerSecond(20_000))
            .withTimeout(Duration.ofMillis(500));
    AtomicInteger most = new AtomicInteger();
    int[] row = new int[1];

    try (NetworkNamespace namespace = NetworkNamespace.create("writer");
        Output out = new Output(OutputStream.nullOutputStream(), _ -> {})) {
      AnswerWriter writer = new AnswerWriter(out, new AnswerWriter.Choice(format, null, true));
      try (Sweep sweep = namespace.call(() -> Sweep.open(targets, options))) {
        sweep.start(answer -> {
          long before = Allocation.soFar();
          writer.onAnswer(answer);
          row[0] = Allocation.soFar() == before ? row[0] + 1 : 0;
          most.accumulateAndGet(row[0], Math::max);
          if (row[0] > IN_A_ROW) {
            sweep.abort();
          }
        });
        sweep.await();
      }
    }

    assertThat(most.get()).isGreaterThan(IN_A_ROW);
  }

  /// An answer may wait in the output while the status line appears.
  @Test
  void standsAboveAStatusLineThatIsNotThereYet() throws Exception {
    AddressSpace space = AddressSpace.builder().add(IpRange.parse("127.0.0.1")).build();
    SweepOptions options = SweepOptions.DEFAULT.withTimeout(Duration.ofMillis(500));
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    try (NetworkNamespace namespace = NetworkNamespace.create("above");
        Output out = new Output(terminal, _ -> {});
        StatusLine line = new StatusLine(new PrintWriter(Writer.nullWriter()), 80)) {
      AnswerWriter writer =
          new AnswerWriter(out, new AnswerWriter.Choice(AnswerWriter.Format.TEXT, null, true));
      writer.standAbove(line);
      try (Sweep sweep =
          namespace.call(() -> Sweep.open(PermutedTargets.of(space, 1, Shard.WHOLE), options))) {
        sweep.start(writer);
        sweep.await();
      }
      assertThat(out.drain(TimeUnit.SECONDS.toNanos(10))).isTrue();
    }

    assertThat(terminal.toString(StandardCharsets.US_ASCII))
        .startsWith("\r\u001B[K127.0.0.1 ttl=64 ")
        .endsWith("\n\r\u001B[K");
  }
}
