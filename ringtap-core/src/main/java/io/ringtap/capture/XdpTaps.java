package io.ringtap.capture;

import io.ringtap.capture.xdp.XdpTap;
import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.Link;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.socket.PacketSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The interfaces of a capture in [CaptureMode#XDP], each with its program.
final class XdpTaps implements AutoCloseable {
  private final List<XdpTap> taps = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private boolean matchNothing = true;

  private XdpTaps() {}

  /// Those of a capture in another mode.
  static XdpTaps none() {
    return new XdpTaps();
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
    XdpTaps opened = new XdpTaps();
    if (options.traffic() == Traffic.INOUT) {
      opened.notices.add("XDP shows received packets only");
    }
    try {
      List<XdpTap.Wish> wishes = new ArrayList<>();
      for (InterfaceFilters each : compilers) {
        wishes.add(wish(options, each));
      }
      List<Link> links = rtnetlink.links();
      for (int i = 0; i < wishes.size(); i++) {
        opened.open(options, place(compilers.get(i).interfaceToCapture(), i, links), wishes.get(i));
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

  private static XdpTap.Wish wish(CaptureOptions options, InterfaceFilters compiler) {
    return new XdpTap.Wish(
        compiler.forXdp(options.filter(), options.snaplen()),
        options.snaplen(),
        options.isStealing(),
        options.isPromiscuous(),
        options.bufferBytesOfSocket());
  }

  private static XdpTap.Place place(CaptureInterface one, int id, List<Link> links)
      throws IOException {
    Link link =
        links.stream().filter(each -> each.index() == one.index()).findFirst().orElseThrow();
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

  private void open(CaptureOptions options, XdpTap.Place place, XdpTap.Wish wish)
      throws IOException {
    XdpTap tap = XdpTap.open(place, wish, options.threads());
    taps.add(tap);
    notices.addAll(tap.notices());
    XdpFilter filter = wish.filter();
    matchNothing &= filter != null && filter.classic().matchesNothing();
    if (options.threads() > place.queues()) {
      notices.add(
          "%s receives on %d %s, so no more of the %d threads have packets of it"
              .formatted(
                  place.name(),
                  place.queues(),
                  place.queues() == 1 ? "queue" : "queues",
                  options.threads()));
    }
  }

  /// What is not as it could be, in sentences.
  List<String> notices() {
    return List.copyOf(notices);
  }

  /// Whether it is known that no packet can match.
  boolean matchNothing() {
    return matchNothing;
  }

  /// What a thread reads, by interface.
  List<FilteredSource> sourcesOf(int thread) {
    List<FilteredSource> found = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      for (PacketSource source : taps.get(i).sources().get(thread)) {
        found.add(new FilteredSource(source, i));
      }
    }
    return found;
  }

  private List<PacketSource> sources() {
    return taps.stream().flatMap(tap -> tap.sources().stream()).flatMap(List::stream).toList();
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
