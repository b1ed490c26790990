package io.ringtap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Test
  void writesTextAsUtf8InTheOrderGiven() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();

    try (Output out = new Output(sink, _ -> {})) {
      out.line(new StringBuilder("first"));
      out.text(new StringBuilder("▁█ × "));
      out.write("third\n".getBytes(StandardCharsets.UTF_8), 0, 6);
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }

    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("first\n▁█ × third\n");
  }

  @Test
  void gathersWhatComesWhileTheSinkIsBusyIntoOneWrite() throws InterruptedException {
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    List<String> writes = new ArrayList<>();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int value) {}

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            isWriting.countDown();
            try {
              mayGoOn.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };

    try (Output out = new Output(slow, _ -> {})) {
      out.line(new StringBuilder("a"));
      isWriting.await();
      out.line(new StringBuilder("b"));
      out.line(new StringBuilder("c"));
      assertThat(out.drain(1)).isFalse();
      mayGoOn.countDown();
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }

    assertThat(writes).containsExactly("a\n", "b\nc\n");
  }

  @Test
  void writesOnTheCallersThreadNowAndThenWhileTheSinkHasRoom() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int value) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writers.add(Thread.currentThread());
          }
        };

    try (Output out = new Output(sink, () -> true, _ -> {})) {
      for (int i = 0; i < 3; i++) {
        Thread.sleep(5);
        out.line(new StringBuilder("rare"));
      }
      assertThat(writers).containsOnly(Thread.currentThread()).hasSize(3);
      Thread.sleep(5);
      out.line(new StringBuilder("long").repeat('.', Output.ROOM));
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }

    assertThat(writers).hasSize(4);
    assertThat(writers.getLast()).isNotEqualTo(Thread.currentThread());
  }

  @Test
  void keepsTheOrderOfWhatSeveralThreadsWriteHereAndThere() throws InterruptedException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    List<Thread> writers = new ArrayList<>();

    try (Output out = new Output(sink, () -> System.nanoTime() % 2 == 0, _ -> {})) {
      for (String name : List.of("a", "b", "c")) {
        writers.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 200; i++) {
                    out.line(new StringBuilder(name).append(i));
                    LockSupport.parkNanos(i % 7 == 0 ? 3_000_000 : 1);
                  }
                }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }

    List<String> lines = sink.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(600);
    for (String name : List.of("a", "b", "c")) {
      assertThat(lines.stream().filter(line -> line.startsWith(name)))
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> name + i).toList());
    }
  }

  @Test
  void hasTheLastWordsSaidAlsoWhenACallersWriteFails() throws InterruptedException {
    List<String> said = new ArrayList<>();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    try (Output out = new Output(closed, () -> true, _ -> said.add("failed"))) {
      out.lastWords(() -> said.add("totals"));
      Thread.sleep(5);
      out.line(new StringBuilder("a"));

      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
      assertThat(said).containsExactly("totals", "failed");
    }
  }

  @Test
  void growsForLongOutputAndLosesNothing() {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    StringBuilder expected = new StringBuilder();

    try (Output out = new Output(sink, _ -> {})) {
      for (int i = 0; i < 100_000; i++) {
        StringBuilder line = new StringBuilder().append("line ").append(i);
        expected.append(line).append('\n');
        out.line(line);
      }
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }

    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
  }

  @Test
  void tellsOnceThatTheReaderIsGoneAndDropsTheRest() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    try (Output out = new Output(closed, _ -> told.countDown())) {
      out.line(new StringBuilder("a"));

      assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < Output.CAPACITY; i++) {
        out.line(new StringBuilder("no one waits for room"));
      }
      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
    }
  }

  @Test
  void hasTheLastWordsSaidBeforeWhoeverDrainsGoesOn() {
    List<String> said = new ArrayList<>();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    try (Output out = new Output(closed, _ -> said.add("failed"))) {
      out.lastWords(() -> {
        out.line(new StringBuilder("to nobody").repeat('.', Output.CAPACITY)); // and does not wait
        said.add("totals");
      });
      out.line(new StringBuilder("a"));

      assertThat(out.drain(PATIENCE_NANOS)).isTrue();
      assertThat(said).containsExactly("totals", "failed");
    }
  }
}
