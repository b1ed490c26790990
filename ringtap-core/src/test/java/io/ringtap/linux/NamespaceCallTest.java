package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringtap.error.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceCallTest {
  @Test
  void saysThatThereIsNoSuchNamespace() {
    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> NamespaceCall.in("/nowhere/blue", () -> 1))
        .withMessageContaining("the network namespace /nowhere/blue")
        .withMessageContaining("ENOENT");
  }

  @Test
  void saysThatAFileIsNoNamespace(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> NamespaceCall.in(file.toString(), () -> 1))
        .withMessageContaining(file.toString())
        .withMessageContaining("a network namespace");
  }

  /// What the task opened must reach the caller, because only the caller can close it.
  @Test
  void waitsForTheTaskThoughTheCallerIsInterrupted() throws Exception {
    CountDownLatch isWaiting = new CountDownLatch(1);
    CountDownLatch isInterrupted = new CountDownLatch(1);
    boolean[] outcome = new boolean[2];
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                outcome[0] =
                    NamespaceCall.waiting(() -> {
                      isWaiting.countDown();
                      isInterrupted.await();
                      return true;
                    });
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              outcome[1] = Thread.currentThread().isInterrupted();
            });
    isWaiting.await();

    caller.interrupt();
    isInterrupted.countDown();
    caller.join();

    assertThat(outcome[0]).isTrue();
    assertThat(outcome[1]).isTrue();
  }
}
