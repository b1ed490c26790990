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

/// Hosts simulated by one thread: whole prefixes are routed to a TUN device, and the thread answers
/// every echo request that arrives there by the [HostBehaviour] of its destination. There may be
/// any number of hosts, IPv4 and IPv6.
///
/// Requests come from the namespace itself, or through it when it
/// [forwards][NetworkNamespace#forward]. A packet that is larger than the device's MTU arrives in
/// fragments, and fragments are not answered. An answer is sent no earlier than its delay after its
/// request was read; how much later depends on the scheduler.
///
/// What happens to a request is its [Fate], computed from the seed, the destination and how many
/// requests this destination has received since [#start]. Requests under a behaviour without
/// randomness are not counted for this.
///
/// Any thread may use this class.
public final class VirtualHosts implements AutoCloseable {
  /// The number of requests that may wait in the device while the thread is busy. The kernel drops
  /// more and counts them in [Link.Counters#txDropped].
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

  /// Creates the interface `device` in `namespace`, sets it up and starts answering. The hosts have
  /// no addresses yet; see [#own].
  ///
  /// @param seed for the random decisions
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENOENT` without /dev/net/tun,
  ///   `EBUSY` if the name is taken
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
    } catch (RuntimeException
        | OutOfMemoryError e) { // the latter if no more threads can be created
      wakeUp.close();
      throw e;
    }
  }

  /// The device, to set its address (the source of requests from the namespace itself) and MTU, and
  /// to read its counters.
  public Link link() {
    return tun.link();
  }

  /// Routes `prefix` to the hosts. They answer at once unless [#behave] says otherwise.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `EEXIST` if the prefix already
  ///   has a route
  /// @throws IllegalArgumentException if `prefix` is malformed
  public VirtualHosts own(String prefix) throws IOException {
    Routes _ = namespace.routes().device(prefix, tun.link());
    return this;
  }

  /// Sets the behaviour of the hosts in `prefix`, from their next request on. For each host, its
  /// longest prefix applies.
  ///
  /// @throws IllegalArgumentException if `prefix` is malformed, or the behaviour has an address of
  ///   the other family
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

  /// The value of a counter since the start.
  public long count(HostCounter counter) {
    return responder.count(counter);
  }

  /// All counters. They are read one after the other while the thread keeps running.
  public Map<HostCounter, Long> counts() {
    Map<HostCounter, Long> counts = new EnumMap<>(HostCounter.class);
    for (HostCounter counter : HostCounter.values()) {
      counts.put(counter, count(counter));
    }
    return counts;
  }

  /// The number of delayed packets.
  public long pending() {
    return responder.pending();
  }

  /// Waits until `requests` requests have arrived since the start and nothing is pending, so that
  /// the counters are complete. An answer may arrive a moment before it is counted as sent.
  ///
  /// @return false if this did not happen within `patience`
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

  /// Stops answering and removes the device; pending packets are dropped.
  ///
  /// @throws IllegalStateException if the thread had failed, with the cause, or does not end within
  ///   five seconds
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
