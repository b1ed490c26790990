package io.ringtap.record;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureInterfaceCounters;
import io.ringtap.capture.FrameSource;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.savefile.SavefileSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the packets of a capture into savefiles, on its own thread.
///
/// ```java
/// try (Capture capture = Capture.open(CaptureOptions.on("eth0"));
///     PacketRecorder recorder =
///         PacketRecorder.record(capture, Path.of("x.pcapng"), Rotation.everyBytes(100_000_000).keep(10))) {
///   Thread.sleep(Duration.ofMinutes(5));
/// }
/// ```
///
/// A capture thread encodes each packet into a buffer in the format of the file, which is the only
/// copy, and allocates nothing. If the disk is too slow and all its buffers are full, the capture
/// thread waits; the kernel's buffer fills, and packets without room are counted as dropped by the
/// kernel. If nothing more can be written, the capture goes on without writing, and its packets are
/// counted as lost.
public final class PacketRecorder implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

  /// Opens the output of a recorder. It is called when the recorder has all else that it needs, so
  /// that an existing file is overwritten only when nothing can be refused any more.
  @FunctionalInterface
  public interface OutputOpener {
    /// Opens the file; the recorder closes it.
    ///
    /// @throws IOException if it cannot be created
    SavefileOutput open() throws IOException;
  }

  private final SavefileOutput output;
  private final Arena arena = Arena.ofShared();
  private final List<RecordQueue> queues = new ArrayList<>();
  private final List<RecordHandler> handlers = new ArrayList<>();
  private final RecordWriter writer;
  private final Thread thread;
  private final @Nullable Capture capture; // started and stopped by this recorder
  private boolean isClosed;

  private PacketRecorder(
      OutputOpener opener,
      RecorderOptions options,
      RecorderListener listener,
      @Nullable Capture capture)
      throws IOException {
    this.capture = capture;
    try {
      for (int i = 0; i < options.threads(); i++) {
        queues.add(new RecordQueue(options.bufferBytes()));
      }
      output = opener.open();
    } catch (IOException | RuntimeException e) {
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

  /// Starts `capture` and writes all its packets: as pcap if the name ends in `.pcap`, otherwise as
  /// pcapng; past the page cache if the file system supports it; in the order of time if there are
  /// several threads or interfaces. The capture is stopped by [#close], or when nothing more can be
  /// written.
  ///
  /// @param path the file, or with rotation the pattern of the files' names
  /// @throws IllegalArgumentException if a pcap file cannot hold the capture's interfaces
  /// @throws IllegalStateException if the capture was started before, or is closed
  /// @throws IOException if there is no memory for the buffers, or the file cannot be created; only
  ///   `capture` is left open, and an existing file is overwritten only if nothing is refused
  public static PacketRecorder record(Capture capture, Path path, Rotation rotation)
      throws IOException {
    SavefileFormat format =
        path.toString().endsWith(".pcap") ? SavefileFormat.PCAP_NANOS : SavefileFormat.PCAPNG;
    SavefileOptions options =
        savefileOptions(capture, format).withRotation(rotation).withOpener(DirectFile::open);
    int threads = capture.options().threads();
    boolean isOrdered = threads > 1 || capture.interfaces().size() > 1;
    RecorderOptions wanted = RecorderOptions.of(threads).withOrdered(isOrdered);
    capture.requireNotStarted();
    PacketRecorder recorder =
        open(() -> SavefileOutput.open(path, options), wanted, ending(capture), capture);
    try {
      capture.start(recorder::handler, _ -> {});
      return recorder;
    } catch (RuntimeException e) { // another thread has just started or closed the capture
      recorder.abort();
      recorder.close();
      throw e;
    }
  }

  /// Options for a file of `capture`: its interfaces with the filter, the machine, and the counters
  /// as statistics.
  public static SavefileOptions savefileOptions(Capture capture, SavefileFormat format) {
    int snaplen = capture.options().snaplen();
    String filter =
        capture.options().filter() instanceof CaptureFilter.Expression(String text, _, _)
            ? text
            : null;
    List<SavefileInterface> interfaces =
        capture.interfaces().stream()
            .map(one -> new SavefileInterface(one.name(), null, one.linkType(), snaplen, filter))
            .toList();
    long start = epochNanos();
    return SavefileOptions.of(format, interfaces)
        .withSection(SavefileSection.OWN.withMachine(cpuModel(), operatingSystem()))
        .withStatistics(() -> statistics(capture, start));
  }

  private static String operatingSystem() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version");
  }

  /// The model of the CPU, as far as the kernel says it; else the architecture.
  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch"); // a container may hide it
    }
  }

  /// The statistics of each interface.
  private static List<SavefileInterfaceStatistics> statistics(Capture capture, long start) {
    try {
      List<SavefileInterfaceStatistics> all = new ArrayList<>();
      long now = epochNanos();
      for (CaptureInterfaceCounters each : capture.countersByInterface()) {
        all.add(
            new SavefileInterfaceStatistics(
                all.size(),
                each.seenByInterface(),
                each.droppedByInterface(),
                each.offered(),
                each.droppedByKernel(),
                start,
                now));
      }
      return all;
    } catch (IOException _) {
      return List.of();
    }
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// A listener that stops `source` when nothing more can be written.
  public static RecorderListener ending(FrameSource source) {
    return new RecorderListener() {
      @Override
      public void onFailure(IOException failure) {
        source.abort();
      }

      @Override
      public void onTimeUp() {
        source.stop();
      }

      @Override
      public void onEnd() {
        source.abort();
      }
    };
  }

  /// Starts the writing thread, for a capture that the caller starts with this recorder's handlers.
  ///
  /// @param opener called last, once nothing else can fail
  /// @param listener called when the recording ends by itself
  /// @throws IOException if there is no memory for the buffers, or from `opener`
  public static PacketRecorder open(
      OutputOpener opener, RecorderOptions options, RecorderListener listener) throws IOException {
    return open(opener, options, listener, null);
  }

  private static PacketRecorder open(
      OutputOpener opener,
      RecorderOptions options,
      RecorderListener listener,
      @Nullable Capture capture)
      throws IOException {
    PacketRecorder recorder = new PacketRecorder(opener, options, listener, capture);
    recorder.thread.start();
    return recorder;
  }

  /// The handler for the capture thread with this number, from 0. It writes
  /// [io.ringtap.packet.Frame#interfaceId] as the packet's interface.
  public PacketHandler handler(int number) {
    return handlers.get(number);
  }

  /// The counters so far. Any thread may ask, also after [#close].
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

  /// Why nothing more can be written; null if there is no failure.
  public @Nullable IOException failure() {
    return writer.failure();
  }

  /// Stops writing, for a disk that has stopped answering: no capture thread waits for it any
  /// longer, and further packets are counted as lost. Returns at once. Any thread.
  public void abort() {
    writer.abort();
  }

  /// Writes all packets that handlers were shown, then the statistics, and closes the file. A
  /// capture that [#record] started is stopped first; otherwise the capture's threads must have
  /// ended. Closing again has no effect.
  ///
  /// @throws IOException if writing failed, even if the listener was called; or if the disk accepts
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
      // The memory is not freed, because the thread may still be reading it.
      throw new IOException(
          "the disk has not taken the last %d packets for a minute"
              .formatted(counters().waiting()));
    }
    boolean _ = writer.discard(); // packets that arrived after the writing thread had failed
    queues.forEach(RecordQueue::close);
    arena.close();
    IOException failure = writer.failure();
    if (failure != null) {
      throw failure;
    }
  }
}
