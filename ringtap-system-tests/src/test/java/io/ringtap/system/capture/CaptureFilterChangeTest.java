package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.capture.FilterPlace;
import io.ringtap.packet.PacketHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The filter of a running capture is changed without a gap and without a stray packet.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureFilterChangeTest extends CaptureLabTest {
  private static final int CHANGES = 20;
  private static final int COMMON = 0; // the flow that both filters pass
  private static final BpfProgram WITH_ONE = PortFilters.of(COMMON, 1);
  private static final BpfProgram WITH_TWO = PortFilters.of(COMMON, 2);
  private static final int BEING_CHANGED = -1;

  /// In turn: programs of both kinds that the kernel runs, with one and with two.
  private static final List<BpfProgram> IN_TURN =
      List.of(WITH_TWO, withSet(1), withSet(2), WITH_ONE);

  /// The flow beside the common one that the filter in force passes.
  private volatile int inForce = 1;

  private static int flow(long sequence) {
    return (int) (sequence % PortFilters.FLOWS);
  }

  private PacketHandler checking(AtomicIntegerArray times, AtomicLong strays) {
    return checking(times, strays, new AtomicLong());
  }

  private PacketHandler checking(AtomicIntegerArray times, AtomicLong strays, AtomicLong commons) {
    return packet -> {
      int allowed = inForce;
      long sequence = CaptureLab.sequence(packet);
      int flow = flow(sequence);
      if (flow == 3 || (allowed != BEING_CHANGED && flow != COMMON && flow != allowed)) {
        strays.incrementAndGet();
      }
      int _ = times.incrementAndGet((int) sequence);
      long _ = commons.addAndGet(flow == COMMON ? 1 : 0);
    };
  }

  private void change(Capture capture, int number) throws IOException {
    inForce = BEING_CHANGED;
    capture.replaceFilter(CaptureFilter.program(IN_TURN.get(number % IN_TURN.size())));
    inForce = number % 2 != 0 ? 1 : 2;
  }

  /// As [PortFilters#of] the common flow and another, by a look-up among many ports.
  private static BpfProgram withSet(int flow) {
    List<LookupTable.Range> ports = new ArrayList<>();
    for (int port : new int[] {1024, 1024 + flow}) {
      ports.add(new LookupTable.Range(port, port, LookupTable.YES));
    }
    for (int port = 2000; port < 2200; port += 2) {
      ports.add(new LookupTable.Range(port, port, LookupTable.YES));
    }
    LookupTable.Builder table = new LookupTable.Builder();
    int set = table.add(ports);
    return new BpfProgram(
        List.of(
            new BpfInstruction(0x28, 0, 0, 34),
            new BpfInstruction(0xb4, 0, 0, set),
            new BpfInstruction(0x15, 0, 1, LookupTable.YES),
            new BpfInstruction(0x06, 0, 0, -1),
            new BpfInstruction(0x06, 0, 0, 0)),
        table.build());
  }

  static List<Arguments> ways() {
    List<Arguments> all = new ArrayList<>();
    for (CaptureMode mode : List.of(CaptureMode.RECV, CaptureMode.RING)) {
      for (int threads = 1; threads <= 2; threads++) {
        all.add(Arguments.of(mode, threads));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void underLoadNothingForeignIsShownAndNothingCommonIsLost(CaptureMode mode, int threads)
      throws Exception {
    AtomicIntegerArray times = new AtomicIntegerArray(Flood.MOST);
    AtomicLong strays = new AtomicLong();
    AtomicLong commons = new AtomicLong();
    CaptureOptions options =
        CaptureLab.options()
            .withMode(mode)
            .withThreads(threads)
            .withFanout(Fanout.by(FanoutMode.LB))
            .withBuffer(128 << 20)
            .withFilter(WITH_ONE);
    CaptureCounters counters;
    long sent;
    try (Capture capture = lab.open(options);
        Flood flood =
            new Flood(sender, PortFilters.FLOWS, () -> commons.get() * PortFilters.FLOWS)) {
      capture.start(_ -> checking(times, strays, commons), CaptureLab.DEAF);
      flood.awaitMore();
      long first = flood.sent();
      for (int i = 0; i < CHANGES; i++) {
        change(capture, i);
        flood.awaitMore();
      }
      sent = flood.end();
      capture.stop();
      capture.await();
      counters = capture.counters();
      assertThat(sent).as("frames while filters changed").isGreaterThan(first);
    }
    long shown = 0;
    long lost = 0;
    long twice = 0;
    long begun = firstShown(times);
    for (long i = begun; i < sent; i++) {
      int count = times.get((int) i);
      shown += count;
      lost += flow(i) == COMMON && count == 0 ? 1 : 0;
      twice += count > 1 ? 1 : 0;
    }
    assertThat(strays).as("frames that the filter in force does not pass").hasValue(0);
    assertThat(lost).as("frames lost that both filters pass").isZero();
    assertThat(twice).as("frames shown twice").isZero();
    assertThat(counters.droppedByKernel()).isZero();
    assertThat(counters.captured()).isEqualTo(shown);
    assertThat(counters.waiting() + counters.discarded()).isZero();
    assertThat(counters.rejectedInUserSpace())
        .as("frames that waited under the old one")
        .isPositive();
  }

  /// The sequence number of the first frame that came after the capture was opened.
  private static long firstShown(AtomicIntegerArray times) {
    for (int i = 0; i < times.length(); i++) {
      if (times.get(i) > 0) {
        return i;
      }
    }
    throw new AssertionError("no frame was shown");
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void whatWaitsIsJudgedByTheNewFilterAlsoBeforeTheStart(CaptureMode mode) throws Exception {
    AtomicIntegerArray times = new AtomicIntegerArray(2000);
    AtomicLong strays = new AtomicLong();
    CaptureOptions options =
        CaptureLab.options().withMode(mode).withRetire(Duration.ofSeconds(5)).withFilter(WITH_ONE);
    try (Capture capture = lab.open(options)) {
      sender.number(0, 1000, 60, PortFilters.FLOWS);

      change(capture, 2);
      sender.number(1000, 1000, 60, PortFilters.FLOWS);
      capture.start(_ -> checking(times, strays), CaptureLab.DEAF);
      capture.stop();
      capture.await();

      assertThat(strays).hasValue(0);
      assertThat(capture.counters().captured()).isEqualTo(250 + 500);
      assertThat(capture.counters().rejectedInUserSpace()).isEqualTo(250);
      assertThat(capture.counters().waiting()).isZero();
    }
  }

  @Test
  void withoutAFilterAllIsShownAgain() throws Exception {
    AtomicIntegerArray times = new AtomicIntegerArray(100);
    try (Capture capture = lab.open(CaptureLab.options().withFilter(WITH_ONE))) {
      capture.start(_ -> checking(times, new AtomicLong()), CaptureLab.DEAF);

      capture.replaceFilter(null);
      sender.number(0, 100, 60, PortFilters.FLOWS);
      capture.stop();
      capture.await();

      assertThat(capture.counters().captured()).isEqualTo(100);
      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
    }
  }

  @Test
  void aStoppedCaptureTakesNothingMoreWhateverTheFilter() throws Exception {
    try (Capture capture = lab.open(CaptureLab.options().withFilter(WITH_ONE))) {
      capture.stop();

      capture.replaceFilter(null);
      sender.number(0, 100);

      assertThat(capture.counters().offered()).isZero();
    }
  }

  @Test
  void neitherAHandlerNorAnybodyAfterTheEndCanChangeIt() throws Exception {
    Capture capture = lab.open(CaptureLab.options());
    try (capture) {
      capture.start(
          _ ->
              _ ->
                  assertThatIllegalStateException()
                      .isThrownBy(() -> capture.replaceFilter(null))
                      .withMessageContaining("a handler cannot"),
          CaptureLab.DEAF);
      sender.number(0, 1);
      capture.stop();
      capture.await();
      assertThat(capture.counters().captured()).isOne();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> capture.replaceFilter(null))
        .withMessage("the capture is closed");
  }
}
