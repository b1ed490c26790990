package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.device.InterfaceMonitor;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.EventFd;
import io.ringtap.linux.NamespaceCall;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.AdapterStamps;
import io.ringtap.socket.PacketSocket;
import io.ringtap.socket.PacketSource;
import io.ringtap.socket.RecvSource;
import io.ringtap.socket.RingSource;
import io.ringtap.socket.SocketCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The sockets of a capture, one for each thread and interface, and what watches the interfaces and
/// reads their counters. The order of opening makes sure that no packet is shown that the filter
/// rejects, and none is shown twice.
///
/// A socket that joins a fanout group takes its share of packets at once. If the group belongs to
/// this capture only, all sockets drop their packets until the last has joined. If another capture
/// may use the group too, that would lose packets of the other capture; so there a packet that
/// arrives while a socket joins may be shown by two captures, but none is lost.
final class CaptureSockets implements AutoCloseable {
  private static final int MAX_CLOSERS = 64;

  // In linux/if_packet.h since 6.2, so older headers lack it. A group ignores the same option of
  // its sockets.
  private static final int PACKET_FANOUT_FLAG_IGNORE_OUTGOING = 0x4000;

  private final CaptureOptions options;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private final List<InterfaceFilters> compilers = new ArrayList<>(); // by interface
  private final List<List<FilteredSource>> sources = new ArrayList<>(); // by thread
  private final List<EventFd> wakeUps = new ArrayList<>(); // by thread
  private final RtnetlinkSocket rtnetlink; // guarded by this
  private final InterfaceMonitor monitor;
  private List<SocketFilter> filters = List.of(); // by interface, as opened
  private @Nullable InterfaceTally tally; // guarded by this
  private XdpTaps taps;
  private boolean isClosed; // guarded by this

  private CaptureSockets(
      CaptureOptions options, RtnetlinkSocket rtnetlink, InterfaceMonitor monitor) {
    this.options = options;
    this.taps = XdpTaps.none(options);
    this.rtnetlink = rtnetlink;
    this.monitor = monitor;
    for (int i = 0; i < options.threads(); i++) {
      sources.add(new ArrayList<>());
    }
  }

  /// Opens the sockets in the namespace that the options name.
  static CaptureSockets open(CaptureOptions options) throws IOException {
    String namespace = options.namespace();
    return namespace == null
        ? openHere(options)
        : NamespaceCall.in(namespace, () -> openHere(options));
  }

  /// The filter program of each interface, without the check of the direction.
  static List<BpfProgram> programs(CaptureOptions options) throws IOException {
    String namespace = options.namespace();
    return namespace == null
        ? programsHere(options)
        : NamespaceCall.in(namespace, () -> programsHere(options));
  }

  private static List<BpfProgram> programsHere(CaptureOptions options) throws IOException {
    try (RtnetlinkSocket rtnetlink = RtnetlinkSocket.open()) {
      return InterfaceFilters.find(options, rtnetlink).stream()
          .map(each -> each.program(options))
          .map(program -> program != null ? program : KernelFilter.passAll(options.snaplen()))
          .toList();
    }
  }

