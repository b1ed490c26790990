package io.ringtap.record;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.FrameSource;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes the packets of a capture into savefiles, on a thread of its own.
///
/// ```java
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0"));
///     PacketRecorder recorder =
///         PacketRecorder.record(capture, Path.of("x.pcapng"), Rotation.everyBytes(100_000_000).keep(10))) {
///   Thread.sleep(Duration.ofMinutes(5));
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
  private final @Nullable Capture capture; // which this started, and ends
  private boolean isClosed;

  private PacketRecorder(
      SavefileOutput output,
      RecorderOptions options,
      RecorderListener listener,
      @Nullable Capture capture)
      throws IOException {
    this.output = output;
    this.capture = capture;
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

  /// Starts `capture` and writes all its packets: pcap where the name ends in `.pcap`, pcapng
  /// otherwise, past the page cache where the disk can, in the order of time where there are
  /// several threads or interfaces. The capture ends when nothing more can be written. [#close]
  /// ends it too.
  ///
  /// @param path the file, or the pattern of the files' names where they rotate
  /// @throws IllegalArgumentException if a pcap file cannot hold the capture's interfaces
  /// @throws IllegalStateException if the capture was started before, or is closed
  /// @throws IOException if the file cannot be made, or the capture not started; nothing is left
  ///   open but `capture`
  public static PacketRecorder record(Capture capture, Path path, Rotation rotation)
      throws IOException {
    SavefileFormat format =
        path.toString().endsWith(".pcap") ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAPNG;
    SavefileOptions options =
        savefileOptions(capture, format).withRotation(rotation).withOpener(DirectFile::open);
    SavefileOutput output = SavefileOutput.open(path, options);
    int threads = capture.options().threads();
    boolean isOrdered = threads > 1 || capture.interfaces().size() > 1;
    RecorderOptions wanted = RecorderOptions.of(threads).withOrdered(isOrdered);
    PacketRecorder recorder = open(output, wanted, ending(capture), capture);
    try {
      capture.start(recorder::handler, _ -> {});
      return recorder;
    } catch (IOException | RuntimeException e) {
      recorder.abort();
      recorder.close();
      throw e;
    }
  }

  /// What a file of `capture` begins and ends with: its interfaces, and their counters.
  public static SavefileOptions savefileOptions(Capture capture, SavefileFormat format) {
    int snaplen = capture.options().snaplen();
    List<SavefileInterface> interfaces =
        capture.interfaces().stream()
            .map(one -> new SavefileInterface(one.name(), null, one.linkType(), snaplen, null))
            .toList();
    long start = epochNanos();
    return SavefileOptions.of(format, interfaces).withStatistics(() -> statistics(capture, start));
  }

  /// What is known of each interface. The counts are of all together, so they are written only
  /// where there is one.
  private static List<SavefileInterfaceStatistics> statistics(Capture capture, long start) {
    if (capture.interfaces().size() > 1) {
      return List.of();
    }
    try {
      CaptureCounters counters = capture.counters();
      return List.of(
          new SavefileInterfaceStatistics(
              0,
              counters.seenByInterface(),
              counters.droppedByInterface(),
              counters.offered(),
              counters.droppedByKernel(),
              start,
              epochNanos()));
    } catch (IOException _) {
      return List.of();
    }
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Ends `source` when nothing more can be written.
  public static RecorderListener ending(FrameSource source) {
    return new RecorderListener() {
      @Override
      public void onFailure(IOException failure) {
        source.abort();
      }

      @Override
      public void onEnd() {
        source.abort();
      }
    };
  }

  /// Starts the writing thread, for a capture that the caller starts with this recorder's handlers.
  ///
  /// @param output what is written to; from here on the recorder's, which closes it
  /// @param listener hears when the recording comes to its end by itself
  /// @throws IOException if there is no memory for the buffers; the output is closed then
  public static PacketRecorder open(
      SavefileOutput output, RecorderOptions options, RecorderListener listener)
      throws IOException {
    return open(output, options, listener, null);
  }

  private static PacketRecorder open(
      SavefileOutput output,
      RecorderOptions options,
      RecorderListener listener,
      @Nullable Capture capture)
      throws IOException {
    PacketRecorder recorder;
    try {
      recorder = new PacketRecorder(output, options, listener, capture);
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
    recorder.thread.start();
    return recorder;
  }

  /// The handler of the capture thread of that number, from 0. It writes
  /// [io.ringtap.packet.Frame#interfaceId] as the packet's interface.
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
        taken, output.packets(), output.bytes(), output.files(), lost, waits);
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

  /// Writes all that handlers were shown, then the statistics, and closes the file. A capture that
  /// [#record] started is stopped first; otherwise the capture's threads must have ended. Closing
  /// again is harmless.
  ///
  /// @throws IOException as writing failed, also if the listener was called; or if the disk takes
  ///   nothing for a minute
  @Override
  public synchronized void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    boolean hasEnded;
    try {
      if (capture != null) {
        capture.stop();
        capture.await();
      }
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
