package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.linux.abi.PollFd;
import io.ringtap.testing.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventFdTest {
  private static final int AT_ONCE = 0;
  private static final int LONG_MILLIS = 60_000;

  @Test
  void isReadableFromTheFirstSignalToTheDrain() throws IOException {
    try (EventFd wakeUp = EventFd.open()) {
      int before = poll(wakeUp, AT_ONCE);
      wakeUp.signal();
      wakeUp.signal();
      int signalled = poll(wakeUp, AT_ONCE);
      wakeUp.drain();

      assertThat(before).isZero();
      assertThat(signalled).isEqualTo(PollFd.POLLIN);
      assertThat(poll(wakeUp, AT_ONCE)).isZero();
    }
  }

  @Test
  void wakesAThreadThatPolls() throws IOException {
    try (EventFd wakeUp = EventFd.open()) {
      CompletableFuture<Integer> poller =
          CompletableFuture.supplyAsync(() -> poll(wakeUp, LONG_MILLIS));

      wakeUp.signal();

      assertThat(poller.join()).isEqualTo(PollFd.POLLIN);
    }
  }

  @Test
  void drainsWithoutBlockingWhenNothingWasSignalled() throws IOException {
    try (EventFd wakeUp = EventFd.open()) {
      wakeUp.drain();

      assertThat(poll(wakeUp, AT_ONCE)).isZero();
    }
  }

  @Test
  void givesTheDescriptorBackAndIgnoresLaterSignals() throws IOException {
    long before = OpenDescriptors.count();
    EventFd wakeUp = EventFd.open();

    wakeUp.close();
    wakeUp.close();
    wakeUp.signal(); // somebody was about to wake a thread that has ended meanwhile

    assertThatThrownBy(wakeUp::number).isInstanceOf(IllegalStateException.class);
    assertThat(OpenDescriptors.count()).isEqualTo(before);
  }

  private static int poll(EventFd wakeUp, int timeoutMillis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(PollFd.LAYOUT);
      PollFd.set(set, 0, wakeUp.number(), PollFd.POLLIN);
      int ready = Libc.poll(CallState.current(), set, 1, timeoutMillis);
      assertThat(ready).isNotNegative();
      return PollFd.revents(set, 0);
    }
  }
}
