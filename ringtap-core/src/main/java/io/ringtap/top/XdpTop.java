package io.ringtap.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.XdpFilter;
import io.ringtap.linux.KernelRandom;
import io.ringtap.linux.NamespaceCall;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds the top talkers without taking a packet out of the kernel: an XDP program counts the
/// frames that interfaces receive, and passes them on. User space reads the counts once an
/// interval, however many packets come.
///
/// ```java
/// try (XdpTop top = XdpTop.open(TopOptions.by(KeyKind.SOURCE), null, List.of("eth0"), null)) {
///   Thread.sleep(1000);
///   top.nextInterval().rows().forEach(row -> print(row.key(), row.packets()));
/// }
/// ```
///
/// What differs from [TopTalkers]: frames that this host sends are not seen; frames are counted as
/// they come, before the kernel merges them (GRO), and none is dropped for lack of room; and the
/// interface is not asked for frames to other hosts. A VLAN tag that the network card takes out of
/// the frame is not seen.
///
/// The table of counters is divided into many small parts, to which keys belong by their hash, so
/// `TopOptions.counters` is no strict limit for the error here: of the keys of one part, eight have
/// a counter. There are at least four times as many counters as asked for, for each CPU, so the
/// error is far below the total divided by `counters` as a rule. [Interval#bound] always holds.
///
/// Needs Linux 5.18. One thread at a time may use an instance.
public final class XdpTop implements AutoCloseable {
  /// The most that [TopOptions#counters] may be here: the memory of the tables is taken from the
  /// kernel's, for each CPU.
  public static final int MAX_COUNTERS = 1 << 16;

  private static final String PROGRAM = "ringtap_top";

  /// Where the program runs.
  ///
  /// @param interfaceName the interface
  /// @param mode in the driver, or after it
  /// @param nativeRefusal why it does not run in the driver; null if it does
  public record Place(String interfaceName, XdpMode mode, @Nullable LinuxException nativeRefusal) {}

  private final @Nullable String namespace;
  private final List<NetworkInterface> interfaces;
  private final Ranking ranking;
  private final KernelTables tables;
  private final List<XdpLink> links = new ArrayList<>();
  private long packets;
  private long droppedBefore;
  private long dropped; // since this was opened

  private XdpTop(
      TopOptions options,
      KernelTables tables,
      List<NetworkInterface> interfaces,
      @Nullable String namespace) {
    this.tables = tables;
    this.interfaces = interfaces;
    this.namespace = namespace;
    ranking = new Ranking(options.by(), options.order(), options.rows());
  }

  /// Counts what interfaces receive, and passes it on. In generic mode if a driver has no native
  /// one, see [#places].
  ///
  /// @param options `threads` has no meaning here
  /// @param filter which frames are counted; null for all
  /// @param interfaces names of Ethernet interfaces
  /// @param namespace the path of their network namespace; null for the calling thread's
  /// @throws IllegalArgumentException if there are too many counters, or an interface is not
  ///   Ethernet or named twice
  /// @throws IOException if the kernel refuses (a LinuxException): `EPERM` without CAP_BPF and
  ///   CAP_NET_ADMIN, `ENODEV` if there is no such interface, `EBUSY` or `EEXIST` if one has an XDP
  ///   program, which the message names
  public static XdpTop open(
      TopOptions options,
      @Nullable XdpFilter filter,
      List<String> interfaces,
      @Nullable String namespace)
      throws IOException {
    return open(options, filter, interfaces, namespace, XdpAction.PASS);
  }

  /// As [#open], for measurements: the frames end here, so that counting is all that they cost.
  ///
  /// @throws IllegalArgumentException as [#open]
  /// @throws IOException as [#open]
  public static XdpTop openDropping(
      TopOptions options, String interfaceName, @Nullable String namespace) throws IOException {
    return open(options, null, List.of(interfaceName), namespace, XdpAction.DROP);
  }

  private static XdpTop open(
      TopOptions options,
      @Nullable XdpFilter filter,
      List<String> names,
      @Nullable String namespace,
      XdpAction end)
      throws IOException {
    if (options.counters() > MAX_COUNTERS) {
      throw new IllegalArgumentException(
          "counters in the kernel are 1 to " + MAX_COUNTERS + ", not " + options.counters());
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("an interface is named twice: " + names);
    }
    List<NetworkInterface> interfaces = in(namespace, () -> find(names));
    Buckets buckets = Buckets.of(options.by(), options.counters());
    EbpfProgram program = CountingProgram.of(options, filter, buckets, end, new KernelRandom());
    XdpTop top = new XdpTop(options, new KernelTables(options, buckets), interfaces, namespace);
    try {
      top.attach(program);
      return top;
    } catch (IOException | RuntimeException e) {
      top.close();
      throw e;
    }
  }

  private static List<NetworkInterface> find(List<String> names) throws LinuxException {
    List<NetworkInterface> found = new ArrayList<>();
    for (String name : names) {
      NetworkInterface one =
          NetworkInterfaces.byName(name)
              .orElseThrow(() -> new LinuxException("RTM_GETLINK", name, Errno.ENODEV, ""));
      if (one.linkType().number() != LinkType.LINKTYPE_ETHERNET) {
        throw new IllegalArgumentException(
            name + " is not Ethernet, and the program in the kernel reads only Ethernet frames");
      }
      found.add(one);
    }
    return found;
  }

  private static <T> T in(@Nullable String namespace, Callable<T> task) throws IOException {
    try {
      return namespace == null ? task.call() : NamespaceCall.in(namespace, task);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void attach(EbpfProgram program) throws IOException {
    droppedBefore = readDropped();
    // The links hold the program from then on.
    try (LoadedProgram loaded =
        LoadedProgram.load(program, ProgramType.XDP_FRAGMENTS, PROGRAM, tables.maps())) {
      for (NetworkInterface one : interfaces) {
        links.add(in(namespace, () -> XdpLink.attach(loaded, one.index(), one.name())));
      }
    }
    tables.begin();
  }

  /// Where the program runs, in the order of the interfaces.
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      XdpLink link = links.get(i);
      places.add(new Place(interfaces.get(i).name(), link.mode(), link.nativeRefusal()));
    }
    return places;
  }

  /// Ends the interval and returns its result; the next one begins. Packets that come meanwhile are
  /// counted in one of them.
  ///
  /// @throws IOException if the kernel refuses
  public Interval nextInterval() throws IOException {
    MergedCounts merged = tables.turn();
    Instant now = Instant.now();
    long before = dropped;
    dropped = readDropped() - droppedBefore;
    packets += merged.packets;
    return ranking.of(
        merged,
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(),
        0, // there is no room that could be lacking
        dropped - before);
  }

  /// The counts of all intervals that have ended: packets counted, and what the interfaces dropped.
  public CaptureCounters counters() {
    return new CaptureCounters(packets, 0, 0, 0, 0, 0, dropped, 0);
  }

  /// What the interfaces have dropped since they exist.
  private long readDropped() throws IOException {
    return in(
        namespace,
        () -> {
          long sum = 0;
          for (NetworkInterface one : interfaces) {
            InterfaceCounters counters = NetworkInterfaces.counters(one.index());
            sum += counters.rxMissedErrors() + counters.rxFifoErrors();
          }
          return sum;
        });
  }

  /// Detaches the program. What was counted since the last interval is lost. Closing twice is
  /// harmless.
  @Override
  public void close() {
    links.forEach(XdpLink::close);
    tables.close();
  }
}
