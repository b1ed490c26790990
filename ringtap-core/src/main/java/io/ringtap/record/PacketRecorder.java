package io.ringtap.record;

import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the packets of a capture into savefiles, on a thread of its own.
///
/// ```java
/// var output = SavefileOutput.open(Path.of("x.pcapng"), savefileOptions);
/// try (PacketRecorder recorder = PacketRecorder.open(output, RecorderOptions.of(threads), listener)) {
///   capture.start(recorder::handler, linkListener);
///   capture.await();
/// }
/// ```
///
/// A capture thread lays each packet into a buffer as the file will have it, which is the one copy,
/// and allocates nothing. When the disk is too slow and all its buffers are full it waits, so that
/// the kernel's buffer fills, and what finds no room there is counted as dropped by the kernel.
/// When nothing can be written any more it goes on without writing, and what it was shown is
/// counted as lost.
public final class PacketRecorder implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

  private final SavefileOutput output;
  private final Arena arena = Arena.ofShared();
  private final List<RecordQueue> queues = new ArrayList<>();
  private final List<RecordHandler> handlers = new ArrayList<>();
  private final RecordWriter writer;
  private final Thread thread;
  private boolean isClosed;

  private PacketRecorder(SavefileOutput output, RecorderOptions options, RecorderListener listener)
      throws IOException {
    this.output = output;
    try {
      for (int i = 0; i < options.threads(); i++) {
        queues.add(new RecordQueue(options.bufferBytes()));
      }
    } catch (IOException e) {
      queues.forEach(RecordQueue::close);
      arena.close();
      throw e;
    }
    RecordMerger merger = options.isOrdered() ? new RecordMerger(queues, output, arena) : null;
    writer = new RecordWriter(queues, output, listener, merger);
    for (RecordQueue queue : queues) {
      handlers.add(new RecordHandler(queue, output, writer, options));
    }
    thread = Thread.ofPlatform().daemon().name("ringtap-recorder").unstarted(writer);
  }

  /// Starts the writing thread.
  ///
  /// @param output what is written to; from here on the recorder's, which closes it
  /// @param listener is told when the recording comes to its end by itself
  /// @throws IOException if there is no memory for the buffers
  public static PacketRecorder open(
      SavefileOutput output, RecorderOptions options, RecorderListener listener)
      throws IOException {
    PacketRecorder recorder = new PacketRecorder(output, options, listener);
    recorder.thread.start();
    return recorder;
  }

  /// The handler of the capture thread of that number, from 0. It writes [Frame#interfaceId] as the
  /// packet's interface.
  public PacketHandler handler(int number) {
    return handlers.get(number);
  }

  /// What it has done so far. Any thread may ask, also after [#close].
  public RecorderCounters counters() {
    long taken = 0;
    long lost = writer.lost();
    long waits = 0;
    for (RecordHandler handler : handlers) {
      lost += handler.lost();
      waits += handler.waits();
      taken += handler.taken();
    }
    return new RecorderCounters(
        taken, output.packets(), output.octets(), output.files(), lost, waits);
  }

  /// Why nothing more can be written; null while all is well.
  public @Nullable IOException failure() {
    return writer.failure();
  }

  /// Writes nothing more, for a disk that has stopped answering: no capture thread waits for it any
  /// longer, and what handlers are shown is counted as lost. Returns at once; any thread.
  public void abort() {
    writer.abort();
  }

  /// Writes all that handlers were shown, then the statistics, and closes the file. The capture
  /// threads must have ended. Closing again is harmless.
  ///
  /// @throws IOException as writing failed, also if the listener was told; or if the disk takes
  ///   nothing for a minute
  @Override
  public synchronized void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    boolean hasEnded;
    try {
      handlers.forEach(RecordHandler::end);
      writer.close();
      hasEnded = thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the last packets were being written", e);
    }
    if (!hasEnded) {
      // The memory stays: the thread may be reading it.
      throw new IOException(
          "the disk has not taken the last %d packets for a minute"
              .formatted(counters().waiting()));
    }
    boolean _ = writer.discard(); // what came after the writing thread had failed
    queues.forEach(RecordQueue::close);
    arena.close();
    IOException failure = writer.failure();
    if (failure != null) {
      throw failure;
    }
  }
}
