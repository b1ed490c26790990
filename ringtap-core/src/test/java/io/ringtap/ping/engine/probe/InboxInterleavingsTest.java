package io.ringtap.ping.engine.probe;

import io.ringtap.linux.WakeUp;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import io.ringtap.ping.engine.probe.SenderInbox.Command;
import java.util.function.Consumer;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs the owner of an inbox and another thread in many orders of their steps. After a wake-up
/// that is lost the owner sleeps for ever, which the checker reports.
@Tag("interleavings")
class InboxInterleavingsTest {
  private static final int ORDERS = 400;
  private static final int ITEMS = 2;
  private static final int PROBE = 3;
  private static final int SERIES = 4;
  private static final int ROOM = 4;
  private static final long BEDTIME = 100;
  private static final ProbeSeries ANY = new RunningPing(Pings.request(), null, _ -> {}).series();
  private static final int UNTIL_CLOSED = Integer.MAX_VALUE;

  @Test
  void wakesTheSenderForEachCommand() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          Descriptor descriptor = new Descriptor();
          SenderInbox inbox = new SenderInbox(descriptor);
          Thread other =
              start(
                  inbox,
                  to -> {
                    to.post(new Command.StopAll());
                    to.post(new Command.StopAll());
                  });
          check(takeCommands(inbox, descriptor, ITEMS) == ITEMS);
          join(other);
          check(inbox.take() == null);
        });
  }

  @Test
  void wakesTheSenderForItsEnd() {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          Descriptor descriptor = new Descriptor();
          SenderInbox inbox = new SenderInbox(descriptor);
          Thread other = start(inbox, Inbox::close);
          check(takeCommands(inbox, descriptor, UNTIL_CLOSED) == 0);
          join(other);
        });
  }

  @Test
  void wakesTheReceiverThatWouldSleepTooLong() {
    checkReceiver(
        0,
        ITEMS,
        inbox -> {
          inbox.probe(PROBE);
          inbox.wakeBefore(BEDTIME - 1);
          inbox.seal(SERIES);
          inbox.wake();
        });
  }

  @Test
  void passesProbesOnBeforeTheirWithdrawal() {
    checkReceiver(
        0,
        ITEMS + 1,
        inbox -> {
          inbox.probe(PROBE);
          inbox.seal(SERIES);
          inbox.withdraw(ANY);
        });
  }

  /// Without other news, which would keep the receiver awake.
  @Test
  void wakesTheReceiverForAWithdrawal() {
    checkReceiver(ITEMS, ITEMS + 1, inbox -> inbox.withdraw(ANY));
  }

  @Test
  void wakesTheReceiverForItsEnd() {
    checkReceiver(0, UNTIL_CLOSED, Inbox::close);
  }

  /// Checks that the receiver takes these of the probe, the end of its series and the withdrawal.
  ///
  /// @param end exclusive
  private static void checkReceiver(int first, int end, Consumer<ReceiverInbox> sender) {
    Lincheck.runConcurrentTest(
        ORDERS,
        () -> {
          Descriptor descriptor = new Descriptor();
          ReceiverInbox inbox = new ReceiverInbox(ROOM, ROOM, descriptor);
          Thread other = start(inbox, sender);
          takeNews(inbox, descriptor, new News(first), end);
          join(other);
          check(inbox.isEmpty());
        });
  }

  /// Works as the sender does, until it is asked to end or has taken as many.
  private static int takeCommands(SenderInbox inbox, Descriptor descriptor, int count) {
    int taken = 0;
    while (!inbox.isClosing() && taken < count) {
      if (inbox.take() == null) {
        sleep(inbox, descriptor);
      } else {
        taken++;
      }
    }
    return taken;
  }

  /// Works as the receiver does, until it is asked to end or the news has come so far.
  private static void takeNews(ReceiverInbox inbox, Descriptor descriptor, News news, int end) {
    while (!inbox.isClosing() && news.next < end) {
      int before = news.next;
      inbox.take(news);
      if (news.next == before) {
        sleep(inbox, descriptor);
      }
    }
  }

  private static void sleep(Inbox inbox, Descriptor descriptor) {
    if (inbox.fallAsleep(BEDTIME)) {
      descriptor.awaitSignal();
    }
    inbox.awake(true);
  }

  private static <I> Thread start(I inbox, Consumer<I> work) {
    Thread thread = new Other<>(inbox, work);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Without AssertJ, whose objects the checker cannot compare.
  private static void check(boolean isRight) {
    if (!isRight) {
      throw new AssertionError("not what was handed over");
    }
  }

  /// Another thread. It knows the inbox by a field, because the checker cannot see what a lambda
  /// captures, and takes for one thread's own what it cannot see shared.
  private static final class Other<I> extends Thread {
    private final I inbox;
    private final Consumer<I> work;

    Other(I inbox, Consumer<I> work) {
      this.inbox = inbox;
      this.work = work;
    }

    @Override
    public void run() {
      work.accept(inbox);
    }
  }

  /// A descriptor without the kernel, which the checker cannot see through. Whoever waits for a
  /// signal that never comes is stuck.
  private static final class Descriptor implements WakeUp {
    private boolean isReadable;

    @Override
    public int number() {
      return 0;
    }

    @Override
    public synchronized void signal() {
      isReadable = true;
      notifyAll();
    }

    @Override
    public synchronized void drain() {
      isReadable = false;
    }

    synchronized void awaitSignal() {
      try {
        while (!isReadable) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// News in the only right order: the probe, the end of its series, the withdrawal.
  private static final class News implements ReceiverInbox.Reader {
    private int next;

    /// @param first which comes first
    News(int first) {
      next = first;
    }

    @Override
    public void adopt(int probe) {
      check(next++ == 0 && probe == PROBE);
    }

    @Override
    public void seal(int series) {
      check(next++ == 1 && series == SERIES);
    }

    @Override
    public void withdraw(ProbeSeries series) {
      check(next++ == 2);
    }
  }
}
