package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Once it is warm a capture allocates nothing, neither for a packet nor for waiting.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureAllocationTest {
  private static final long FRAMES = 300_000; // shown of each load, at least
  private static final int THREADS = 2;

  // When the compiler takes back what it assumed, it makes objects on the heap of those that it had
  // kept in registers: once, and some dozen bytes. What a packet, batch or wait would allocate is
  // allocated in every load.
  private static final int LOADS = 5;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// Reads what a packet tells.
  private static final class Reader implements PacketHandler {
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong tellings = new AtomicLong();
    private long sum;

    @Override
    public void onPacket(Frame packet) {
      sum += packet.caplen() + packet.origlen() + packet.epochNanos() + packet.rxhash();
      sum +=
          packet.interfaceIndex()
              + packet.interfaceId()
              + (packet.direction() == Direction.OUTGOING ? 1 : 0);
      sum += packet.hadVlanTag() ? packet.vlanTpid() : packet.protocol();
      packets.setRelease(packets.getPlain() + 1);
    }

    @Override
    public void onDrained(long completeUntil) {
      tellings.setRelease(tellings.getPlain() + 1);
    }
  }

  private long allocated(List<Thread> capturing) {
    return capturing.stream()
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }

  /// @param link that the frames arrive at, or leave by if XDP is to see them at the other end
  private static void load(Link link, boolean leaves, List<Reader> readers) throws Exception {
    long goal = sum(readers) + FRAMES;
    FrameLoad frames = FrameLoad.on(link).frames(Long.MAX_VALUE).rate(400_000).ports(64);
    try (RunningLoad load = leaves ? frames.outgoing().start() : frames.start()) {
      await().atMost(CaptureLab.PATIENCE).until(() -> sum(readers) >= goal || !load.isRunning());
    }
  }

  private static long sum(List<Reader> readers) {
    return readers.stream().mapToLong(reader -> reader.packets.getAcquire()).sum();
  }

  @ParameterizedTest
  @CsvSource({"RECV, false", "RING, false", "XDP, false", "XDP, true"})
  void aWarmCaptureAllocatesNothing(CaptureMode mode, boolean isStealing) throws Exception {
    Requirement.root();
    List<Reader> readers = List.of(new Reader(), new Reader());
    CaptureOptions options =
        CaptureLab.options().withMode(mode).withThreads(THREADS).withStealing(isStealing);
    try (CaptureLab lab = CaptureLab.create();
        Capture capture = lab.open(options)) {
      boolean isXdp = mode == CaptureMode.XDP;
      Link link = isXdp ? lab.far() : lab.near();
      capture.start(readers::get, CaptureLab.DEAF);
      List<Thread> capturing =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("ringtap-capture-"))
              .toList();
      assertThat(capturing).hasSize(THREADS);
      load(link, isXdp, readers);
      Thread.sleep(200); // they wait, and the compiler ends
      long shown = sum(readers);
      long tellings = readers.getFirst().tellings.getAcquire();
      List<Long> bytes = new ArrayList<>(); // of each load

      do {
        long before = allocated(capturing);
        load(link, isXdp, readers);
        Thread.sleep(200); // what waiting allocates counts too
        bytes.add(allocated(capturing) - before);
      } while (bytes.getLast() != 0 && bytes.size() < LOADS);

      assertThat(bytes).as("bytes in each load").endsWith(0L);
      // The cable has one queue, which by XDP is one thread's.
      assertThat(isXdp ? readers.subList(0, 1) : readers).noneMatch(reader -> reader.sum == 0);
      assertThat(sum(readers) - shown).isGreaterThanOrEqualTo(FRAMES);
      assertThat(readers.getFirst().tellings.getAcquire()).isGreaterThan(tellings);
    }
  }
}
