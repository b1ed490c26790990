package io.ringtap.cli.ping;

import io.ringtap.cli.ping.view.PingView;
import io.ringtap.cli.ping.view.Target;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Failure;
import io.ringtap.cli.run.InterimReport;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.target.TargetInput;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.NetworkInterface;
import io.ringtap.ping.Ping;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.Transport;
import io.ringtap.target.TargetFile;
import io.ringtap.target.TargetSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap ping`: feeds the pinger, and ends in order, also on Ctrl-C.
///
/// Targets go to the pinger in batches of unexpanded ranges, of which few wait at a time, so that
/// memory does not grow with their number. Names go to the resolver and come back as batches of
/// their own.
final class PingRun implements PingListener, Resolver.Listener {
  private static final int BATCH = 4096; // ranges
  private static final int MAX_BATCHES = 8; // that wait at the same time
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(1);

  private final PingPlan plan;
  private final PingView view;
  private final Output out;
  private final Messages messages;
  private final StartDelays delays;
  private final Tally tally = new Tally();
  private final Standing standing;
  private final @Nullable Goals goals;
  private final long begin = System.nanoTime();

  /// The feeder itself, names that are being resolved, and batches that have not ended.
  private final AtomicInteger pending = new AtomicInteger(1);

  private final CountDownLatch allEnded = new CountDownLatch(1);
  private final Semaphore batches = new Semaphore(MAX_BATCHES);
  private volatile @Nullable Pinger pinger;
  private @Nullable Resolver resolver;
  private List<TargetSpec.Range> batch = new ArrayList<>();
  private volatile boolean isConcluded;
  private volatile @Nullable Shielding shielding;

  PingRun(PingPlan plan, PingView view, Output out, Messages messages) {
    this.plan = plan;
    this.view = view;
    this.out = out;
    this.messages = messages;
    this.delays = new StartDelays(plan.options(), plan.size(), plan.isSizeExact());
    this.standing = new Standing(plan.options().count() != 1 || plan.isSingle(), plan.isSingle());
    PingPlan.Deadline deadline = plan.deadline();
    this.goals = deadline == null || deadline.answers() == 0 ? null : new Goals(deadline.answers());
    out.lastWords(this::printLast);
  }

  /// Pings all targets.
  ///
  /// @return the exit code
  int run() throws InterruptedException {
    try (Interruption interruption = new Interruption(patienceNanos(), tally::exitCode);
        InterimReport _ = InterimReport.onQuit(() -> standing.print(messages, tally.totals()))) {
      run(interruption);
      ended();
      allEnded.await();
      int code = conclude(Long.MAX_VALUE);
      interruption.done(code);
      return code;
    }
  }

  private void run(Interruption interruption) throws InterruptedException {
    try {
      NetworkInterface shielded = plan.shielded();
      if (shielded != null) {
        shielding = Shielding.begin(shielded, messages);
      }
      Pinger opened = Pinger.open(plan.pingerOptions());
      pinger = opened;
      interruption.onSignal(() -> end(opened, interruption));
      PingPlan.Deadline deadline = plan.deadline();
      if (deadline != null) {
        Thread.ofPlatform()
            .daemon()
            .name("ringtap-deadline")
            .start(() -> endAt(deadline.after(), opened, interruption));
      }
      if (plan.pingerOptions().transport() == Transport.AUTO
          && opened.transport() == Transport.DATAGRAM) {
        messages.print(
            "raw sockets are not permitted (they need CAP_NET_RAW), so this uses datagram sockets");
      }
      warnOfStretching();
      feed(opened);
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
      tally.add(ExitCode.SYSTEM);
    }
  }

  /// Says so when the limit of rate does not allow the interval.
  private void warnOfStretching() {
    double rate = plan.pingerOptions().rate();
    double wanted = plan.size() * 1e9 / plan.options().interval().toNanos();
    if (plan.options().count() != 1 && plan.size() > 1 && rate > 0 && wanted > rate) {
      messages.print(
          plan.size()
              + " targets at this interval want more probes a second than --rate allows ("
              + Math.round(rate)
              + "): the interval will be longer");
    }
  }

  private void feed(Pinger opened) throws InterruptedException {
    for (TargetSpec spec : plan.specs()) {
      feed(opened, spec);
    }
    flush(opened);
    for (String file : plan.files()) {
      try (TargetFile targets = TargetInput.open(file, plan.parser(), this::onBadTarget)) {
        for (TargetSpec spec = targets.next(); spec != null; spec = targets.next()) {
          feed(opened, spec);
          if (targets.mayBlock()) {
            flush(opened);
          }
        }
      } catch (IOException e) {
        messages.print(file + ": " + Failure.reason(e));
        tally.add(ExitCode.SYSTEM);
      }
      flush(opened);
    }
  }

  private void feed(Pinger opened, TargetSpec spec) throws InterruptedException {
    switch (spec) {
      case TargetSpec.Name(String name) -> {
        pending.incrementAndGet();
        resolver().resolve(name);
      }
      case TargetSpec.Range range -> {
        batch.add(range);
        if (batch.size() == BATCH) {
          flush(opened);
        }
      }
    }
  }

  private void flush(Pinger opened) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<TargetSpec.Range> full = batch;
    batch = new ArrayList<>();
    batches.acquire();
    pending.incrementAndGet();
    start(opened, new Requests(full, delays, this::onTarget), batches::release);
  }

  /// Starts requests that count as one in [#pending].
  private void start(Pinger opened, Iterator<PingRequest> requests, Runnable onEnd) {
    Goals ends = goals;
    if (ends == null) {
      CompletableFuture<?> _ = sweep(opened, requests, onEnd);
      return;
    }
    synchronized (ends) { // for the delays, which otherwise are of one thread
      while (requests.hasNext()) {
        PingRequest request = requests.next();
        pending.incrementAndGet();
        if (sweep(opened, List.of(request).iterator(), () -> {}) instanceof Ping<?> ping) {
          ends.onStart(request, ping);
        }
      }
    }
    onEnd.run();
    ended();
  }

  private CompletableFuture<?> sweep(
      Pinger opened, Iterator<PingRequest> requests, Runnable onEnd) {
    CompletableFuture<?> totals;
    try {
      totals = opened.sweep(requests, this);
    } catch (IllegalStateException e) {
      // Closed: the run was stopped while this target was looked up or read.
      totals = CompletableFuture.completedFuture(null);
    }
    CompletableFuture<?> _ =
        totals.whenComplete((_, failure) -> {
          if (failure != null) {
            messages.print(String.valueOf(failure.getMessage()));
            tally.add(ExitCode.SYSTEM);
          }
          onEnd.run();
          ended();
        });
    return totals;
  }

  private Resolver resolver() {
    Resolver known = resolver;
    if (known == null) {
      known = new Resolver(plan.family(), plan.isEveryAddress(), this);
      resolver = known;
    }
    return known;
  }

  @Override
  public void onResolved(String name, List<PingRequest> requests) {
    Pinger opened = pinger;
    if (opened == null) {
      ended();
      return;
    }
    start(opened, requests.stream().map(request -> prepared(name, request)).iterator(), () -> {});
  }

  private PingRequest prepared(String name, PingRequest resolved) {
    PingRequest request = resolved.with(delays.next()).withAttachment(Target.named(name));
    onTarget(request);
    return request;
  }

  private void onTarget(PingRequest request) {
    standing.onTarget(request);
    view.onTarget(request);
  }

  @Override
  public void onFailed(String name, String problem) {
    messages.print(problem);
    tally.add(ExitCode.NAME_NOT_FOUND);
    ended();
  }

  private void onBadTarget(String message) {
    messages.print(message);
    tally.add(ExitCode.BAD_ARGUMENTS);
  }

  private void ended() {
    if (pending.decrementAndGet() == 0) {
      allEnded.countDown();
    }
  }

  @Override
  public void onOutcome(PingRequest request, PingOutcome outcome) {
    if (outcome instanceof PingOutcome.NotSent unsent) {
      tally.add(unsent);
    }
    if (goals != null) {
      goals.onOutcome(request, outcome);
    }
    standing.onOutcome(request, outcome);
    view.onOutcome(request, outcome);
  }

  @Override
  public void onSummary(PingSummary summary) {
    standing.onSummary(summary);
    if (plan.isSingle() || summary.counts().sent() + summary.counts().unsent() > 0) {
      tally.add(summary);
      if (goals != null && goals.isMissed(summary)) {
        tally.add(ExitCode.UNREACHABLE);
      }
      view.onSummary(summary);
    }
    // else the run was stopped before its turn came: there is nothing to say about it
  }

  /// The code of what has failed so far, whatever the targets answer.
  int failure() {
    return tally.failure();
  }

  /// On a signal: waits for what is in flight, but not long, and not for names or files.
  private void end(Pinger opened, Interruption interruption) {
    opened.stop();
    try {
      waitForRequests(opened, grace());
      interruption.done(conclude(LONGEST_GRACE.toNanos()));
    } catch (InterruptedException e) {
      interruption.done(tally.exitCode());
    }
  }

  /// Ends at a deadline, whatever is in flight or still to be read.
  private void endAt(Duration deadline, Pinger opened, Interruption interruption) {
    try {
      if (!allEnded.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        opened.close();
        int code = conclude(LONGEST_GRACE.toNanos());
        interruption.done(code);
        Runtime.getRuntime().exit(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Even if the reader of the output has stalled and everything waits for it.
  private long patienceNanos() {
    return grace().plus(LONGEST_GRACE.multipliedBy(2)).toNanos();
  }

  private Duration grace() {
    Duration timeout = plan.options().timeout();
    return timeout.compareTo(LONGEST_GRACE) < 0 ? timeout : LONGEST_GRACE;
  }

  /// Waits until no request runs. Names may still be being resolved: nobody waits for them.
  private static void waitForRequests(Pinger opened, Duration grace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    while (opened.pending() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  /// When the reader of the output has gone: what is in flight is not waited for.
  private void printLast() {
    Pinger opened = pinger;
    if (opened != null) {
      opened.close();
    }
    standing.printLast(messages, tally.totals(), System.nanoTime() - begin);
  }

  /// Closes the pinger and shows the end, unless that has been done.
  ///
  /// @param patienceNanos how long to wait for the reader of the output
  /// @return the exit code
  private int conclude(long patienceNanos) throws InterruptedException {
    synchronized (this) {
      if (!isConcluded) {
        Pinger opened = pinger;
        if (opened != null) {
          opened.close();
        }
        view.onEnd(tally.totals(), System.nanoTime() - begin);
        Shielding ended = shielding;
        if (ended != null) {
          ended.close();
        }
        isConcluded = true;
      }
    }
    out.drain(patienceNanos);
    return tally.exitCode();
  }
}
