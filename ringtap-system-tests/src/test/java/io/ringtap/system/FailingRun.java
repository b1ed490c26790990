package io.ringtap.system;

import io.ringtap.cli.run.Interruption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A run that fails when a signal asks it to stop, and takes its time to say why.
final class FailingRun {
  private FailingRun() {}

  static void main() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (Interruption interruption = new Interruption(TimeUnit.MINUTES.toNanos(1), () -> 5)) {
      interruption.onSignal(asked::countDown);
      System.out.println("runs");
      asked.await();
    }
    Thread.sleep(Duration.ofMillis(300));
    System.err.println("the disk is full");
    Interruption.exit(4);
  }
}
