package io.ringtap.ping;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs a poster and the sleeping sender in many orders of their steps. A wake-up that is lost
/// leaves the sender asleep, which the checker reports.
@Tag("interleavings")
class MailboxInterleavingsTest {
  private static final int ORDERS = 300;
  private static final int LETTERS = 2;
  private static final short POLLIN = 1;

  @Test
  void losesNoWakeUp() throws LinuxException {
    try (Arena arena = Arena.ofShared();
        EventFd wake = EventFd.open()) {
      MemorySegment poll = arena.allocate(8, 4); // struct pollfd
      poll.set(ValueLayout.JAVA_INT, 0, wake.number());
      poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      Lincheck.runConcurrentTest(ORDERS, () -> exchange(new Mailbox(wake), poll));
    }
  }

  private static void exchange(Mailbox mailbox, MemorySegment poll) {
    Thread poster =
        new Thread(() -> {
          for (int i = 0; i < LETTERS; i++) {
            mailbox.post(new Mail.StopAll());
          }
        });
    poster.start();
    int taken = 0;
    while (taken < LETTERS) {
      while (mailbox.take() != null) {
        taken++;
      }
      if (taken < LETTERS && mailbox.fallAsleep()) {
        while (Libc.poll(CallState.current(), poll, 1, 0) == 0) {
          Thread.onSpinWait(); // asleep
        }
      }
      mailbox.awake();
    }
    try {
      poster.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
