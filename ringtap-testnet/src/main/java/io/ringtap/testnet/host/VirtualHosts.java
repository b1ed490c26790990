package io.ringtap.testnet.host;

import io.ringtap.linux.EventFd;
import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.Prefix;
import io.ringtap.testnet.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Hosts that exist only as a thread: whole prefixes are routed to a TUN device, and every echo
/// request that arrives there is treated as the [HostBehaviour] of its destination says. One thread
/// answers for any number of hosts, IPv4 and IPv6.
///
/// Requests come from the namespace itself, or through it when it
/// [forwards][NetworkNamespace#forward]. A packet that is larger than the device's MTU arrives in
/// fragments, and fragments are not answered. An answer leaves no earlier than its delay after its
/// request was read; how much later, is up to the scheduler of the machine.
///
/// What befalls a request is a [Fate]: drawn from the seed, the destination and how many requests
/// that destination has had from [#start] on. Requests under a behaviour that draws nothing are not
/// counted in that.
///
/// Any thread may use this class.
public final class VirtualHosts implements AutoCloseable {
  /// Requests that may wait in the device while the thread is busy; beyond them the kernel drops,
  /// and counts so in [Link.Counters#txDropped].
  private static final int QUEUE_PACKETS = 65_536;

  private static final long PATIENCE_MILLIS = 5_000;

  private final NetworkNamespace namespace;
  private final TunDevice tun;
  private final EventFd wakeUp;
  private final Responder responder;
  private final Thread thread;
  private final Map<Prefix, HostBehaviour> behaviours = new LinkedHashMap<>(); // guarded by itself

  private VirtualHosts(NetworkNamespace namespace, TunDevice tun, EventFd wakeUp, long seed) {
    this.namespace = namespace;
    this.tun = tun;
    this.wakeUp = wakeUp;
    this.responder = new Responder(tun, wakeUp, seed);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("virtual hosts " + namespace.label())
            .start(responder::work);
  }

  /// Makes the device `device` in `namespace`, sets it up and starts answering. The hosts have no
  /// addresses yet: see [#own].
  ///
  /// @param seed what fates are drawn from
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENOENT` without /dev/net/tun,
  ///   `EBUSY` where the name is taken
  public static VirtualHosts start(NetworkNamespace namespace, String device, long seed)
      throws IOException {
    TunDevice tun = TunDevice.create(namespace, device);
    try {
      tun.link().transmitQueue(QUEUE_PACKETS).up();
      return start(namespace, tun, EventFd.open(), seed);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      tun.close();
      throw e;
    }
  }

  private static VirtualHosts start(
      NetworkNamespace namespace, TunDevice tun, EventFd wakeUp, long seed) {
    try {
      return new VirtualHosts(namespace, tun, wakeUp, seed);
    } catch (RuntimeException | OutOfMemoryError e) { // the latter if there can be no more threads
      wakeUp.close();
      throw e;
    }
  }

  /// The device, for an address of its own (which requests from the namespace itself are sent
  /// from), its MTU and its counters.
  public Link link() {
    return tun.link();
  }

  /// Routes `prefix` to the hosts. They answer at once unless [#behave] says otherwise.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `EEXIST` where the prefix has a
  ///   route
  /// @throws IllegalArgumentException if `prefix` is malformed
  public VirtualHosts own(String prefix) throws IOException {
    Routes _ = namespace.routes().device(prefix, tun.link());
    return this;
  }

  /// Sets the behaviour of the hosts in `prefix`, from their next request on. The longest prefix
  /// that holds a host counts.
  ///
  /// @throws IllegalArgumentException if `prefix` is malformed, or the behaviour holds an address
  ///   of the other family
  public VirtualHosts behave(String prefix, HostBehaviour behaviour) {
    Prefix network = Prefix.parse(prefix).network();
    if (!behaviour.fits(network.address().isIpv6())) {
      throw new IllegalArgumentException(
          "an address of the other family than " + network + ": " + behaviour);
    }
    synchronized (behaviours) {
      behaviours.put(network, behaviour);
      responder.behave(new BehaviourTable(behaviours));
    }
    return this;
  }

  /// The fate of the request number `request`, counted from 0, to `host` under `behaviour`.
  public Fate fate(HostBehaviour behaviour, IpAddress host, long request) {
    return Fate.of(behaviour, responder.seed(), host, request);
  }

  /// How often something has happened since the start.
  public long count(HostCounter counter) {
    return responder.count(counter);
  }

  /// All counters. They are read one after the other while the thread goes on.
  public Map<HostCounter, Long> counts() {
    Map<HostCounter, Long> counts = new EnumMap<>(HostCounter.class);
    for (HostCounter counter : HostCounter.values()) {
      counts.put(counter, count(counter));
    }
    return counts;
  }

  /// Packets that wait for their time.
  public long pending() {
    return responder.pending();
  }

  /// Waits until `requests` requests have arrived since the start and nothing is pending: then the
  /// counters are complete. An answer can reach its asker a moment before it is counted as sent.
  ///
  /// @return whether that came about before `patience` ran out
  public boolean awaitSettled(long requests, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (count(HostCounter.REQUESTS) < requests || pending() > 0) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  /// Stops answering and removes the device; what is pending is dropped.
  ///
  /// @throws IllegalStateException if the thread had come to grief, with its reason, or does not
  ///   end within five seconds
  @Override
  public void close() {
    responder.stop();
    if (tun.isOpen()) {
      wakeUp.signal();
      join();
      tun.close();
      wakeUp.close();
      responder.close();
    }
  }

  private void join() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (thread.isAlive() && System.nanoTime() - deadline < 0) {
      try {
        thread.join(PATIENCE_MILLIS);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
