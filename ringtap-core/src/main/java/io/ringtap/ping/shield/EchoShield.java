package io.ringtap.ping.shield;

import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.Link;
import io.ringtap.device.NetworkInterface;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Clock;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.packet.IfEther;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drops the echo replies that no process of this host has asked for, as soon as they arrive at an
/// interface (XDP), so that a flood of them costs neither the kernel's stack nor any process
/// anything more.
///
/// A reply is dropped if all of this holds; everything else passes:
///
/// 1. It is plain: Ethernet to the interface's own hardware address without a VLAN tag, an echo
///    reply right after an IPv4 header without options or an IPv6 header, no fragment.
/// 2. Its destination is an address that the interface had when the shield was opened.
/// 3. No echo request with its identifier has left any interface of this network namespace since
///    the shield was opened: not of this process or another, nor one that this host forwarded,
///    bridged or translated. The kernel notes the identifier before the request is on the wire. No
///    ICMP datagram socket had it at the beginning, and the first [#LEARNING] nothing is dropped,
///    for requests that had left before.
/// 4. At the last look, at most [#LOOK] ago, no other process had a raw ICMP socket or a packet
///    socket that sees the interface: these are shown all replies, so the shield is down as long as
///    there is one. It also goes down by itself if this process has not looked for two seconds.
///
/// So whoever sent a request gets its reply. The kernel notes requests that go through its queues;
/// those that a process sends past them (`PACKET_QDISC_BYPASS`, AF_XDP) it does not, but such a
/// process needs a socket that lets the shield down. Two things remain: replies that come later
/// than [#LEARNING] after a request from before the shield, and a socket's first [#LOOK].
///
/// Methods may be called by any thread.
public final class EchoShield implements AutoCloseable {
  /// How long nothing is dropped at the beginning.
  public static final Duration LEARNING = Duration.ofSeconds(2);

  /// How often the shield looks for others who want the replies.
  public static final Duration LOOK = Duration.ofMillis(200);

  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// Whether replies are dropped.
  ///
  /// @param isUp whether they are
  /// @param reason why not, in words; empty if they are
  public record State(boolean isUp, String reason) {}

  /// Foreign replies.
  ///
  /// @param dropped while the shield was up
  /// @param passed to the kernel's stack while it was down
  public record Counts(long dropped, long passed) {}

  private static final State UP = new State(true, "");
  private static final State LEARNS = new State(false, "it learns what others on this host send");

  private final ShieldMaps maps;
  private final Listeners listeners;
  private final Consumer<State> onChange;
  private final CountDownLatch learned = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread watcher;
  private @Nullable Socket tap;
  private @Nullable XdpLink link;
  private @Nullable Counts last; // once closed; guarded by this
  private volatile State state = LEARNS;

  private EchoShield(ShieldMaps maps, int interfaceIndex, Consumer<State> onChange) {
    this.maps = maps;
    this.onChange = onChange;
    listeners = new Listeners(interfaceIndex);
    watcher = Thread.ofPlatform().daemon().name("ringtap-shield").unstarted(this::watch);
  }

