package io.ringtap.sweep;

import io.ringtap.device.Link;
import io.ringtap.error.LinuxException;
import io.ringtap.send.Pace;
import io.ringtap.socket.RingLayout;
import io.ringtap.socket.RingSource;
import io.ringtap.sweep.SweepProgress.Phase;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Probes the targets of a space, one after the other, and shows which answer.
///
/// ```java
/// try (Sweep sweep = Sweep.open(targets, SweepOptions.DEFAULT)) {
///   sweep.start(answer -> IO.println(answer.address()));
///   sweep.await();
/// }
/// ```
///
/// One thread sends, another receives. Neither keeps anything of a probe: what an answer must be is
/// computed from its addresses under a key of this sweep, and the time of departure travels with
/// the probe. Answers are read from a packet socket as they come from the wire, before this host's
/// firewall; a filter in the kernel passes only what is addressed to this sweep.
///
/// A sweep opens no port and takes part in no connection. The kernel of this host, which knows
/// nothing of the probes, answers each SYN-ACK with RST and each UDP reply with an ICMP error, as
/// it would to any stray packet.
///
/// The sockets belong to the network namespace of the thread that opens the sweep. Any thread may
/// call any method; the listener is called on the receiving thread.
public final class Sweep implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int RETIRE_MILLIS = 1;

  /// The rate, in packets a second, from which on the ring is the larger one.
  private static final double HIGH_RATE = 50_000;

  /// 64 MiB outlast a pause of this process at a million answers a second by about a third of a
  /// second.
  private static final int MANY_BLOCKS = 1024;

  private static final int FEW_BLOCKS = 128;

  private final SweepTargets targets;
  private final SweepOptions options;
  private final ProbeSecret secret;
  private final SweepTally tally = new SweepTally();
  private final Arena arena = Arena.ofShared();
  private final AnsweredSet answered;
  private final @Nullable ProbePath ipv4Path;
  private final @Nullable ProbePath ipv6Path;
  private @Nullable ProbeBatch ipv4;
  private @Nullable ProbeBatch ipv6;
  private final RingSource ring;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread sender;
  private volatile @Nullable Thread receiver;
  private volatile Phase phase = Phase.READY;
  private volatile boolean isStopping;
  private volatile boolean isAborted;
  private volatile long position;
  private volatile long completed;
  private volatile long shownUntilNanos;
  private volatile long startNanos;
  private volatile long endNanos;
  private @Nullable Throwable failure; // guarded by this
  private boolean isReleased; // guarded by this

  private Sweep(SweepTargets targets, SweepOptions options) throws IOException {
    this.targets = targets;
    this.options = options;
    SweepProbe.Kind kind = options.probe().kind();
    SweepOptions.Origin origin = options.origin();
    int attempts = options.schedule().attempts();
    position = Math.min(options.firstPosition(), targets.size());
    completed = position;
    secret = ProbeSecret.random(origin.firstSourcePort(), attempts);
    if (options.probe().hasPorts()) {
      SourcePorts.requireFree(kind, origin.firstSourcePort());
    }
    try {
      ipv4Path = targets.hasIpv4() ? ProbePath.of(targets, false, origin) : null;
      ipv6Path = targets.hasIpv6() ? ProbePath.of(targets, true, origin) : null;
      answered = new AnsweredSet(targets.span(), attempts, options.memoryBytes(), arena);
      ipv4 = batch(ipv4Path, false);
      ipv6 = batch(ipv6Path, true);
      ring =
          RingSource.openCooked(
              AnswerFilter.of(kind, secret.identifier(), origin.firstSourcePort()),
              new RingLayout(BLOCK_BYTES, blocks(options.schedule().pace()), RETIRE_MILLIS));
      // Otherwise the kernel would make a copy of each probe for the filter to reject.
      ring.socket().ignoreOutgoing();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      closeSenders();
      arena.close();
      throw e;
    }
  }

  /// Opens the sockets of a sweep. Nothing is sent before [#start].
  ///
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`); if there is no such interface
  ///   (`ENODEV`), no route (`ENETUNREACH`), or no answer from the router (`EHOSTUNREACH`); if the
  ///   sender that was asked for does not fit the targets (`EOPNOTSUPP`); or if a program of this
  ///   host has one of the source ports (`EADDRINUSE`)
  /// @throws IOException if the host's sockets cannot be listed
  /// @throws IllegalArgumentException if there are no targets, or they have more than
  ///   [SweepTargets#MAX_SPAN] indexes
  public static Sweep open(SweepTargets targets, SweepOptions options) throws IOException {
    if (targets.size() <= 0) {
      throw new IllegalArgumentException("there are no targets");
    }
    if (targets.span() > SweepTargets.MAX_SPAN) {
      throw new IllegalArgumentException(
          "the targets have " + targets.span() + " indexes; at most " + SweepTargets.MAX_SPAN);
    }
    return new Sweep(targets, options);
  }

  private static int blocks(Pace pace) {
    boolean isSlow = pace instanceof Pace.Packets packets && packets.perSecond() < HIGH_RATE;
    return isSlow ? FEW_BLOCKS : MANY_BLOCKS;
  }

  private @Nullable ProbeBatch batch(@Nullable ProbePath path, boolean isIpv6)
      throws LinuxException {
    if (path == null) {
      return null;
    }
    ProbeWriter writer =
        new ProbeWriter(options.probe(), secret, path.source(), options.origin().hopLimit());
    NextHop hop = path.hop();
    ProbeOutlet outlet;
    if (hop == null) {
      outlet = RawOutlet.open(isIpv6, path, writer.bytes());
    } else if (path.kind() == SenderKind.XDP) {
      outlet = XdpOutlet.open(isIpv6, hop);
    } else {
      outlet = PacketOutlet.open(isIpv6, hop, writer.bytes());
    }
    return new ProbeBatch(outlet, writer, tally, options.schedule().probes());
  }

  /// How the probes leave: never [SenderKind#AUTO]. If the families differ, that of IPv4.
  public SenderKind sender() {
    return path().kind();
  }

  /// The interface by which the probes leave; empty if the kernel's routing decides for each.
  public String interfaceName() {
    ProbePath path = path();
    NextHop hop = path.hop();
    Link link = hop == null ? path.link() : hop.link();
    return link == null ? "" : link.name();
  }

  private ProbePath path() {
    ProbePath path = ipv4Path == null ? ipv6Path : ipv4Path;
    if (path == null) {
      throw new IllegalStateException("the targets have no family");
    }
    return path;
  }

  /// Whether every duplicate is recognized. If not, only those of the latest answers are, and
  /// [SweepCounters#forgotten] says how many others there may be.
  public boolean isExact() {
    return answered.isExact();
  }

  /// Starts the threads.
  ///
  /// @throws IllegalStateException if they were started before, or the sweep is closed
  /// @throws OutOfMemoryError if the system has no room for another thread; the sweep has then
  ///   ended
  public synchronized void start(SweepListener listener) {
    if (phase != Phase.READY || isReleased) {
      throw new IllegalStateException(
          "the sweep is " + (isReleased ? "closed" : "started already"));
    }
    startNanos = System.nanoTime();
    phase = Phase.SENDING; // after the time of the start, which it makes valid
    AnswerReader.Targets known = new AnswerReader.Targets(targets, answered, tally);
    SweepReceiver receiving =
        new SweepReceiver(
            this, ring, clock -> new AnswerReader(options, secret, known, listener, clock));
    SendSchedule schedule =
        new SendSchedule(targets, answered, options.schedule(), options.firstPosition());
    SweepSender sending = new SweepSender(this, schedule, options.schedule(), ipv4, ipv6);
    Thread newReceiver =
        Thread.ofPlatform().daemon().name("ringtap-sweep-receiver").unstarted(receiving);
    Thread newSender = Thread.ofPlatform().daemon().name("ringtap-sweep-sender").unstarted(sending);
    receiver = newReceiver;
    sender = newSender;
    try {
      newReceiver.start();
      newSender.start();
    } catch (OutOfMemoryError e) { // the system has no room for another thread
      fail(e);
      end();
      throw e;
    }
  }

  /// Sends no more, waits for answers to what has been sent, and ends. Returns at once.
  public void stop() {
    isStopping = true;
  }

  /// Ends without waiting for answers. Returns at once; the listener may call it.
  public void abort() {
    isAborted = true;
    isStopping = true;
  }

  /// Waits until the sweep has ended.
  ///
  /// @throws InterruptedException if the calling thread is interrupted; the sweep goes on
  /// @throws IllegalStateException with its cause, if the listener or the targets threw; or if the
  ///   listener calls it
  public void await() throws InterruptedException {
    boolean _ = await(ChronoUnit.FOREVER.getDuration());
  }

  /// Waits until the sweep has ended, and no longer than a time.
  ///
  /// @return whether it has ended
  /// @throws InterruptedException if the calling thread is interrupted; the sweep goes on
  /// @throws IllegalStateException as [#await()]
  public boolean await(Duration atMost) throws InterruptedException {
    Thread receiving = receiver;
    if (Thread.currentThread().equals(receiving)) {
      throw new IllegalStateException("a listener cannot wait for the end of its own sweep");
    }
    if (receiving == null) {
      throw new IllegalStateException("the sweep has not been started");
    }
    // Saturates, where Duration.toNanos would throw.
    if (!ended.await(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS)) {
      return false;
    }
    receiving.join();
    Throwable thrown;
    synchronized (this) {
      thrown = failure;
    }
    if (thrown != null) {
      throw new IllegalStateException("the sweep failed: " + thrown, thrown);
    }
    return true;
  }

  /// What has been counted so far.
  public SweepCounters counters() {
    return tally.snapshot(ring.counters().dropped(), answered.forgotten());
  }

  /// How far the sweep is.
  public SweepProgress progress() {
    long decided = completed; // before the position, which is then not below it
    Phase now = phase;
    long until = now == Phase.ENDED ? endNanos : System.nanoTime();
    Duration elapsed = now == Phase.READY ? Duration.ZERO : Duration.ofNanos(until - startNanos);
    return new SweepProgress(now, targets.size(), position, decided, elapsed);
  }

  boolean isStopping() {
    return isStopping;
  }

  boolean isAborted() {
    return isAborted;
  }

  boolean isEnded() {
    return phase == Phase.ENDED;
  }

  long shownUntilNanos() {
    return shownUntilNanos;
  }

  /// Notes that all answers that had arrived by then have been shown. For the receiving thread.
  void shownUntil(long nanos) {
    shownUntilNanos = nanos;
  }

  /// Notes how far the sending thread is.
  void publish(long newPosition, long newCompleted) {
    position = newPosition;
    completed = newCompleted;
  }

  /// Notes that all has been sent.
  void beginWaiting() {
    phase = Phase.WAITING;
  }

  /// Notes that the sending thread has ended.
  void end() {
    endNanos = System.nanoTime();
    phase = Phase.ENDED;
    ended.countDown();
  }

  /// Records why a thread ended, and ends the other.
  void fail(Throwable thrown) {
    synchronized (this) {
      if (failure == null) {
        failure = thrown;
      }
    }
    abort();
  }

  /// Ends the sweep as [#abort] does, waits for its threads and closes its sockets. Closing again
  /// has no effect. The listener must call [#abort] instead.
  ///
  /// @throws IllegalStateException if the listener calls it
  @Override
  public void close() {
    if (Thread.currentThread().equals(receiver)) {
      throw new IllegalStateException("a listener cannot close its sweep; it may abort it");
    }
    abort();
    boolean wasInterrupted = join(sender);
    wasInterrupted |= join(receiver);
    release();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(@Nullable Thread thread) {
    boolean wasInterrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    return wasInterrupted;
  }

  private synchronized void release() {
    if (!isReleased) {
      isReleased = true;
      closeSenders();
      ring.close();
      arena.close();
    }
  }

  private void closeSenders() {
    ProbeBatch first = ipv4;
    ProbeBatch second = ipv6;
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }
}
