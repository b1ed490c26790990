package io.ringtap.ping;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.ping.engine.Engine;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.ping.engine.socket.HeaderCheck;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Sends ICMP echo requests to any number of targets and measures their replies, on two threads.
///
/// ```java
/// try (Pinger pinger = Pinger.open()) {
///   PingSummary summary = pinger.ping(PingRequest.to("example.net")).join();
///   System.out.println(summary.rtt().median() + " ns");
/// }
/// ```
///
/// One request is [pinged][#ping], a list of them [all together][#pingAll], and a range of any size
/// [swept][#sweep]; each with a listener that hears of every probe, or without. All give a [Ping],
/// which is a future and can be stopped, withdrawn or cancelled.
///
/// Any number of threads may share a pinger. Its sockets belong to the network namespace of the
/// thread that opened it.
public final class Pinger implements AutoCloseable {
  private final Engine engine;
  private final Transport transport;
  private final Completions completions;
  private final WatchedOutcome watched = new WatchedOutcome(); // the receiving thread's

  private Pinger(Engine engine, Transport transport, PingerOptions options) {
    this.engine = engine;
    this.transport = transport;
    this.completions = new Completions(options.executor());
  }

  /// Opens a pinger with default options.
  ///
  /// @throws IOException as [#open(PingerOptions)]
  public static Pinger open() throws IOException {
    return open(PingerOptions.DEFAULT);
  }

  /// Opens a pinger and starts its threads.
  ///
  /// @throws LinuxException if the kernel refuses the sockets; it names the call, the error and
  ///   what to grant
  /// @throws IOException if the system's limits cannot be read
  public static Pinger open(PingerOptions options) throws IOException {
    return switch (options.transport()) {
      case RAW -> openRaw(options);
      case DATAGRAM -> openDatagram(options);
      case AUTO -> {
        try {
          yield openRaw(options);
        } catch (LinuxException e) {
          if (!e.errno().equals(Errno.EPERM) || options.replies() == ReplySource.TAP) {
            throw e;
          }
          yield openDatagram(options);
        }
      }
    };
  }

  private static Pinger openRaw(PingerOptions options) throws IOException {
    Engine engine =
        switch (options.replies()) {
          case HOST -> Engine.openRaw(options.maxInFlight(), options.pace(), options.identifier());
          case TAP -> Engine.openTap(options.maxInFlight(), options.pace(), options.identifier());
        };
    return new Pinger(engine, Transport.RAW, options);
  }

  private static Pinger openDatagram(PingerOptions options) throws IOException {
    Engine engine =
        Engine.openDatagram(options.maxInFlight(), options.pace(), options.identifier());
    return new Pinger(engine, Transport.DATAGRAM, options);
  }

  /// Returns if the kernel can send probes as these options ask for. Without asking, each probe of
  /// a request with a source that is not this host's, say, ends as [PingOutcome.NotSent].
  ///
  /// The calling thread is to be in the pinger's network namespace, as the one that opened it is.
  ///
  /// @throws LinuxException if the [source][PingOptions#source] is not an address of this host
  ///   (`EADDRNOTAVAIL`), or if the [mark][PingOptions#mark] is not permitted (`EPERM`)
  public static void check(PingOptions options) throws LinuxException {
    HeaderCheck.require(options.form().header());
  }

  /// Pings a target.
  ///
  /// @throws RejectedExecutionException if as many requests are running as the pinger has room for
  /// @throws IllegalStateException if the pinger is closed
  public Ping<PingSummary> ping(PingRequest request) {
    return start(request, null);
  }

  /// Pings a target and reports to a listener what becomes of each probe.
  ///
  /// @throws RejectedExecutionException if as many requests are running as the pinger has room for
  /// @throws IllegalStateException if the pinger is closed
  public Ping<PingSummary> ping(PingRequest request, PingListener listener) {
    return start(request, listener);
  }

  /// Pings a target for as long as is wanted, and lends a watcher what becomes of each probe.
  /// Nothing is kept and nothing is made for a probe, so it may go on for years, and there may be
  /// as many of them as the pinger has room for.
  ///
  /// @return how many probes the kernel took, once it has ended
  /// @throws RejectedExecutionException if as many requests are running as the pinger has room for
  /// @throws IllegalStateException if the pinger is closed
  public Ping<Long> watch(PingRequest request, ProbeWatcher watcher) {
    requireOpen();
    return begin(
        new Ping<>(
            engine,
            completions,
            running -> new WatchedProbes(request, watcher, watched, running).series()));
  }