  /// Shields an interface of the calling thread's network namespace. The program runs in generic
  /// mode if the driver has no native one, see [#nativeRefusal].
  ///
  /// @param on an Ethernet interface with addresses
  /// @param onChange takes each change, on the shield's thread
  /// @throws IllegalArgumentException if the interface is not Ethernet, or has no address
  /// @throws IOException if the kernel refuses (a LinuxException): `EPERM` without CAP_BPF,
  ///   CAP_NET_ADMIN and CAP_NET_RAW; `EBUSY` or `EEXIST` if the interface has an XDP program,
  ///   which the message names
  public static EchoShield open(NetworkInterface on, Consumer<State> onChange) throws IOException {
    byte[] hardwareAddress = hardwareAddress(on);
    List<IpAddress> addresses =
        on.addresses().stream().map(InterfaceAddress::address).map(IpAddress::of).toList();
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(on.name() + " has no address that replies could come to");
    }
    EchoShield shield = new EchoShield(new ShieldMaps(addresses), on.index(), onChange);
    try {
      shield.begin(on, hardwareAddress);
      return shield;
    } catch (IOException | RuntimeException e) {
      shield.close();
      throw e;
    }
  }

  private static byte[] hardwareAddress(NetworkInterface on) {
    if (on.link().hardwareType() != Link.ETHER) {
      throw new IllegalArgumentException(on.name() + " is not Ethernet");
    }
    return HexFormat.ofDelimiter(":").parseHex(on.link().hardwareAddress());
  }

  private void begin(NetworkInterface on, byte[] hardwareAddress) throws IOException {
    tap = tap();
    for (int identifier : Listeners.datagramIdentifiers()) {
      maps.keep(identifier);
    }
    EbpfProgram replies = ReplyProgram.of(hardwareAddress);
    // The link holds the program from then on.
    try (LoadedProgram program =
        LoadedProgram.load(
            replies, ProgramType.XDP_FRAGMENTS, "ringtap_shield", maps.of(replies.mapNames()))) {
      link = XdpLink.attach(program, on.index(), on.name());
    }
    watcher.start();
  }

  /// A socket that shows nothing, whose filter notes what leaves.
  private Socket tap() throws IOException {
    EbpfProgram requests = RequestProgram.of();
    Socket socket =
        Socket.open(
            SysSocket.AF_PACKET, SysSocket.SOCK_DGRAM, 0, "the shield", "needs CAP_NET_RAW");
    try (LoadedProgram program =
            LoadedProgram.load(
                requests,
                ProgramType.SOCKET_FILTER,
                "shield_requests",
                maps.of(requests.mapNames()));
        Arena arena = Arena.ofConfined()) {
      socket.option(
          SysSocket.SOL_SOCKET, SysSocket.SO_ATTACH_BPF, program.number(), "SO_ATTACH_BPF");
      MemorySegment address = arena.allocate(SockaddrLl.LAYOUT);
      SockaddrLl.write(address, 0, IfEther.ETH_P_ALL, 0);
      socket.bind(address);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void watch() {
    try {
      boolean isClosed = closed.await(LEARNING.toMillis(), TimeUnit.MILLISECONDS);
      while (!isClosed) {
        look();
        learned.countDown();
        isClosed = closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      learned.countDown();
    }
  }

  private void look() {
    State now;
    try {
      String reason = listeners.find();
      if (reason == null && maps.hasUnreadable()) {
        reason = "a packet has left with more IPv6 extension headers than it can read";
      }
      maps.dropUntil(reason == null ? Clock.monotonicNanos() + VALID_NANOS : 0);
      now = reason == null ? UP : new State(false, reason);
    } catch (IOException e) {
      now = new State(false, String.valueOf(e.getMessage())); // and soon in the kernel too
    }
    if (!now.equals(state)) {
      state = now;
      onChange.accept(now);
    }
  }

  /// Waits until it has learned what others send, and is up or knows why not.
  public void awaitLearned() throws InterruptedException {
    learned.await();
  }

  /// Whether it drops replies now.
  public State state() {
    return state;
  }

  /// Where the program runs.
  public XdpMode mode() {
    return attached().mode();
  }

  /// Why the program does not run in native mode; null if it does.
  public @Nullable LinuxException nativeRefusal() {
    return attached().nativeRefusal();
  }

  private XdpLink attached() {
    XdpLink there = link;
    if (there == null) {
      throw new IllegalStateException("the shield is not open");
    }
    return there;
  }

  /// What it has dropped and passed until now, or until it was closed.
  ///
  /// @throws IOException if the kernel refuses
  public synchronized Counts counts() throws IOException {
    Counts atEnd = last;
    return atEnd != null
        ? atEnd
        : new Counts(maps.count(ShieldMaps.DROPPED), maps.count(ShieldMaps.PASSED));
  }

  /// Lets everything pass again. Closing twice is harmless.
  @Override
  public void close() {
    closed.countDown();
    boolean wasInterrupted = Thread.interrupted();
    if (!watcher.equals(Thread.currentThread())) {
      wasInterrupted |= !joined();
    }
    release();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The watcher does not wait for anything, so it ends at once.
  private boolean joined() {
    try {
      watcher.join();
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private synchronized void release() {
    if (last != null) {
      return;
    }
    if (link != null) {
      link.close();
    }
    try {
      last = counts();
    } catch (IOException _) {
      last = new Counts(0, 0);
    }
    if (tap != null) {
      tap.close();
    }
    maps.close();
  }
}
