package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.FilterPlace;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Filters that the kernel does not take run on the threads of the capture, with the same result.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureFilterHereTest extends CaptureLabTest {
  private static final int FRAMES = 4000;
  private static final int LOADS = 5;
  private static final int ENOUGH = 300_000; // frames of a load, for the compilers

  /// Counts to three in a loop, then passes the frames of flow 1, of which it keeps 50 bytes.
  private static BpfProgram looping() {
    return new BpfProgram(
        List.of(
            new BpfInstruction(0x00, 0, 0, 0),
            new BpfInstruction(0x04, 0, 0, 1),
            new BpfInstruction(0x15, 1, 0, 3),
            new BpfInstruction(0x05, 0, 0, -3),
            new BpfInstruction(0x28, 0, 0, 34),
            new BpfInstruction(0x15, 0, 1, 1025),
            new BpfInstruction(0x06, 0, 0, 50),
            new BpfInstruction(0x06, 0, 0, 0)));
  }

  /// Passes the frames of flows 1 and 2, after many words that do nothing.
  private static BpfProgram lengthy(int words) {
    List<BpfInstruction> instructions =
        new ArrayList<>(Collections.nCopies(words, new BpfInstruction(0x04, 0, 0, 1)));
    instructions.addAll(PortFilters.of(1, 2).instructions());
    return new BpfProgram(instructions);
  }

  private static void assertSum(CaptureCounters counters, long shown, long rejectedInUserSpace) {
    assertThat(counters.captured()).isEqualTo(shown);
    assertThat(counters.offered()).isEqualTo(shown);
    assertThat(counters.rejectedInUserSpace()).isEqualTo(rejectedInUserSpace);
    assertThat(counters.waiting() + counters.discarded() + counters.droppedByKernel()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void aProgramWithALoopRunsHere(CaptureMode mode) throws Exception {
    AtomicLong wrong = new AtomicLong();
    CaptureOptions options = CaptureLab.options().withMode(mode).withFilter(looping());
    try (Capture capture = lab.open(options)) {
      capture.start(
          _ ->
              packet ->
                  wrong.addAndGet(
                      CaptureLab.sequence(packet) % PortFilters.FLOWS == 1
                              && packet.caplen() == 50
                              && packet.origlen() == 60
                          ? 0
                          : 1),
          CaptureLab.DEAF);
      sender.number(0, FRAMES, 60, PortFilters.FLOWS);
      capture.stop();
      capture.await();

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.USER_SPACE_FOR_LOOP);
      assertThat(wrong).hasValue(0);
      assertSum(capture.counters(), FRAMES / 4, FRAMES * 3 / 4);
    }
  }

  @Test
  void aProgramThatLooksSomethingUpRunsHereIfTheKernelHasNoRoomForIt() throws Exception {
    lab.captures().sysctl("net.core.optmem_max", "256");
    LookupTable.Builder table = new LookupTable.Builder();
    int set = table.add(List.of(new LookupTable.Range(1025, 1025, LookupTable.YES)));
    BpfProgram program =
        new BpfProgram(
            List.of(
                new BpfInstruction(0x28, 0, 0, 34),
                new BpfInstruction(0xb4, 0, 0, set),
                new BpfInstruction(0x15, 0, 1, LookupTable.YES),
                new BpfInstruction(0x06, 0, 0, 50),
                new BpfInstruction(0x06, 0, 0, 0)),
            table.build());
    try (Capture capture = lab.open(CaptureLab.options().withFilter(program))) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);
      sender.number(0, FRAMES, 60, PortFilters.FLOWS);
      capture.stop();
      capture.await();

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.USER_SPACE_FOR_SIZE);
      assertSum(capture.counters(), FRAMES / 4, FRAMES * 3 / 4);
    }
  }

  @Test
  void aProgramThatIsTooLongForTheKernelRunsHere() throws Exception {
    lab.captures().sysctl("net.core.optmem_max", "4096");
    try (Capture capture = lab.open(CaptureLab.options().withFilter(lengthy(1000)))) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);
      sender.number(0, FRAMES, 60, PortFilters.FLOWS);
      capture.stop();
      capture.await();

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.USER_SPACE_FOR_SIZE);
      assertSum(capture.counters(), FRAMES / 2, FRAMES / 2);
    }
  }

  @Test
  void twoProgramsThatFitOneAtATimeFollowEachOtherInTheKernel() throws Exception {
    lab.captures().sysctl("net.core.optmem_max", "12000");
    try (Capture capture = lab.open(CaptureLab.options().withFilter(lengthy(1000)))) {
      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);

      capture.replaceFilter(CaptureFilter.program(lengthy(1010)));

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
    }
  }

  @Test
  void theKernelFiltersAgainOnceItCan() throws Exception {
    try (Capture capture = lab.open(CaptureLab.options().withFilter(looping()))) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);

      capture.replaceFilter(CaptureFilter.program(PortFilters.of(1, 2)));
      sender.number(0, FRAMES, 60, PortFilters.FLOWS);
      capture.stop();
      capture.await();

      assertThat(capture.filterPlace()).isEqualTo(FilterPlace.KERNEL);
      assertSum(capture.counters(), FRAMES / 2, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void itAllocatesNothingForAPacket(CaptureMode mode) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Capture capture = lab.open(CaptureLab.options().withMode(mode).withFilter(looping()))) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);
      long id =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("ringtap-capture-0"))
              .findFirst()
              .orElseThrow()
              .threadId();
      load(lab.near(), capture);
      Thread.sleep(200); // it waits, and the compiler ends
      long judged = capture.counters().rejectedInUserSpace();
      List<Long> bytes = new ArrayList<>(); // of each load

      do {
        long before = threads.getThreadAllocatedBytes(id);
        load(lab.near(), capture);
        Thread.sleep(200); // what waiting allocates counts too
        bytes.add(threads.getThreadAllocatedBytes(id) - before);
      } while (bytes.getLast() != 0 && bytes.size() < LOADS); // as CaptureAllocationTest says

      assertThat(bytes).as("bytes in each load").endsWith(0L);
      assertThat(capture.counters().rejectedInUserSpace() - judged).isGreaterThanOrEqualTo(ENOUGH);
    }
  }

  private static void load(Link link, Capture capture) throws Exception {
    long goal = capture.counters().rejectedInUserSpace() + ENOUGH;
    try (RunningLoad load =
        FrameLoad.on(link).frames(Long.MAX_VALUE).rate(400_000).ports(64).start()) {
      await()
          .atMost(CaptureLab.PATIENCE)
          .until(() -> capture.counters().rejectedInUserSpace() >= goal || !load.isRunning());
    }
  }
}
