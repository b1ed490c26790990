package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.device.Link;
import io.ringtap.device.LinkMonitor;
import io.ringtap.device.LinkTable;
import io.ringtap.linux.Errno;
import io.ringtap.linux.LinuxException;
import io.ringtap.linux.NamespaceCall;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sockets of a capture, one for each thread and interface, and what watches and counts the
/// interfaces. They are opened in an order in which no packet is shown that the filter does not
/// pass, and none is shown twice.
///
/// A socket that joins a fanout group takes its share at once. In a group of this capture's own all
/// drop their packets until the last has joined. In one that another capture may use already that
/// would lose what the other is to see; there a packet that comes while a socket joins may be shown
/// by two, but none is lost.
final class CaptureSockets implements AutoCloseable {
  // Of linux/if_packet.h since 6.2, so that older headers do not have it. A group does not heed the
  // option of its sockets.
  private static final int PACKET_FANOUT_FLAG_IGNORE_OUTGOING = 0x4000;

  private final CaptureOptions options;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private final List<List<PacketSource>> sources = new ArrayList<>(); // of each thread
  private final LinkTable links; // guarded by this
  private final LinkMonitor monitor;
  private @Nullable InterfaceTally tally; // guarded by this
  private boolean isClosed; // guarded by this

  private CaptureSockets(CaptureOptions options, LinkTable links, LinkMonitor monitor) {
    this.options = options;
    this.links = links;
    this.monitor = monitor;
    for (int i = 0; i < options.threads(); i++) {
      sources.add(new ArrayList<>());
    }
  }

  /// Opens all, in the namespace that the options name.
  static CaptureSockets open(CaptureOptions options) throws IOException {
    String namespace = options.namespace();
    return namespace == null
        ? openHere(options)
        : NamespaceCall.in(namespace, () -> openHere(options));
  }

  private static CaptureSockets openHere(CaptureOptions options) throws IOException {
    LinkTable links = LinkTable.open();
    LinkMonitor monitor;
    try {
      monitor = LinkMonitor.open();
    } catch (IOException e) {
      links.close();
      throw e;
    }
    CaptureSockets sockets = new CaptureSockets(options, links, monitor);
    try {
      for (String name : options.interfaces()) {
        sockets.open(name);
      }
      sockets.tally = new InterfaceTally(links, sockets.interfaces, options.traffic());
      return sockets;
    } catch (IOException | RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  private void open(String name) throws IOException {
    List<Link> all = links.all();
    int loopback = all.stream().filter(Link::isLoopback).map(Link::index).findFirst().orElse(0);
    CaptureInterface found = find(name, all);
    interfaces.add(found);
    boolean showsTwice = found.index() == 0 || found.index() == loopback;
    BpfProgram filter =
        KernelFilter.of(
            options.filter(), options.traffic(), showsTwice ? loopback : 0, options.snaplen());
    boolean hearsDepartures =
        options.traffic() != Traffic.IN
            && !(found.index() == loopback && options.traffic() == Traffic.INOUT);
    boolean isOwnGroup = options.fanout().group() == Fanout.UNIQUE;
    int group = 0;
    List<PacketSocket> opened = new ArrayList<>();
    for (int thread = 0; thread < options.threads(); thread++) {
      PacketSocket socket = open(found, thread, hearsDepartures);
      opened.add(socket);
      if (options.hasFanout()) {
        socket.dropAll(); // until it has joined; a socket alone in its group gets all packets
      } else {
        socket.filter(filter);
      }
      socket.bind(found.index());
      if (options.isPromiscuous() && found.index() != 0) {
        socket.promiscuous(found.index());
      }
      if (options.hasFanout()) {
        int flags = hearsDepartures ? 0 : PACKET_FANOUT_FLAG_IGNORE_OUTGOING;
        if (!isOwnGroup) {
          socket.filter(filter);
        }
        if (thread == 0) {
          group = socket.found(options.fanout(), flags);
        } else {
          socket.join(options.fanout(), group, flags);
        }
      }
    }
    if (options.hasFanout() && isOwnGroup) {
      for (PacketSocket socket : opened) {
        socket.filter(filter);
      }
    }
  }

  private static CaptureInterface find(String name, List<Link> all) throws LinuxException {
    if (name.equals(CaptureOptions.ANY)) {
      return new CaptureInterface(name, 0, LinkType.LINUX_SLL2, true);
    }
    for (Link link : all) {
      if (link.name().equals(name)) {
        return new CaptureInterface(
            name, link.index(), CaptureInterface.linkTypeOf(link), link.isUp());
      }
    }
    String known = all.stream().map(Link::name).collect(Collectors.joining(", "));
    throw new LinuxException("capture", name, Errno.ENODEV, "there are: " + known + ", any");
  }

  /// Opens the socket of one thread, with its buffer, and gives it to that thread's sources.
  private PacketSocket open(CaptureInterface found, int thread, boolean hearsDepartures)
      throws LinuxException {
    boolean isCooked = found.linkType().equals(LinkType.LINUX_SLL2);
    PacketSocket socket = PacketSocket.open(isCooked, found.name());
    try {
      if (!hearsDepartures) {
        socket.ignoreOutgoing();
      }
      if (options.timestamps() == TimestampSource.ADAPTER) {
        AdapterStamps.turnOn(socket, found);
      }
      Packet packet = new Packet(found.linkType(), interfaces.size() - 1);
      sources.get(thread).add(source(socket, packet));
      return socket;
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private PacketSource source(PacketSocket socket, Packet packet) throws LinuxException {
    return switch (options.mode()) {
      case RING -> RingSource.of(socket, options.ring(), options.snaplen(), packet);
      case RECV -> {
        socket.receiveBuffer(options.receiveBufferBytes());
        yield new RecvSource(socket, options.snaplen(), packet);
      }
    };
  }

  List<CaptureInterface> interfaces() {
    return interfaces;
  }

  List<PacketSource> sourcesOf(int thread) {
    return sources.get(thread);
  }

  LinkMonitor monitor() {
    return monitor;
  }

  /// Takes no further packet.
  void dropAll() throws LinuxException {
    for (List<PacketSource> ofThread : sources) {
      for (PacketSource source : ofThread) {
        source.socket.dropAll();
      }
    }
  }

  /// What has been counted, given what handlers were shown.
  synchronized CaptureCounters counters(long captured) throws IOException {
    SocketCounters sum = SocketCounters.NONE;
    for (List<PacketSource> ofThread : sources) {
      for (PacketSource source : ofThread) {
        sum = sum.plus(source.socket.counters());
      }
    }
    InterfaceTally counted = tally;
    if (!isClosed && counted != null) {
      counted.update();
    }
    // Shown packets were counted before the kernel's, which go on: never negative.
    long unseen = Math.max(0, sum.received() - captured);
    return new CaptureCounters(
        captured,
        isClosed ? unseen : 0,
        isClosed ? 0 : unseen,
        sum.dropped(),
        sum.freezes(),
        counted == null ? 0 : counted.dropped(),
        counted == null ? 0 : counted.seen());
  }

  /// Reads the interfaces' counters for the last time and gives everything back.
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
      // What was read before is the last word.
    }
    isClosed = true;
    for (List<PacketSource> ofThread : sources) {
      ofThread.forEach(PacketSource::close);
    }
    monitor.close();
    links.close();
  }
}
