package io.ringtap.record;

import io.ringtap.error.LinuxException;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs a capture thread and the writing thread in many interleavings. After a wake-up that is lost
/// the capture thread waits for ever, which the checker reports.
@Tag("interleavings")
class RecordQueueInterleavingsTest {
  private static final int ORDERS = 100;
  private static final int SLOTS = 2;
  private static final int BUFFERS = 3; // the last one waits for room

  @BeforeAll
  static void loadClassesThatAreLoadedOnlyOnce() throws LinuxException {
    open().close();
  }

  @Test
  void handsBuffersOverWholeAndInOrder() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          try (RecordQueue queue = open()) {
            Thread capture = new CaptureThread(queue);
            capture.start();
            empty(queue);
            capture.join();
          } catch (LinuxException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void letsTheCaptureThreadGoAtTheEnd() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          try (RecordQueue queue = open()) {
            Thread capture = new CaptureThread(queue);
            capture.start();
            queue.end();
            capture.join();
            check(queue.handedOver() == SLOTS);
          } catch (LinuxException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static RecordQueue open() throws LinuxException {
    return new RecordQueue((long) SLOTS * RecordQueue.BUFFER_BYTES);
  }

  private static void empty(RecordQueue queue) {
    long packets = 0;
    while (queue.givenBack() < BUFFERS) {
      while (queue.givenBack() < queue.handedOver()) {
        long place = queue.givenBack();
        check(queue.length(place) == 10 * (place + 1));
        packets += queue.count(place);
        queue.giveBack();
      }
      Thread.onSpinWait();
    }
    check(queue.packetsGivenBack() == packets);
  }

  /// Without AssertJ, whose objects the checker cannot compare.
  private static void check(boolean isRight) {
    if (!isRight) {
      throw new AssertionError("a buffer was not seen whole, or not handed over");
    }
  }

  /// Knows the queue by a field, because the checker cannot see what a lambda captures, and takes
  /// for one thread's own what it cannot see shared.
  private static final class CaptureThread extends Thread {
    private final RecordQueue queue;

    CaptureThread(RecordQueue queue) {
      this.queue = queue;
    }

    @Override
    public void run() {
      for (int i = 1; i <= BUFFERS; i++) {
        if (queue.isFull() && !queue.awaitRoom()) {
          return;
        }
        queue.handOver(10 * i, i);
      }
    }
  }
}
