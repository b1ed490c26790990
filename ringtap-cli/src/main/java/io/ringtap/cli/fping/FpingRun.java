package io.ringtap.cli.fping;

import io.ringtap.cli.run.Ticker;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PathMtu;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run: probes all targets, shows what becomes of them, and ends in order.
///
/// What happens comes from the pinger's threads, from the clock of [Waiting], from that of `-Q` and
/// from SIGQUIT; each of them has the lock while it counts and prints.
final class FpingRun implements PingListener {
  private static final int LEAST_IN_FLIGHT = 1 << 16;
  private static final int MOST_IN_FLIGHT = 1 << 21;

  private final Settings settings;
  private final Hosts hosts;
  private final Streams streams;
  private final int unknown;
  private final long begin;
  private final Scores scores;
  private final Times times;
  private final Report report;
  private final Waiting waiting = new Waiting(this::onWaited);
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Scores standing; // of the time since the last report
  private @Nullable NetdataReport netdata;
  private boolean isSwept;
  private boolean isOver;
  private int settled; // targets of which nothing more is awaited, where there is no series
  private int alive;
  private long timeouts;
  private long received;
  private long others;
  private long least;
  private long most;
  private long sum;
  private long replies;

  /// @param unknown names that had no address
  /// @param begin when the program began, of the monotonic clock
  FpingRun(Settings settings, Hosts hosts, Streams streams, int unknown, long begin) {
    this.settings = settings;
    this.hosts = hosts;
    this.streams = streams;
    this.unknown = unknown;
    this.begin = begin;
    scores = new Scores(hosts.size(), settings.isAnsweredOnce());
    times = new Times(hosts.size(), settings.isEveryTimeShown ? settings.count : 0);
    report =
        settings.isJson
            ? new JsonReport(settings, hosts, scores, streams)
            : new PlainReport(settings, hosts, scores, streams);
    if (settings.reportEvery > 0 && settings.isSeries()) {
      standing =
          settings.isCumulative ? scores : new Scores(hosts.size(), settings.isAnsweredOnce());
      netdata = settings.isNetdata ? new NetdataReport(settings, hosts, streams) : null;
    }
  }

  /// Probes all targets.
  ///
  /// @return the exit code
  /// @throws Refusal if there are no sockets to be had
  int run() throws Refusal, InterruptedException {
    try (Pinger pinger = open()) {
      Ping<PingTotals> sweep = pinger.sweep(new Requests(), this);
      CompletableFuture<?> _ = sweep.whenComplete((_, _) -> swept());
      try (Ticker _ = ticker()) {
        over.await();
      }
      return conclude(sweep, pinger);
    }
  }

  /// Ends it, with what is known by now.
  void end() {
    over.countDown();
  }

  private Pinger open() throws Refusal {
    try {
      return Pinger.open(
          PingerOptions.DEFAULT
              .withRate(0)
              .withMaxInFlight(maxInFlight())
              .withExecutor(Runnable::run)); // what is done then is brief
    } catch (IOException e) {
      throw Refusal.withText(
          Usage.name() + ": can't create socket (must run as root?)\n", ExitStatus.SYSTEM);
    }
  }

  /// A power of two with room for all targets, and for what is in flight of them.
  private int maxInFlight() {
    long probes = settings.isSeries() ? 1 + settings.timeout / period() : 1;
    int slots = LEAST_IN_FLIGHT;
    while (slots < probes * hosts.size() && slots < MOST_IN_FLIGHT) {
      slots *= 2;
    }
    return slots;
  }

  /// From one probe of a target to its next: all others have their turn between them.
  private long period() {
    long longest = PingOptions.MAX_WAIT.toNanos();
    double turn = (double) settings.interval * hosts.size();
    return turn >= longest ? longest : Math.max(settings.period, (long) turn);
  }

  private @Nullable Ticker ticker() {
    return settings.reportEvery > 0 && settings.isSeries()
        ? new Ticker(settings.reportEvery, _ -> showInterval())
        : null;
  }

  /// The requests, made as the pinger asks for them. The first probe of each is due an interval
  /// after that of the one before it.
  private final class Requests implements Iterator<PingRequest> {
    private final long begun = System.nanoTime();
    private final PingOptions ipv4 = options(settings.source4);
    private final PingOptions ipv6 = options(settings.source6);
    private int next;

    private PingOptions options(@Nullable IpAddress source) {
      PingOptions options =
          PingOptions.DEFAULT
              .withTimeout(Duration.ofNanos(settings.timeout))
              .withInterval(Duration.ofNanos(period()))
              .withPayloadBytes(settings.payloadBytes)
              .withHopLimit(settings.hopLimit)
              .withTrafficClass(settings.trafficClass)
              .withSource(source)
              .withInterfaceIndex(settings.interfaceIndex)
              .withMark(settings.mark)
              .withPathMtu(settings.isDontFragment ? PathMtu.DO : PathMtu.SYSTEM)
              .withAnySource(!settings.isSourceChecked);
      if (settings.isRandom) {
        options = options.withRandomPayload();
      }
      if (settings.isIcmpTimestamp) {
        options = options.withTimestampRequest();
      }
      return settings.isSeries()
          ? options.withCount(settings.count)
          : options.withRetries(settings.retries, settings.backoff);
    }

