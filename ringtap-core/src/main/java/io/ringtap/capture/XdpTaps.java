package io.ringtap.capture;

import io.ringtap.capture.xdp.XdpTap;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.Link;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.PacketSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The interfaces of a capture in [CaptureMode#XDP], each with its program.
final class XdpTaps implements AutoCloseable {
  private final CaptureOptions options;
  private final List<InterfaceFilters> compilers;
  private final List<XdpTap> taps = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private volatile List<@Nullable XdpFilter> filters = List.of(); // in force, by interface

  private XdpTaps(CaptureOptions options, List<InterfaceFilters> compilers) {
    this.options = options;
    this.compilers = compilers;
  }

  /// Those of a capture in another mode.
  static XdpTaps none(CaptureOptions options) {
    return new XdpTaps(options, List.of());
  }

  /// Attaches the programs, all filters being compiled before the first of them.
  ///
  /// @param compilers of the interfaces
  /// @throws IllegalArgumentException if the options ask for what XDP does not have
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for XDP
  /// @throws IOException a [io.ringtap.error.LinuxException] if the kernel refuses
  static XdpTaps open(
      CaptureOptions options, List<InterfaceFilters> compilers, RtnetlinkSocket rtnetlink)
      throws IOException {
    requirePossible(options, compilers);
    XdpTaps opened = new XdpTaps(options, compilers);
    if (options.traffic() == Traffic.INOUT) {
      opened.notices.add("XDP shows received packets only");
    }
    try {
      opened.filters = opened.compile(options.filter());
      List<Link> links = rtnetlink.links();
      for (int i = 0; i < compilers.size(); i++) {
        opened.open(place(compilers.get(i).interfaceToCapture(), i, links), opened.filters.get(i));
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.shut();
      opened.sources().forEach(PacketSource::close);
      opened.close();
      throw e;
    }
  }

  private static void requirePossible(CaptureOptions options, List<InterfaceFilters> compilers) {
    if (options.traffic() == Traffic.OUT) {
      throw new IllegalArgumentException(
          "XDP sees received packets only: sent ones need a ring or a socket");
    }
    if (options.isPolling() && !options.isStealing()) {
      throw new IllegalArgumentException("polling the driver is for stealing by XDP");
    }
    for (InterfaceFilters each : compilers) {
      CaptureInterface one = each.interfaceToCapture();
      if (one.index() == 0) {
        throw new IllegalArgumentException(
            "XDP works on single interfaces: name them instead of 'any'");
      }
      if (!one.linkType().equals(LinkType.ETHERNET)) {
        throw new IllegalArgumentException(
            "XDP captures Ethernet only, and %s has the link type %s"
                .formatted(one.name(), one.linkType()));
      }
    }
  }

  /// The filters by interface; null passes all.
  private List<@Nullable XdpFilter> compile(@Nullable CaptureFilter filter) {
    List<@Nullable XdpFilter> compiled = new ArrayList<>();
    for (InterfaceFilters each : compilers) {
      compiled.add(each.forXdp(filter, options.snaplen()));
    }
    return compiled;
  }

  private static XdpTap.Place place(CaptureInterface one, int id, List<Link> links)
      throws IOException {
    Link link =
        links.stream()
            .filter(each -> each.index() == one.index())
            .findFirst()
            .orElseThrow(() -> new LinuxException("RTM_GETLINK", one.name(), Errno.ENODEV, ""));
    try (EthtoolSocket ethtool = EthtoolSocket.open()) {
      int queues =
          ethtool
              .channels(link.name())
              .map(EthtoolSocket.Channels::receiving)
              .filter(count -> count > 0)
              .orElse(Math.max(1, link.rxQueues()));
      return new XdpTap.Place(one.name(), one.index(), id, queues, link.mtu());
    }
  }

  private void open(XdpTap.Place place, @Nullable XdpFilter filter) throws IOException {
    XdpTap.Wish wish =
        new XdpTap.Wish(
            filter,
            options.snaplen(),
            options.isStealing(),
            options.isPolling(),
            options.isPromiscuous(),
            options.bufferBytesOfSocket());
    XdpTap tap = XdpTap.open(place, wish, options.threads());
    taps.add(tap);
    notices.addAll(tap.notices());
    if (options.threads() > place.queues()) {
      notices.add(
          "%s receives on %d %s, so %d of the %d threads have none of it"
              .formatted(
                  place.name(),
                  place.queues(),
                  place.queues() == 1 ? "queue" : "queues",
                  options.threads() - place.queues(),
                  options.threads()));
    }
  }

  /// What is not as it could be, in sentences.
  List<String> notices() {
    return List.copyOf(notices);
  }

  /// Whether it is known that no packet can match the filter that was opened with.
  boolean matchNothing() {
    return filters.stream().allMatch(filter -> filter != null && filter.classic().matchesNothing());
  }

  /// What a thread reads, by interface.
  List<FilteredSource> sourcesOf(int thread) {
    List<FilteredSource> found = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      for (PacketSource source : taps.get(i).sourcesOf(thread)) {
        found.add(new FilteredSource(source, i));
      }
    }
    return found;
  }

  private List<PacketSource> sources() {
    return IntStream.range(0, options.threads())
        .boxed()
        .flatMap(thread -> sourcesOf(thread).stream())
        .map(FilteredSource::source)
        .toList();
  }

  /// Replaces the filter, so that afterwards no frame is shown that the new one rejects, and none
  /// is lost that passes both.
  ///
  /// @throws io.ringtap.filter.FilterException if it does not compile; the old one stays
  /// @throws LinuxException if the kernel refuses; the old one stays
  void replace(@Nullable CaptureFilter filter, FilterChange.Threads threads) throws LinuxException {
    List<@Nullable XdpFilter> wanted = compile(filter);
    try {
      putInForce(wanted, threads);
      filters = wanted;
    } catch (LinuxException e) {
      putInForce(filters, threads);
      throw e;
    }
  }

  /// The kernel exchanges the programs between two frames; then what has passed the old one, and
  /// waits, is judged in user space.
  private void putInForce(List<@Nullable XdpFilter> wanted, FilterChange.Threads threads)
      throws LinuxException {
    for (int i = 0; i < taps.size(); i++) {
      taps.get(i).replace(wanted.get(i));
    }
    boolean isSettled = FilterChange.settle();
    for (int i = 0; i < options.threads(); i++) {
      int thread = i;
      threads.run(thread, () -> judgeWaiting(thread, wanted, !isSettled));
    }
  }

  private void judgeWaiting(int thread, List<@Nullable XdpFilter> wanted, boolean isForGood) {
    for (int i = 0; i < taps.size(); i++) {
      XdpFilter filter = wanted.get(i);
      taps.get(i).judgeWaiting(thread, filter == null ? null : filter.classic(), isForGood);
    }
  }

  /// Detaches the programs.
  void shut() {
    taps.forEach(XdpTap::shut);
  }

  /// Releases everything but the sources, which must be closed before.
  @Override
  public void close() {
    taps.forEach(XdpTap::close);
  }
}
