package io.ringtap.capture.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.RingBuffer;
import io.ringtap.ebpf.kernel.VerifierException;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.XdpFilter;
import io.ringtap.socket.PacketSocket;
import io.ringtap.socket.PacketSource;
import io.ringtap.socket.xdp.Umem;
import io.ringtap.socket.xdp.XdpSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The capture of one interface by XDP: the program on it, and what the threads read. Everything in
/// the kernel is held by descriptors of this process, so that it goes when the process ends,
/// however it ends; and a program of someone else is never touched.
public final class XdpTap implements AutoCloseable {
  private static final String NAME = "ringtap_capture";
  private static final int SMALLEST_BUFFER = 64 << 10;
  private static final int LARGEST_BUFFER = 1 << 30;
  private static final int MOST_READERS = 64; // the program has a piece for each
  private static final int SMALLEST_CHUNKS = 64;
  private static final int LARGEST_CHUNKS = 1 << 16;
  private static final int SMALL_CHUNK = 2048;
  private static final int LARGE_CHUNK = 4096;

  // What a frame may have beside the MTU: Ethernet's header and two VLAN tags.
  private static final int FRAME_OVERHEAD = 22;

  /// The interface.
  ///
  /// @param name its name
  /// @param index the kernel's index of it
  /// @param id its place in the capture's list
  /// @param queues on which it receives
  /// @param mtu in bytes
  public record Place(String name, int index, int id, int queues, int mtu) {}

  /// What is to be captured of it, and how.
  ///
  /// @param filter null matches all frames
  /// @param snaplen the most bytes of a frame
  /// @param isStealing whether frames that match are taken from the host, and not copied
  /// @param isPolling whether the threads poll the driver all the time, when stealing
  /// @param isPromiscuous whether the interface is to receive frames to other machines
  /// @param bufferBytes memory of each thread for waiting frames
  public record Wish(
      @Nullable XdpFilter filter,
      int snaplen,
      boolean isStealing,
      boolean isPolling,
      boolean isPromiscuous,
      long bufferBytes) {}

  private final Place place;
  private final Wish wish;
  private final int mark = ThreadLocalRandom.current().nextInt(); // before stolen frames
  private final Map<String, EbpfMap> maps = new HashMap<>();
  private final List<Runnable> closers = new ArrayList<>(); // run from the last to the first
  private final List<List<XdpSource>> sources = new ArrayList<>(); // by thread
  private final Set<String> notices = new LinkedHashSet<>();
  private @Nullable LoadedProgram program; // guarded by this
  private @Nullable XdpLink link; // guarded by this

  private XdpTap(Place place, Wish wish, int threads) {
    this.place = place;
    this.wish = wish;
    for (int i = 0; i < threads; i++) {
      sources.add(new ArrayList<>());
    }
  }

  /// Attaches the program; from then on frames wait for the threads.
  ///
  /// @param threads that read, each of them the frames of its share of the queues
  /// @throws IOException a [LinuxException] if the kernel refuses: `EBUSY` or `EEXIST` if the
  ///   interface has a program, which the message names, `EPERM` without CAP_BPF, CAP_NET_ADMIN and
  ///   CAP_NET_RAW
  public static XdpTap open(Place place, Wish wish, int threads) throws IOException {
    XdpTap tap = new XdpTap(place, wish, threads);
    try {
      if (wish.isStealing) {
        tap.steal();
      } else {
        tap.watch();
      }
      LoadedProgram loaded = tap.load(wish.filter);
      tap.program = loaded;
      if (wish.isPromiscuous) {
        PacketSocket socket = PacketSocket.open(false, place.name);
        tap.closers.add(socket::close);
        socket.promiscuous(place.index);
      }
      XdpLink attached = XdpLink.attach(loaded, place.index, place.name);
      tap.link = attached;
      LinuxException refusal = attached.nativeRefusal();
      if (attached.mode() == XdpMode.GENERIC && refusal != null) {
        tap.notice(
            "XDP runs in generic mode, which is slower; the driver has no native mode here",
            refusal);
      }
      return tap;
    } catch (IOException | RuntimeException e) {
      tap.shut();
      tap.sources.forEach(ofThread -> ofThread.forEach(PacketSource::close));
      tap.close();
      throw e;
    }
  }

  private EbpfMap map(MapDefinition definition) throws IOException {
    EbpfMap map = EbpfMap.create(definition);
    closers.add(map::close);
    maps.put(definition.name(), map);
    return map;
  }

  private void notice(String text, LinuxException reason) {
    notices.add(place.name + ": " + text + ": " + reason.errno());
  }

  /// How many threads read ring buffers: those without a queue would have nothing to read.
  private int readers() {
    return Math.min(MOST_READERS, Math.min(sources.size(), place.queues));
  }

  private void watch() throws IOException {
    int threads = readers();
    EbpfMap counts =
        map(
            MapDefinition.perCpuArray(
                XdpProgram.COUNTS, Long.BYTES, threads * XdpProgram.COUNTS_OF_THREAD));
    long wanted = Math.clamp(wish.bufferBytes, SMALLEST_BUFFER, LARGEST_BUFFER);
    int bytes = (int) Long.highestOneBit(wanted);
    for (int thread = 0; thread < threads; thread++) {
      EbpfMap map = map(MapDefinition.ringBuffer(XdpProgram.ringBuffer(thread), bytes));
      RingBuffer buffer = RingBuffer.open(map);
      sources.get(thread).add(new WatchSource(this, buffer, counts, thread, bytes));
    }
  }