    @Override
    public boolean hasNext() {
      return next < hosts.size();
    }

    @Override
    public PingRequest next() {
      int host = next++;
      PingOptions options = hosts.address(host).isIpv6() ? ipv6 : ipv4;
      if (settings.interval > 0 && host > 0) {
        double due = (double) settings.interval * host - (System.nanoTime() - begun);
        long longest = PingOptions.MAX_WAIT.toNanos();
        long delay = due >= longest ? longest : Math.max(0, (long) due);
        options = options.withStartDelay(Duration.ofNanos(delay));
      }
      return hosts.request(host, options);
    }
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (isOver) {
      return;
    }
    int host = hosts.indexOf(request);
    // These two first: the switch below costs the JVM more to prepare than a short run has.
    if (outcome instanceof PingOutcome.Reply reply) {
      answered(host, reply.sequence(), reply.arrival());
    } else if (outcome instanceof PingOutcome.TimedOut lost) {
      lost(host, lost.sequence(), lost.epochNanos());
    } else {
      other(host, request, outcome);
    }
  }

  private void other(int host, PingRequest request, PingOutcome outcome) {
    switch (outcome) {
      case PingOutcome.Reply reply -> answered(host, reply.sequence(), reply.arrival());
      // It is a reply all the same, and has come.
      case PingOutcome.Corrupted reply -> answered(host, reply.sequence(), reply.arrival());
      case PingOutcome.TimedOut lost -> lost(host, lost.sequence(), lost.epochNanos());
      case PingOutcome.Dropped lost -> lost(host, lost.sequence(), lost.epochNanos());
      case PingOutcome.ReplyFromElsewhere reply -> {
        received++;
        await(host, reply);
      }
      case PingOutcome.IcmpError error -> {
        refused(host, error);
        await(host, error);
      }
      case PingOutcome.LateError error -> refused(host, error);
      case PingOutcome.Notice notice -> refused(host, notice);
      case PingOutcome.LateReply reply -> late(host, reply.sequence(), reply.arrival());
      case PingOutcome.Duplicate reply -> again(host, reply.sequence(), reply.arrival());
      case PingOutcome.FurtherReply reply -> again(host, reply.sequence(), reply.arrival());
      case PingOutcome.NotSent unsent -> unsent(host, request, unsent.errno().description());
      case PingOutcome.Unroutable unsent -> unsent(host, request, unsent.errno().description());
      case PingOutcome.Withdrawn _ -> {} // nobody knows what would have become of it
    }
  }

  private void answered(int host, long sequence, Arrival arrival) {
    received++;
    if (!settings.isSeries() && scores.received(host) > 0) {
      duplicate(host, arrival);
      return;
    }
    counted(host, sequence, arrival);
  }

  private void counted(int host, long sequence, Arrival arrival) {
    long rtt = arrival.rttNanos();
    least = replies == 0 ? rtt : Math.min(least, rtt);
    most = Math.max(most, rtt);
    sum += rtt;
    replies++;
    scores.received(host, rtt);
    Scores interval = standing;
    if (interval != null && interval != scores) {
      interval.received(host, rtt);
    }
    times.received(host, sequence - 1, rtt);
    boolean isFirst = scores.received(host) == 1;
    if (settings.isEachShown || (isFirst && settings.lines.isAliveShown())) {
      report.onReply(host, sequence - 1, arrival);
    }
    if (isFirst) {
      alive++;
      settle();
      if (settings.isEndedEarly && alive >= settings.leastReachable) {
        isOver = true;
        over.countDown();
      }
    }
  }

  private void lost(int host, long sequence, long epochNanos) {
    timeouts++;
    scores.lost(host);
    Scores interval = standing;
    if (interval != null && interval != scores) {
      interval.lost(host);
    }
    if (settings.isEachShown) {
      report.onTimeout(host, sequence - 1, epochNanos);
    }
    if (sequence > settings.retries && scores.received(host) == 0) {
      settle();
    }
  }

  /// Nothing more is awaited of a target that gets retries.
  private void settle() {
    settled++;
    if (!settings.isSeries() && settled == hosts.size()) {
      over.countDown();
    }
  }

  /// An ICMP message about a probe, which goes on.
  private void refused(int host, PingOutcome.Refusal error) {
    others++;
    if (!settings.isQuiet) {
      streams.err(
          IcmpNames.line(
                  hosts.address(host).isIpv6(),
                  error.type(),
                  error.code(),
                  error.from(),
                  hosts.appendLabel(new StringBuilder(), host))
              + '\n');
    }
  }