  private Ping<PingSummary> start(PingRequest request, @Nullable PingListener listener) {
    requireOpen();
    return begin(new Ping<>(engine, completions, running -> series(request, listener, running)));
  }

  private <T> Ping<T> begin(Ping<T> ping) {
    if (!ping.begin()) {
      throw new RejectedExecutionException(
          engine.capacity()
              + " requests are running, as many as this pinger has room for; wait for one to end,"
              + " or use pingAll or sweep");
    }
    return ping;
  }

  private static ProbeSeries series(
      PingRequest request, @Nullable PingListener listener, Ping<PingSummary> ping) {
    ListenerGuard guard = listener == null ? null : new ListenerGuard(listener, ping::fail);
    return new PingProgress(request, guard, ping::end).series();
  }

  /// Pings many targets. There may be more of them than the pinger has room for.
  ///
  /// @return their summaries in the order of the requests
  /// @throws IllegalStateException if the pinger is closed
  public Ping<List<PingSummary>> pingAll(Collection<PingRequest> requests) {
    return drawAll(requests, null);
  }

  /// Pings many targets and reports to a listener what becomes of each probe. There may be more of
  /// them than the pinger has room for.
  ///
  /// @return their summaries in the order of the requests
  /// @throws IllegalStateException if the pinger is closed
  public Ping<List<PingSummary>> pingAll(Collection<PingRequest> requests, PingListener listener) {
    return drawAll(requests, listener);
  }

  private Ping<List<PingSummary>> drawAll(
      Collection<PingRequest> requests, @Nullable PingListener listener) {
    List<PingRequest> all = List.copyOf(requests);
    return draw(all.iterator(), listener, new RequestSource.InOrder(all));
  }

  /// Pings what an iterator yields, and adds up. Requests are drawn as there is room for them: a
  /// range of any size costs no more than what runs of it.
  ///
  /// The iterator is called on the sending thread, and holds up all requests while it blocks. One
  /// that throws, whatever it throws, has ended; the future then fails with that, once all drawn
  /// before has ended.
  ///
  /// @throws IllegalStateException if the pinger is closed
  public Ping<PingTotals> sweep(Iterator<PingRequest> requests) {
    return draw(requests, null, new RequestSource.Added());
  }

  /// Pings what an iterator yields, as [#sweep(Iterator)] does, and reports to a listener what
  /// becomes of each probe.
  ///
  /// @throws IllegalStateException if the pinger is closed
  public Ping<PingTotals> sweep(Iterator<PingRequest> requests, PingListener listener) {
    return draw(requests, listener, new RequestSource.Added());
  }

  private <T> Ping<T> draw(
      Iterator<PingRequest> requests,
      @Nullable PingListener listener,
      RequestSource.Results<T> results) {
    requireOpen();
    Ping<T> ping =
        new Ping<>(
            engine,
            completions,
            running -> new RequestSource<>(requests, listener, results, running));
    boolean _ = ping.begin(); // a source waits for room
    return ping;
  }

  private void requireOpen() {
    if (engine.isClosed()) {
      Throwable failure = engine.failure();
      throw new IllegalStateException(
          failure == null ? "the pinger is closed" : Ping.FAILED, failure);
    }
  }

  /// Lets all requests send no more, and draws none from iterators. They end when what is in flight
  /// is decided; new ones end at once, without a probe.
  public void stop() {
    engine.stopAll();
  }

  /// Requests that have not ended.
  public int pending() {
    return engine.pending();
  }

  /// The kind of sockets in use: [Transport#RAW] or [Transport#DATAGRAM].
  public Transport transport() {
    return transport;
  }

  /// What the pinger has counted since it was opened. Any thread may ask; the counts go on while
  /// they are read, so they are not of exactly one instant.
  public PingerCounters counters() {
    return PingerCounters.of(engine.counters());
  }

  /// Ends all requests at once, whatever the network does, and waits for the pinger's threads:
  /// probes in flight end as [PingOutcome.Withdrawn], and every future has its result when this
  /// returns. What depends on a future may still be running; it is not waited for, so it may close
  /// the pinger too. An [executor][PingerOptions#executor] that gets to nothing for two seconds is
  /// not waited for either.
  ///
  /// Closing twice is harmless. From a listener it returns without waiting.
  @Override
  public void close() {
    engine.close();
    completions.await();
  }
}