  private void steal() throws IOException {
    EbpfMap sockets = map(MapDefinition.xskMap(XdpProgram.SOCKETS, place.queues));
    int threads = sources.size();
    for (int queue = 0; queue < place.queues; queue++) {
      int queuesOfThread = (place.queues - queue % threads + threads - 1) / threads;
      Umem umem = memory(wish.bufferBytes / queuesOfThread);
      XdpSocket socket = open(umem, queue);
      sources.get(queue % threads).add(new StealSource(this, umem, socket, mark));
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment key = arena.allocateFrom(JAVA_INT, queue);
        sockets.update(key, arena.allocateFrom(JAVA_INT, socket.number()));
      }
    }
  }

  private Umem memory(long bytes) throws LinuxException {
    int chunk = fits(SMALL_CHUNK) ? SMALL_CHUNK : LARGE_CHUNK;
    long chunks = Math.clamp(bytes / chunk, SMALLEST_CHUNKS, LARGEST_CHUNKS);
    Umem umem = Umem.allocate(chunk, (int) Long.highestOneBit(chunks));
    if (!umem.hasHugePages()) {
      notices.add(
          place.name
              + ": the memory for frames is in normal pages; there are no huge ones left (sysctl"
              + " vm.nr_hugepages)");
    }
    return umem;
  }

  /// Whether the frames that the interface receives fit into a chunk.
  private boolean fits(int chunkBytes) {
    return place.mtu + FRAME_OVERHEAD <= chunkBytes - Umem.HEADROOM;
  }

  private XdpSocket open(Umem umem, int queue) throws LinuxException {
    XdpSocket.Place where = new XdpSocket.Place(place.name, place.index, queue);
    XdpSocket socket;
    try {
      XdpSocket.LongFrames longFrames =
          fits(umem.chunkBytes()) ? XdpSocket.LongFrames.IF_COPIED : XdpSocket.LongFrames.ALWAYS;
      socket = XdpSocket.open(umem, where, new XdpSocket.Rings(umem.chunkCount(), 0, longFrames));
    } catch (LinuxException | RuntimeException e) {
      umem.close();
      throw e;
    }
    try {
      LinuxException refusal = socket.zeroCopyRefusal();
      if (refusal != null) {
        notice("frames are copied; the driver has no zero-copy here", refusal);
      }
      if (wish.isPolling) {
        socket.preferPolling();
      }
      if (refusal != null && !socket.isInPieces()) {
        notices.add(
            place.name
                + ": frames longer than a page are dropped; AF_XDP takes them since Linux 6.6");
      }
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      umem.close();
      throw e;
    }
  }

  /// Loads the program with a filter, for frames of several buffers too if the kernel has that.
  private LoadedProgram load(@Nullable XdpFilter filter) throws LinuxException {
    EbpfProgram code =
        wish.isStealing
            ? XdpProgram.stealing(filter, wish.snaplen, mark)
            : XdpProgram.watching(filter, wish.snaplen, readers());
    try {
      return LoadedProgram.load(code, ProgramType.XDP_FRAGMENTS, NAME, maps);
    } catch (VerifierException e) {
      throw e;
    } catch (LinuxException e) {
      LoadedProgram loaded = LoadedProgram.load(code, ProgramType.XDP, NAME, maps);
      notice("the kernel has no XDP for frames of several buffers, so long ones may be missing", e);
      return loaded;
    }
  }

  /// Replaces the filter without a gap: each frame is judged by the one or the other. Does nothing
  /// once shut. What waits has passed the old filter: [#judgeWaiting].
  ///
  /// @param filter null matches all
  /// @throws LinuxException if the kernel refuses; then the old one stays
  public synchronized void replace(@Nullable XdpFilter filter) throws LinuxException {
    if (link == null) {
      return;
    }
    LoadedProgram next = load(filter);
    try {
      link.replace(next);
    } catch (LinuxException e) {
      next.close();
      throw e;
    }
    if (program != null) {
      program.close();
    }
    program = next;
  }

  /// Shows only what passes `filter` of the frames that wait now. On that thread, between two
  /// drains.
  ///
  /// @param filter null passes all
  /// @param isForGood whether to judge all frames from now on
  public void judgeWaiting(int thread, @Nullable BpfProgram filter, boolean isForGood) {
    sources.get(thread).forEach(each -> each.judgeWaiting(filter, isForGood));
  }

  /// The interface.
  Place place() {
    return place;
  }

  /// What is to be captured of it.
  Wish wish() {
    return wish;
  }

  /// What a thread reads. The caller closes the sources, before this.
  public List<PacketSource> sourcesOf(int thread) {
    return List.copyOf(sources.get(thread));
  }

  /// What is not as it could be, in sentences; empty if all is.
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /// Detaches the program: no more frames come.
  public synchronized void shut() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  /// Detaches the program and releases what it used.
  @Override
  public void close() {
    shut();
    synchronized (this) {
      if (program != null) {
        program.close();
        program = null;
      }
    }
    closers.reversed().forEach(Runnable::run);
    closers.clear();
  }
}