  private static CaptureSockets openHere(CaptureOptions options) throws IOException {
    RtnetlinkSocket rtnetlink = RtnetlinkSocket.open();
    InterfaceMonitor monitor;
    try {
      monitor = InterfaceMonitor.open();
    } catch (IOException e) {
      rtnetlink.close();
      throw e;
    }
    CaptureSockets sockets = new CaptureSockets(options, rtnetlink, monitor);
    try {
      for (InterfaceFilters found : InterfaceFilters.find(options, rtnetlink)) {
        sockets.compilers.add(found);
        sockets.interfaces.add(found.interfaceToCapture());
      }
      if (options.mode() == CaptureMode.XDP) {
        sockets.openTaps();
      } else {
        sockets.openSockets();
      }
      for (int i = 0; i < options.threads(); i++) {
        sockets.wakeUps.add(EventFd.open());
      }
      sockets.tally = new InterfaceTally(rtnetlink, sockets.interfaces, sockets.traffic());
      return sockets;
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  /// Compiles the filter for each interface's sockets. Does not touch the sockets.
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for one of them
  List<SocketFilter> compile(@Nullable CaptureFilter filter) {
    return compilers.stream()
        .map(each -> each.make(filter, options.traffic(), options.snaplen()))
        .toList();
  }

  private void openSockets() throws IOException {
    filters = compile(options.filter());
    try (SetPrograms sets = new SetPrograms()) {
      for (int i = 0; i < interfaces.size(); i++) {
        open(i, sets);
      }
    }
  }

  private void openTaps() throws IOException {
    taps = XdpTaps.open(options, compilers, rtnetlink);
    for (int thread = 0; thread < options.threads(); thread++) {
      sources.get(thread).addAll(taps.sourcesOf(thread));
    }
  }

  /// The directions that are captured.
  private Traffic traffic() {
    return options.mode() == CaptureMode.XDP ? Traffic.IN : options.traffic();
  }

  private void open(int number, SetPrograms sets) throws IOException {
    CaptureInterface found = interfaces.get(number);
    SocketFilter filter = filters.get(number);
    boolean isLoopbackAlone = found.index() != 0 && compilers.get(number).loopback() != 0;
    boolean hearsDepartures =
        options.traffic() != Traffic.IN && !(isLoopbackAlone && options.traffic() == Traffic.INOUT);
    boolean isOwnGroup = options.fanout().group() == Fanout.UNIQUE;
    int group = 0;
    List<FilteredSource> opened = new ArrayList<>();
    for (int thread = 0; thread < options.threads(); thread++) {
      FilteredSource source = open(number, thread, hearsDepartures);
      PacketSocket socket = source.socket();
      opened.add(source);
      if (options.hasFanout()) {
        socket.dropAll(); // until all have joined: the only socket of a group gets all packets
      } else {
        attach(source, filter, sets);
      }
      socket.bind(found.index());
      if (options.isPromiscuous() && found.index() != 0) {
        socket.promiscuous(found.index());
      }
      if (options.hasFanout()) {
        int flags = hearsDepartures ? 0 : PACKET_FANOUT_FLAG_IGNORE_OUTGOING;
        if (!isOwnGroup) {
          attach(source, filter, sets);
        }
        int mode = options.fanout().mode().number | options.fanout().flags() | flags;
        if (thread > 0) {
          socket.joinFanout(group, mode);
        } else {
          group = firstOfGroup(socket, mode);
        }
      }
    }
    if (options.hasFanout() && isOwnGroup) {
      for (FilteredSource source : opened) {
        attach(source, filter, sets);
      }
    }
  }

  /// Creates the fanout group that the options ask for, or joins it if another capture created it.
  private int firstOfGroup(PacketSocket socket, int mode) throws LinuxException {
    Fanout fanout = options.fanout();
    int group = fanout.group();
    if (group == Fanout.UNIQUE) {
      group = socket.createFanout(mode);
    } else {
      socket.joinFanout(group, mode);
    }
    if (fanout.steering() != null) {
      socket.steerFanout(fanout.steering());
    }
    return group;
  }

  private static void attach(FilteredSource source, SocketFilter filter, SetPrograms sets)
      throws LinuxException {
    source.attach(filter, sets);
    source.filterRest(filter);
  }

  /// Opens the socket of one thread with its buffer, and adds it to that thread's sources.
  private FilteredSource open(int number, int thread, boolean hearsDepartures)
      throws LinuxException {
    CaptureInterface found = interfaces.get(number);
    boolean isCooked = found.linkType().equals(LinkType.LINUX_SLL2);
    PacketSocket socket = PacketSocket.open(isCooked, found.name());
    try {
      if (!hearsDepartures) {
        socket.ignoreOutgoing();
      }
      if (options.timestamps() == TimestampSource.ADAPTER) {
        AdapterStamps.turnOn(socket, found.name());
      }
      FilteredSource source = new FilteredSource(source(socket, found.linkType(), number), number);
      sources.get(thread).add(source);
      return source;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private PacketSource source(PacketSocket socket, LinkType linkType, int number)
      throws LinuxException {
    int snaplen = options.snaplen();
    return switch (options.mode()) {
      case RING ->
          RingSource.of(
              socket, options.ring().layout(options.hasFlowHashes()), linkType, number, snaplen);
      case RECV -> {
        socket.receiveBuffer(options.receiveBufferBytes());
        yield new RecvSource(socket, linkType, number, snaplen);
      }
      case XDP -> throw new IllegalStateException("XDP has no packet socket");
    };
  }

  List<CaptureInterface> interfaces() {
    return interfaces;
  }

  List<FilteredSource> sourcesOf(int thread) {
    return sources.get(thread);
  }

  /// What wakes the thread with this number.
  EventFd wakeUpOf(int thread) {
    return wakeUps.get(thread);
  }

  InterfaceMonitor monitor() {
    return monitor;
  }

  /// The filters that the sockets were opened with, by interface.
  List<SocketFilter> filters() {
    return filters;
  }

  /// Where the filter runs: for several sockets, the worst place.
  FilterPlace filterPlace() {
    return sources.stream()
        .flatMap(List::stream)
        .map(FilteredSource::place)
        .max(Comparator.naturalOrder())
        .orElse(FilterPlace.KERNEL);
  }

  /// Whether it is known that no packet of any interface passes the filter that the sockets were
  /// opened with.
  boolean matchNothing() {
    return options.mode() == CaptureMode.XDP
        ? taps.matchNothing()
        : filters.stream().allMatch(SocketFilter::matchesNothing);
  }

  /// The interfaces in the mode XDP; none in others.
  XdpTaps taps() {
    return taps;
  }

  /// The sources of each thread, by interface.
  List<List<FilteredSource>> sources() {
    return sources;
  }

  /// Stops taking packets for good.
  void shut() throws LinuxException {
    for (List<FilteredSource> ofThread : sources) {
      for (FilteredSource source : ofThread) {
        source.source().shut();
      }
    }
  }

  /// The counters, given the number of packets shown to handlers and of those that the filter
  /// rejected in user space.
  synchronized CaptureCounters counters(long captured, long rejectedInUserSpace)
      throws IOException {
    SocketCounters sum = SocketCounters.NONE;
    for (List<FilteredSource> ofThread : sources) {
      for (FilteredSource source : ofThread) {
        sum = sum.plus(source.source().counters());
      }
    }
    InterfaceTally counted = tally;
    if (!isClosed && counted != null) {
      counted.update();
    }
    // The packets shown were counted before the kernel's counters were read, so this is never
    // negative.
    long unseen = Math.max(0, sum.received() - captured - rejectedInUserSpace);
    return new CaptureCounters(
        captured,
        isClosed ? unseen : 0,
        isClosed ? 0 : unseen,
        sum.dropped(),
        sum.freezes(),
        rejectedInUserSpace,
        counted == null ? 0 : counted.dropped(),
        counted == null ? 0 : counted.seen());
  }

  /// The counters of each interface.
  synchronized List<CaptureInterfaceCounters> countersByInterface() throws IOException {
    InterfaceTally counted = tally;
    if (!isClosed && counted != null) {
      counted.update();
    }
    List<CaptureInterfaceCounters> all = new ArrayList<>();
    for (int i = 0; i < interfaces.size(); i++) {
      SocketCounters sum = SocketCounters.NONE;
      long rejected = 0;
      for (List<FilteredSource> ofThread : sources) {
        for (FilteredSource source : ofThread) {
          if (source.number() == i) {
            rejected += source.rejected(); // before the kernel's, so that these include them
            sum = sum.plus(source.source().counters());
          }
        }
      }
      all.add(
          new CaptureInterfaceCounters(
              sum.received() - rejected + sum.dropped(),
              sum.dropped(),
              counted == null ? 0 : counted.dropped(i),
              counted == null ? 0 : counted.seen(i)));
    }
    return all;
  }

  /// Closes the sockets at the same time. The kernel waits for all its CPUs when it closes one with
  /// a ring, some hundredths of a second, and as long for many together.
  private void closeSources() {
    List<FilteredSource> all = sources.stream().flatMap(List::stream).toList();
    if (all.size() <= 1) {
      all.forEach(FilteredSource::close);
      return;
    }
    ThreadFactory closers = Thread.ofPlatform().daemon().name("ringtap-close-", 0).factory();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Math.clamp(all.size(), 1, MAX_CLOSERS), closers)) {
      all.forEach(each -> pool.execute(each::close));
    }
  }

  /// Reads the interfaces' counters for the last time and releases everything.
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    try {
      if (tally != null) {
        tally.update();
      }
    } catch (IOException _) {
      // The counters read before are the final ones.
    }
    isClosed = true;
    taps.shut();
    closeSources();
    taps.close();
    wakeUps.forEach(EventFd::close);
    monitor.close();
    rtnetlink.close();
  }
}
