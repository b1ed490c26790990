package io.ringtap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.bpf.BpfAssembler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaptureOptionsTest {
  @Test
  void optionsDoNotChange() {
    CaptureOptions options = CaptureOptions.on("eth0").withSnaplen(96);

    CaptureOptions others = options.withSnaplen(128);

    assertThat(options.snaplen()).isEqualTo(96);
    assertThat(others.snaplen()).isEqualTo(128);
  }

  @Test
  void sharesTheBufferOutToAllSockets() {
    CaptureOptions options = CaptureOptions.on("eth0", "eth1").withThreads(2).withBuffer(32 << 20);

    assertThat(options.ring().bytes()).isEqualTo(8 << 20);
    assertThat(options.receiveBufferBytes()).isEqualTo(8 << 20);
  }

  @Test
  void blocksAreRetiredAfterAMillisecondToAMinute() {
    CaptureOptions options = CaptureOptions.on("eth0");

    assertThat(options.withRetire(Duration.ofMinutes(1)).ring().retireMillis()).isEqualTo(60_000);
    assertThat(options.withRetire(Duration.ofMillis(1)).ring().retireMillis()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withRetire(Duration.ofMillis(60_001)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withRetire(Duration.ofNanos(999_999)));
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatIllegalArgumentException().isThrownBy(CaptureOptions::on);
    assertThatIllegalArgumentException().isThrownBy(() -> CaptureOptions.on("a", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> CaptureOptions.on("a", "any"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            CaptureOptions.on("a")
                .withMode(CaptureMode.RECV)
                .withTimestamps(TimestampSource.ADAPTER));
    assertThatIllegalArgumentException().isThrownBy(() -> CaptureOptions.on("a").withThreads(257));
    assertThatIllegalArgumentException().isThrownBy(() -> CaptureOptions.on("a").withSnaplen(0));
  }

  @Test
  void aBlockHoldsTheLongestPacketThatTheKernelJoins() {
    RingShape small = RingShape.within(1, 20);

    assertThat(small.blockBytes()).isGreaterThan(1 << 16);
    assertThat(small.blockCount()).isEqualTo(2);
  }

  @Test
  void aRingHasBlocksOfPages() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RingShape(4095, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingShape(12_288, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingShape(4096, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingShape(1 << 20, 2048, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RingShape(4096, 1, 0));
  }

  @Test
  void aGroupKnowsWhatItsModeNeeds() {
    var program = new BpfAssembler().ret(1).assemble();

    assertThat(Fanout.by(program).mode()).isEqualTo(FanoutMode.CBPF);
    assertThatIllegalArgumentException().isThrownBy(() -> Fanout.by(FanoutMode.CBPF));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fanout(FanoutMode.HASH, false, false, 0, program));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fanout(FanoutMode.HASH, false, false, 65_536, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fanout(FanoutMode.ROLLOVER, false, true, 0, null));
  }
}
