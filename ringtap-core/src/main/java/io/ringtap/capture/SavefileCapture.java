package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Shows the packets of a savefile, or of [several][#followedBy], as a [Capture] shows those of
/// interfaces: on one thread, in the order of the file, as fast as the handler takes them.
///
/// The frame passed to the handler is the reader itself, so nothing is copied or allocated per
/// packet.
///
/// A packet of a link type for which the filter means nothing does not match. A filter that means
/// nothing for any interface at the beginning of the file is refused.
///
/// In the [counters][#counters], `captured` counts the packets shown and `rejectedInUserSpace`
/// those that the filter rejected; their sum is `seenByInterface`, the packets read.
public final class SavefileCapture implements FrameSource {
  private static final int DRAIN_PACKETS = 1024;
  private static final long ANY_TIME = Long.MIN_VALUE; // a file need not be in order of time

  private volatile SavefileReader reader; // replaced by the reading thread
  private final @Nullable PacketFilter filter;
  private volatile boolean isStream;
  private volatile List<Path> further = List.of();
  private volatile Consumer<SavefileReader> onNextFile = _ -> {};
  private boolean isStopped; // guarded by this
  private final Set<LinkType> checked = new HashSet<>(); // by the reading thread
  private final AtomicLong shown = new AtomicLong(); // written by the thread only
  private final AtomicLong rejectedInUserSpace = new AtomicLong(); // written by the thread only
  private volatile List<SavefileInterface> interfaces;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Consumer<SavefileReader> onBlock;
  private volatile Traffic traffic = Traffic.INOUT;
  private final AtomicLong undirected = new AtomicLong(); // written by the thread only
  private volatile BiConsumer<LinkType, FilterException> onUnfiltered = (_, _) -> {};
  private volatile Consumer<LinkType> onImpossible = _ -> {};
  private boolean isClosed; // guarded by this

  private SavefileCapture(SavefileReader reader, @Nullable CaptureFilter filter, boolean isStream) {
    this.reader = reader;
    this.filter = filter == null ? null : packetFilter(filter);
    this.isStream = isStream;
    this.interfaces = List.copyOf(reader.interfaces());
    refuseFilterWithoutMeaning();
  }

  private void refuseFilterWithoutMeaning() {
    FilterException first = null;
    for (SavefileInterface each : interfaces) {
      FilterException problem = problem(each.linkType());
      if (problem == null) {
        return;
      }
      first = first == null ? problem : first;
    }
    if (first != null) {
      throw first;
    }
  }

  private static PacketFilter packetFilter(CaptureFilter filter) {
    return switch (filter) {
      case CaptureFilter.Program(BpfProgram ready) -> PacketFilter.of(ready);
      case CaptureFilter.Expression(String text, boolean anyVlan, boolean optimize) ->
          PacketFilter.of(
              text,
              FilterOptions.of(LinkType.ETHERNET).withAnyVlan(anyVlan).withOptimize(optimize));
    };
  }

  /// Opens a file. A named pipe or other special file is read as a stream.
  ///
  /// @param filter null passes all packets
  /// @throws FilterException if the filter's expression does not compile for any interface that the
  ///   file describes at its beginning
  /// @throws io.ringtap.savefile.MalformedSavefile if it is not a savefile, or its header is
  ///   damaged
  /// @throws IOException if it cannot be read; the message names it and the reason
  public static SavefileCapture open(Path file, @Nullable CaptureFilter filter) throws IOException {
    return of(SavefileReader.open(file), filter, !Files.isRegularFile(file));
  }

  /// Reads a stream from `channel`, and closes it in [#close]. A stream may pause after any packet:
  /// the handler's [onDrained][PacketHandler#onDrained] is called whenever the next one is not
  /// there yet.
  ///
  /// @param name its name in messages, such as `standard input`
  /// @param filter null passes all packets
  /// @throws FilterException if the filter's expression does not compile for any interface that the
  ///   file describes at its beginning
  /// @throws io.ringtap.savefile.MalformedSavefile if it is not a savefile, or its header is
  ///   damaged
  public static SavefileCapture of(
      ReadableByteChannel channel, String name, @Nullable CaptureFilter filter) throws IOException {
    return of(SavefileReader.of(channel, name), filter, true);
  }

  private static SavefileCapture of(
      SavefileReader reader, @Nullable CaptureFilter filter, boolean isStream) throws IOException {
    try {
      return new SavefileCapture(reader, filter, isStream);
    } catch (RuntimeException e) {
      try (reader) {
        throw e;
      }
    }
  }

  /// Makes this read other files after its own. Numbers of interfaces begin anew with each. A
  /// filter that means nothing for a link type of theirs matches no packet of this type. To be
  /// called before [#start].
  ///
  /// @param files read in this order, special files as streams. One that cannot be opened ends the
  ///   reading
  /// @param onNext called on the reading thread when one of them has been opened
  public void followedBy(List<Path> files, Consumer<SavefileReader> onNext) {
    further = List.copyOf(files);
    onNextFile = onNext;
  }

  /// The file's name in messages.
  public String name() {
    return reader.name();
  }

  /// The interfaces that the file has described so far.
  @Override
  public List<SavefileInterface> interfaces() {
    return interfaces;
  }

  /// Whether it is read from a pipe, a socket or a terminal: it can be read only once, and may
  /// pause.
  public boolean isStream() {
    return isStream;
  }

  /// Has only packets of some directions pass. A packet whose direction the file does not say
  /// passes only if both are wanted. To be called before [#start].
  public void traffic(Traffic wanted) {
    traffic = wanted;
  }

  /// Packets that were rejected because the file does not say their directions.
  public long undirected() {
    return undirected.getAcquire();
  }

  /// Has the reading also stop at blocks that are no packets: `action` is called with the reader at
  /// each, on the reading thread. To be called before [#start].
  public void onBlock(Consumer<SavefileReader> action) {
    onBlock = action;
  }

  /// Has `action` called, on the reading thread, when the first packet comes of a link type for
  /// which the filter means nothing, with the reason. To be called before [#start].
  public void onUnfiltered(BiConsumer<LinkType, FilterException> action) {
    onUnfiltered = action;
  }

  /// Has `action` called, on the reading thread, when the first packet comes of a link type of
  /// which the filter is [known to match nothing][PacketFilter#matchesNothing]. To be called before
  /// [#start].
  public void onImpossible(Consumer<LinkType> action) {
    onImpossible = action;
  }

  /// The reader, which also has the current packet's flags and comments. For the handler's thread,
  /// or before [#start].
  public SavefileReader reader() {
    return reader;
  }

  @Override
  public void start(PacketHandler handler) {
    start(_ -> handler, _ -> {});
  }

  @Override
  public synchronized void start(IntFunction<PacketHandler> handlers, CaptureListener listener) {
    if (isClosed || thread != null) {
      throw new IllegalStateException(
          "the capture is " + (isClosed ? "closed" : "started already"));
    }
    PacketHandler handler = handlers.apply(0);
    Thread started =
        Thread.ofPlatform().daemon().name("ringtap-savefile").unstarted(() -> run(handler));
    thread = started;
    started.start();
  }

  private void run(PacketHandler handler) {
    try {
      try {
        showAll(handler);
        for (Path file : further) {
          if (!next(file)) {
            break;
          }
          showAll(handler);
        }
      } catch (IOException e) {
        failure = e;
      }
      handler.onDrained(Long.MAX_VALUE);
    } catch (Throwable t) {
      failure = new IllegalStateException("a packet handler failed: " + t, t);
    }
  }

  /// Goes on to another file.
  ///
  /// @return false if the reading was stopped
  private boolean next(Path file) throws IOException {
    SavefileReader opened = SavefileReader.open(file);
    synchronized (this) {
      if (isStopped) {
        opened.close();
        return false;
      }
      try (SavefileReader _ = reader) {
        reader = opened;
      }
      isStream = !Files.isRegularFile(file);
      interfaces = List.copyOf(opened.interfaces());
    }
    onNextFile.accept(opened);
    return true;
  }

  private void showAll(PacketHandler handler) throws IOException {
    SavefileReader current = reader;
    boolean mayPause = isStream;
    Consumer<SavefileReader> blocks = onBlock;
    int known = interfaces.size();
    long shownHere = shown.getPlain();
    long rejected = rejectedInUserSpace.getPlain();
    while (blocks == null ? current.next() : current.nextBlock()) {
      if (current.interfaces().size() > known) {
        interfaces = List.copyOf(current.interfaces());
        known = interfaces.size();
      }
      if (blocks != null && !current.isPacket()) {
        blocks.accept(current);
      } else if (!isWanted(current.direction()) || (filter != null && !matches(filter, current))) {
        rejectedInUserSpace.setRelease(++rejected);
      } else {
        shown.setRelease(++shownHere);
        handler.onPacket(current);
        if (shownHere % DRAIN_PACKETS == 0) {
          handler.onDrained(ANY_TIME);
        }
      }
      if (mayPause && !current.isNextAtHand()) {
        handler.onDrained(ANY_TIME);
      }
    }
  }

  private boolean isWanted(Direction direction) {
    if (traffic == Traffic.INOUT) {
      return true;
    }
    if (direction == Direction.UNKNOWN) {
      undirected.setRelease(undirected.getPlain() + 1);
      return false;
    }
    return (direction == Direction.OUTGOING) == (traffic == Traffic.OUT);
  }

  private boolean matches(PacketFilter present, Frame packet) {
    if (present.matches(packet)) {
      return true;
    }
    LinkType linkType = packet.linkType();
    if (checked.add(linkType)) {
      FilterException problem = present.problem(linkType);
      if (problem != null) {
        onUnfiltered.accept(linkType, problem);
      } else if (present.matchesNothing(linkType)) {
        onImpossible.accept(linkType);
      }
    }
    return false;
  }

  private @Nullable FilterException problem(LinkType linkType) {
    return filter == null ? null : filter.problem(linkType);
  }

  /// Waits until the file is at its end, or until [#stop].
  ///
  /// @throws io.ringtap.savefile.MalformedSavefile if the file is damaged or ends too early, after
  ///   all complete packets before that were shown
  /// @throws IOException if it cannot be read
  /// @throws InterruptedException if the calling thread is interrupted; the reading goes on
  /// @throws IllegalStateException with its cause, if the handler threw; or if the handler calls it
  @Override
  public void await() throws IOException, InterruptedException {
    Thread reading = thread;
    if (Thread.currentThread().equals(reading)) {
      throw new IllegalStateException("a handler cannot wait for the end of its own capture");
    }
    if (reading != null) {
      reading.join();
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable t -> throw new IllegalStateException(t);
    }
  }

  /// Ends the reading after the packet that is being shown. A packet that is cut off by this does
  /// not count as damage. Returns at once; the handler may call it.
  @Override
  public synchronized void stop() {
    isStopped = true;
    reader.stop();
  }

  /// Does the same as [#stop].
  @Override
  public void abort() {
    stop();
  }

  @Override
  public CaptureCounters counters() {
    long passed = shown.getAcquire();
    long failed = rejectedInUserSpace.getAcquire();
    return new CaptureCounters(passed, 0, 0, 0, 0, failed, 0, passed + failed);
  }

  /// Ends the reading like [#stop], waits for a running handler, and closes the file. Closing again
  /// has no effect. A handler must call [#stop] instead.
  ///
  /// @throws IOException if closing fails
  /// @throws IllegalStateException if a handler calls it
  @Override
  public void close() throws IOException {
    Thread reading = thread;
    if (Thread.currentThread().equals(reading)) {
      throw new IllegalStateException("a handler cannot close its capture; it may stop it");
    }
    synchronized (this) {
      isClosed = true; // so that no thread starts while this waits
    }
    stop();
    join();
    reader.close();
  }

  private void join() {
    Thread reading = thread;
    boolean wasInterrupted = false;
    while (reading != null && reading.isAlive()) {
      try {
        reading.join();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
