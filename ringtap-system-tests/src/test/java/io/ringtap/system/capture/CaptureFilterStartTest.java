package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// From its first packet on a capture shows what its filter passes, and nothing else.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureFilterStartTest {
  private static final int ROUNDS = 5;
  private static final int WAITING = 1000; // netdev_max_backlog

  static List<Arguments> ways() {
    List<Arguments> all = new ArrayList<>();
    for (CaptureMode mode : CaptureMode.values()) {
      for (FanoutMode fanout : List.of(FanoutMode.LB, FanoutMode.HASH)) {
        for (int threads = 1; threads <= 2; threads++) {
          all.add(Arguments.of(mode, fanout, threads));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void openedUnderLoadItShowsNoFrameThatIsForeignOrOlder(
      CaptureMode mode, FanoutMode fanout, int threads) throws Exception {
    Requirement.root();
    CaptureOptions options =
        CaptureLab.options()
            .withMode(mode)
            .withThreads(threads)
            .withFanout(Fanout.by(fanout))
            .withFilter(PortFilters.of(1, 2));
    AtomicLong shown = new AtomicLong();
    AtomicLong foreign = new AtomicLong();
    AtomicLong older = new AtomicLong();
    try (CaptureLab lab = CaptureLab.create();
        FrameSender sender = FrameSender.on(lab.far());
        Flood flood = new Flood(sender, PortFilters.FLOWS)) {
      for (int round = 0; round < ROUNDS; round++) {
        flood.awaitMore();
        long before = flood.sent() - WAITING;
        try (Capture capture = lab.open(options)) {
          capture.start(
              _ ->
                  packet -> {
                    long sequence = CaptureLab.sequence(packet);
                    int flow = (int) (sequence % PortFilters.FLOWS);
                    shown.incrementAndGet();
                    foreign.addAndGet(flow == 1 || flow == 2 ? 0 : 1);
                    older.addAndGet(sequence < before ? 1 : 0);
                  },
              CaptureLab.DEAF);
          flood.awaitMore();
          capture.stop();
          capture.await();
        }
      }
    }
    assertThat(shown).as("frames shown").hasPositiveValue();
    assertThat(foreign).as("frames that the filter does not pass").hasValue(0);
    assertThat(older).as("frames from before the opening").hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void underAFloodOfOthersNoneOfTheWantedIsLost(CaptureMode mode) throws Exception {
    Requirement.root();
    int wanted = 2000;
    BpfProgram icmpOrArp =
        new BpfAssembler()
            .ldHalf(12)
            .jeq(0x0806, "keep", BpfAssembler.NEXT)
            .jeq(0x0800, BpfAssembler.NEXT, "drop")
            .ldByte(23)
            .jeq(1, "keep", "drop")
            .bind("keep")
            .ret(BpfAssembler.KEEP_ALL)
            .bind("drop")
            .ret(0)
            .assemble();
    byte[] arp =
        FrameSender.octets(
            "ffffffffffff 020000000001 0806 0001 0800 06 04 0001"
                + "020000000001 0a000001 000000000000 0a000002"
                + "00".repeat(18));
    AtomicLong arps = new AtomicLong();
    AtomicLong others = new AtomicLong();
    try (CaptureLab lab = CaptureLab.create();
        FrameSender sender = FrameSender.on(lab.far());
        Capture capture = lab.open(CaptureLab.options().withMode(mode).withFilter(icmpOrArp));
        RunningLoad load = FrameLoad.on(lab.near()).frames(Long.MAX_VALUE).ports(64).start()) {
      capture.start(
          _ -> packet -> (packet.protocol() == 0x0806 ? arps : others).incrementAndGet(),
          CaptureLab.DEAF);
      awaitMore(load);
      for (int i = 0; i < wanted; i++) {
        sender.send(arp);
      }
      awaitMore(load);
      capture.stop();
      capture.await();

      assertThat(others).hasValue(0);
      assertThat(arps).hasValue(wanted);
      assertThat(capture.counters().droppedByKernel()).isZero();
      assertThat(capture.counters().offered()).isEqualTo(wanted);
      load.stop();
      load.await();
    }
  }

  private static void awaitMore(RunningLoad load) {
    long before = load.injected();
    await().atMost(CaptureLab.PATIENCE).until(() -> load.injected() > before);
  }
}
