package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.error.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a capture ends, and that nothing is left of it.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureCloseTest extends CaptureLabTest {
  /// Descriptors of kernel objects, rings that are mapped, and capture threads.
  private static List<String> held() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
        Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      Stream<String> objects =
          descriptors
              .map(CaptureCloseTest::target)
              .filter(target -> target.matches("(socket|anon_inode):.*"))
              .map(target -> target.replaceAll("\\[\\d+]", ""));
      Stream<String> rings =
          maps.filter(line -> line.contains("socket:")).map(_ -> "a mapped ring");
      Stream<String> threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("ringtap-"));
      return Stream.of(objects, rings, threads).flatMap(all -> all).sorted().toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // the descriptor of the listing itself
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void closesWhileItsThreadsWaitOnASilentLink(CaptureMode mode) throws Exception {
    List<String> before = held();
    Capture capture = lab.open(CaptureLab.options().withMode(mode).withThreads(3));
    capture.start(_ -> _ -> {}, CaptureLab.DEAF);
    assertThat(held()).contains("ringtap-capture-2").hasSizeGreaterThan(before.size() + 5);

    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    List<Thread> closers =
        Stream.generate(() -> Thread.ofPlatform().unstarted(capture::close)).limit(4).toList();
    for (Thread closer : closers) {
      closer.setUncaughtExceptionHandler((_, e) -> thrown.add(e));
      closer.start();
    }
    for (Thread closer : closers) {
      closer.join();
    }
    capture.close();

    assertThat(thrown).isEmpty();
    assertThat(held()).isEqualTo(before);
    capture.stop();
    capture.abort();
    assertThat(capture.counters().offered()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(() -> capture.start(_ -> _ -> {}, CaptureLab.DEAF))
        .withMessageContaining("closed");
  }

  @Test
  void startsOnce() throws Exception {
    try (Capture capture = lab.open(CaptureLab.options())) {
      capture.start(_ -> _ -> {}, CaptureLab.DEAF);

      assertThatIllegalStateException()
          .isThrownBy(() -> capture.start(_ -> _ -> {}, CaptureLab.DEAF));
    }
  }

  /// A start that comes during a close is refused, or what it started is waited for.
  @Test
  void startingDuringAClosingLeavesNothing() throws Exception {
    List<String> before = held();
    for (int i = 0; i < 30; i++) {
      Capture capture = lab.open(CaptureLab.options());
      CountDownLatch isStarting = new CountDownLatch(1);
      Thread starter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  capture.start(
                      _ -> {
                        isStarting.countDown();
                        return _ -> {};
                      },
                      CaptureLab.DEAF);
                } catch (IllegalStateException _) {
                  isStarting.countDown();
                }
              });
      isStarting.await();
      capture.close();
      starter.join();
    }
    assertThat(held()).isEqualTo(before);
  }

  @Test
  void aHandlerMayEndItsCaptureButNotWaitForIt() throws Exception {
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    Capture capture = lab.open(CaptureLab.options().withThreads(2));
    try (capture) {
      capture.start(
          _ ->
              _ -> {
                refused.add(thrownBy(capture::close));
                refused.add(thrownBy(capture::await));
                capture.abort();
              },
          CaptureLab.DEAF);
      sender.number(0, 1);
      capture.await();
    }
    assertThat(refused).hasSize(2).allMatch(IllegalStateException.class::isInstance);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static Throwable thrownBy(Call call) {
    try {
      call.run();
      return new AssertionError("nothing was thrown");
    } catch (Exception e) {
      return e;
    }
  }

  @Test
  void whatAHandlerThrowsEndsAllThreadsAndIsTold() throws Exception {
    UnsupportedOperationException thrown = new UnsupportedOperationException("no");
    try (Capture capture = lab.open(CaptureLab.options().withThreads(2))) {
      capture.start(
          _ ->
              _ -> {
                throw thrown;
              },
          CaptureLab.DEAF);
      sender.number(0, 1);

      assertThatIllegalStateException().isThrownBy(capture::await).withCause(thrown);
      await()
          .atMost(CaptureLab.PATIENCE)
          .until(() -> held().stream().noneMatch(name -> name.startsWith("ringtap-capture")));
    }
  }

  @Test
  void whatCannotBeOpenedLeavesNothing() throws Exception {
    List<String> before = held();

    assertThatExceptionOfType(LinuxException.class)
        .isThrownBy(() -> lab.open(CaptureOptions.on("near0", "nowhere").withThreads(2)))
        .withMessageContaining("nowhere")
        .withMessageContaining("near0");
    Fanout hash = new Fanout(FanoutMode.HASH, false, false, 4711, null);
    Fanout balanced = new Fanout(FanoutMode.LB, false, false, 4711, null);
    try (Capture _ = lab.open(CaptureLab.options().withFanout(hash))) {
      assertThatExceptionOfType(LinuxException.class)
          .isThrownBy(() -> lab.open(CaptureLab.options().withThreads(2).withFanout(balanced)))
          .withMessageContaining("is group 4711 not another capture's?");
    }

    assertThat(held()).isEqualTo(before);
  }
}