  /// Waits for the rest of a probe's time: a reply may still come.
  private void await(int host, PingOutcome.Answered answer) {
    waiting.add(host, answer.sequence(), timeout(answer.sequence()) - answer.rttNanos());
  }

  private void onWaited(int host, long sequence, long epochNanos) {
    synchronized (this) {
      if (!isOver && waiting.remove(host, sequence)) {
        lost(host, sequence, epochNanos);
        endIfAllHaveEnded();
      }
    }
  }

  /// How long the probe with a number, from 1, is waited for.
  private long timeout(long sequence) {
    return settings.isSeries()
        ? settings.timeout
        : (long) (settings.timeout * Math.pow(settings.backoff, sequence - 1.0));
  }

  private void late(int host, long sequence, Arrival arrival) {
    received++;
    boolean isInTime = arrival.rttNanos() <= timeout(sequence) && waiting.remove(host, sequence);
    // A retry is waited for longer, and so are then the replies to those before it.
    boolean isInTimeOfRetry =
        !settings.isSeries()
            && scores.received(host) == 0
            && arrival.rttNanos() <= timeout(1L + scores.decided(host));
    if (isInTime || isInTimeOfRetry) {
      counted(host, sequence, arrival);
      endIfAllHaveEnded();
    }
  }

  private void again(int host, long sequence, Arrival arrival) {
    received++;
    if (waiting.remove(host, sequence) || settings.isEndless) {
      counted(host, sequence, arrival);
      endIfAllHaveEnded();
    } else if (!settings.isSeries()) {
      duplicate(host, arrival);
    }
  }

  /// All tries at a target have the number 0.
  private void duplicate(int host, Arrival arrival) {
    if (report instanceof PlainReport plain) {
      plain.onDuplicate(host, 0, arrival);
    }
  }

  private void unsent(int host, PingRequest request, String reason) {
    boolean isFirst = scores.decided(host) == 0;
    scores.lost(host);
    Scores interval = standing;
    if (interval != null && interval != scores) {
      interval.lost(host);
    }
    if (isFirst && settings.lines == Settings.Lines.ALL && !settings.isQuiet) {
      StringBuilder text = hosts.appendLabel(new StringBuilder(), hosts.indexOf(request));
      text.append(": error while sending ping: ").append(Character.toUpperCase(reason.charAt(0)));
      streams.err(text.append(reason, 1, reason.length()).append('\n'));
    }
    if (isFirst) {
      settle(); // fping does not try again
    }
  }

  private synchronized void swept() {
    isSwept = true;
    endIfAllHaveEnded();
  }

  private void endIfAllHaveEnded() {
    if (isSwept && waiting.isEmpty()) {
      over.countDown();
    }
  }

  private synchronized void showInterval() {
    Scores interval = standing;
    if (isOver || interval == null) {
      return;
    }
    if (netdata != null) {
      netdata.onStanding(interval);
      interval.reset();
    } else {
      show(interval);
    }
  }

  /// Shows how all targets stand, on SIGQUIT.
  synchronized void showStanding() {
    if (isOver) {
      return;
    }
    Scores interval = standing;
    if (interval != null) {
      show(interval);
    } else {
      show(scores);
      standing =
          settings.isCumulative ? scores : new Scores(hosts.size(), settings.isAnsweredOnce());
    }
  }

  private void show(Scores interval) {
    report.onStanding(interval, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    if (interval != scores) {
      interval.reset();
    }
  }

  /// Shows the end.
  ///
  /// @return the exit code
  private int conclude(Ping<PingTotals> sweep, Pinger pinger) {
    synchronized (this) {
      isOver = true;
    }
    waiting.close();
    sweep.withdraw();
    pinger.close();
    report.onEnd(times);
    if (settings.isStatistics) {
      report.onTotals(totals(sweep.join().counts()));
    }
    if (settings.leastReachable > 0) {
      streams.out(
          (alive >= settings.leastReachable ? "Enough" : "Not enough")
              + " hosts reachable (required: "
              + settings.leastReachable
              + ", reachable: "
              + alive
              + ")\n");
    }
    streams.drain();
    return exitCode();
  }

  private Totals totals(PingCounts counts) {
    Totals.Rtt rtt = new Totals.Rtt(least, replies == 0 ? 0 : sum / replies, most);
    return new Totals(
        hosts.size(),
        alive,
        unknown,
        timeouts,
        counts.sent() + counts.unsent(),
        received,
        others,
        rtt,
        System.nanoTime() - begin);
  }

  /// The code that the run has come to by now.
  synchronized int exitCode() {
    if (settings.leastReachable > 0) {
      return alive >= settings.leastReachable ? ExitStatus.OK : ExitStatus.UNREACHABLE;
    }
    if (unknown > 0) {
      return ExitStatus.NAME_NOT_FOUND;
    }
    return alive == hosts.size() ? ExitStatus.OK : ExitStatus.UNREACHABLE;
  }
}
