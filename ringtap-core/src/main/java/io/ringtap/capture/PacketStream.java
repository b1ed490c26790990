package io.ringtap.capture;

import io.ringtap.packet.CapturedPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A capture's packets as a stream of copies, for convenience. It costs a copy and a lock per
/// packet; handlers cost neither.
///
/// ```java
/// try (Stream<CapturedPacket> packets = PacketStream.open(CaptureOptions.on("eth0"))) {
///   packets.limit(10).forEach(packet -> print(packet));
/// }
/// ```
public final class PacketStream {
  private static final int DEFAULT_CAPACITY = 1024;

  private final int capacity;
  private final ArrayDeque<CapturedPacket> waiting = new ArrayDeque<>(); // guarded by this
  private boolean isEnded; // guarded by this
  private boolean isClosed; // guarded by this
  private @Nullable RuntimeException failure; // guarded by this

  private PacketStream(int capacity) {
    this.capacity = capacity;
  }

  /// Starts `capture` and streams its packets. When `capacity` packets are waiting for the
  /// consumer, the capture's threads wait too; the kernel's buffer fills, and the kernel counts
  /// what it drops. The stream ends when the capture does; if the capture failed, the stream then
  /// throws the cause like [Capture#await]. Closing the stream closes the capture.
  ///
  /// @throws IllegalArgumentException if `capacity` is not positive
  /// @throws IllegalStateException if the capture was started before, or is closed
  public static Stream<CapturedPacket> of(Capture capture, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("at least one packet may wait, not " + capacity);
    }
    PacketStream queue = new PacketStream(capacity);
    capture.start(_ -> packet -> queue.put(packet.copy()), _ -> {});
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .name("ringtap-packet-stream")
            .start(() -> queue.awaitEnd(capture));
    return StreamSupport.stream(queue.spliterator(), false)
        .onClose(() -> {
          queue.close();
          capture.close();
        });
  }

  /// Opens a capture, starts it and streams its packets; see [#of]. If this fails, it leaves
  /// nothing open.
  ///
  /// @throws io.ringtap.filter.FilterException if the filter's expression does not compile for an
  ///   interface
  /// @throws IOException a [LinuxException][io.ringtap.error.LinuxException] for the same reasons
  ///   as in [Capture#open]
  public static Stream<CapturedPacket> open(CaptureOptions options) throws IOException {
    Capture capture = Capture.open(options);
    try {
      return of(capture, DEFAULT_CAPACITY);
    } catch (RuntimeException e) {
      capture.close();
      throw e;
    }
  }

  private void awaitEnd(Capture capture) {
    RuntimeException thrown = null;
    try {
      capture.await();
    } catch (IOException e) {
      thrown = new UncheckedIOException(e);
    } catch (RuntimeException e) {
      thrown = e;
    } catch (InterruptedException e) {
      thrown = new IllegalStateException(e);
    }
    synchronized (this) {
      failure = thrown;
      isEnded = true;
      notifyAll();
    }
  }

  private synchronized void put(CapturedPacket packet) {
    try {
      while (waiting.size() == capacity && !isClosed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the consumer was busy", e);
    }
    if (!isClosed) {
      waiting.add(packet);
      notifyAll();
    }
  }

  /// Waits for the next packet; null at the end.
  private synchronized @Nullable CapturedPacket take() {
    try {
      while (waiting.isEmpty() && !isEnded && !isClosed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a packet", e);
    }
    CapturedPacket packet = waiting.poll();
    if (packet == null && failure != null) {
      throw failure;
    }
    notifyAll();
    return packet;
  }

  private synchronized void close() {
    isClosed = true;
    waiting.clear();
    notifyAll();
  }

  private Spliterator<CapturedPacket> spliterator() {
    return new AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.ORDERED) {
      @Override
      public boolean tryAdvance(Consumer<? super CapturedPacket> action) {
        CapturedPacket packet = take();
        if (packet != null) {
          action.accept(packet);
        }
        return packet != null;
      }
    };
  }
}
