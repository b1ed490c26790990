package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.SitesMonitor;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.event.OpenEvents;
import io.ringtap.monitor.event.SiteEvents;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// Reads a fleet's topics into a [SitesMonitor], on a thread of its own.
///
/// What it has read and up to where stands in the monitor's history: once a minute all that waits
/// is written, and then both are kept together. After a crash the history is taken back to that
/// point, and what came after it is read again: so each window is in the history once.
final class Reader implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.ringtap.fleet.reader");
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LOADING = Duration.ofSeconds(30);
  private static final Duration LAST = Duration.ofSeconds(15);
  private static final long PAUSE_MILLIS = 2_000;
  private static final int FEW = 1_000; // records at once: there are no more at present
  private static final int MOST_POLLED = 5_000; // records at once

  /// How far back it begins where no folder keeps the history: memory has room for hours.
  private static final Duration MEMORY = Duration.ofHours(6);

  private final InstantSource clock = InstantSource.system();
  private final ReaderSetup setup;
  private final Topics topics;
  private final Consumer<Throwable> onFailure;
  private final Accounts accounts = new Accounts();
  private final SiteList sites = new SiteList();
  private final Feed feed;
  private final SitesMonitor monitor;
  private final Progress progress;
  private final Matrix matrix;
  private final SiteEvents events;
  private final AlertDuty duty;
  private final EventFeed eventFeed;
  private final Intake intake;
  private final Writing writing;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("ringtap-reader").unstarted(this::run);
  private volatile Set<String> living = Set.of();
  private volatile String extent = "";
  private final Instant began = clock.instant();
  private boolean hasCaughtUp;
  private long housekeepingNanos;

  /// Connects, reads who is watched, and starts.
  static Reader start(ReaderSetup setup, EventListener events, Consumer<Throwable> onFailure)
      throws IOException, InterruptedException {
    Feed feed = Feed.open(setup.connection(), setup.topics(), pollRecords(setup));
    try {
      Reader reader = new Reader(setup, feed, events, onFailure);
      try {
        reader.begin();
      } catch (IOException | RuntimeException | Error e) {
        reader.monitor.close();
        throw e;
      }
      return reader;
    } catch (KafkaException e) {
      feed.close();
      throw setup.connection().explain(e, AclOperation.READ, setup.topics().results());
    } catch (IOException | RuntimeException | Error e) {
      feed.close();
      throw e;
    }
  }

  /// What one poll gives is a small part of what may wait.
  private static int pollRecords(ReaderSetup setup) {
    return Math.clamp(setup.mostWaiting() / 4, 1, MOST_POLLED);
  }

  private Reader(
      ReaderSetup setup, Feed feed, EventListener listener, Consumer<Throwable> onFailure)
      throws IOException {
    this.setup = setup;
    this.topics = setup.topics();
    this.feed = feed;
    this.onFailure = onFailure;
    monitor =
        SitesMonitor.open(
            setup.monitor(),
            new SitesMonitor.Source(this::downAfter, this::openEvents, accounts::all),
            listener);
    try {
      progress = Progress.read(monitor.reports().marks());
    } catch (IOException e) {
      monitor.close();
      throw e;
    }
    WindowBuffer buffer = new WindowBuffer(monitor.reports(), progress.front());
    writing =
        new Writing(
            monitor,
            feed,
            progress,
            buffer,
            accounts,
            clock,
            setup.mostWaiting() - pollRecords(setup)); // room for one poll more
    matrix = new Matrix(monitor.ids(), monitor.counts(), this::onGone);
    events = new SiteEvents(monitor.openBefore(), this::watching);
    duty = new AlertDuty(setup.connection(), topics, monitor.delivery(), monitor::delivers);
    eventFeed = new EventFeed(monitor, events, progress.claims(), duty);
    intake =
        new Intake(
            topics,
            accounts,
            new Complaints(System::nanoTime),
            sites,
            matrix,
            progress.sequences(),
            monitor.counts(),
            buffer,
            eventFeed,
            clock);
    accounts.register(monitor.figures());
    monitor
        .figures()
        .gauge(
            "ringtap_reader_sites_living",
            "Sites with an agent that has been heard of lately.",
            () -> living.size());
    monitor
        .figures()
        .gauge(
            "ringtap_reader_alert_partitions",
            "Partitions of events that this of several readers delivers.",
            duty::partitions);
  }

  private int downAfter(Target target) {
    return matrix.downAfter(target);
  }

  private OpenEvents openEvents() {
    return events.open();
  }

  private int watching(TargetKey key) {
    return matrix.watching(key, living);
  }

  private void onGone(Target target) {
    eventFeed.forget(target, TimeUnit.MILLISECONDS.toNanos(clock.millis()));
  }

  private void begin() throws IOException {
    feed.addWhole(topics.targets());
    feed.addWhole(topics.agents());
    long start = System.nanoTime();
    while (!feed.isAtEnds()) {
      take(feed.poll(POLL));
      if (System.nanoTime() - start > LOADING.toNanos()) {
        throw new IOException(
            "the targets in topic %s cannot be read: no broker has answered for %d s"
                .formatted(topics.targets(), LOADING.toSeconds()));
      }
    }
    for (Event open : events.open().all()) {
      if (!matrix.isWatched(open.target())) {
        onGone(open.target());
      }
    }
    boolean isKept = setup.monitor().config().store().folder() != null;
    feed.add(topics.results(), progress.positions(), isKept ? null : began.minus(MEMORY));
    feed.add(topics.events(), progress.positions(), null);
    keepHouse();
    monitor.start();
    thread.start();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      intake.take(record);
    }
    for (TopicPartition partition : records.partitions()) {
      if (partition.topic().equals(topics.events())) {
        long last = records.records(partition).getLast().offset();
        duty.readUpTo(partition.partition(), last + 1);
      }
    }
  }

  private void run() {
    try {
      while (isOpen()) {
        read();
      }
      writing.end(System.nanoTime() + LAST.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "reading has failed: a fault of ours, please report it", e);
      onFailure.accept(e);
    } finally {
      feed.close(); // its consumer belongs to one thread
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  private void read() throws InterruptedException {
    int count = 0;
    try {
      ConsumerRecords<byte[], byte[]> records = feed.poll(POLL);
      count = records.count();
      take(records);
      catchUp();
      if (System.nanoTime() - housekeepingNanos > TimeUnit.SECONDS.toNanos(5)) {
        feed.look();
        keepHouse();
      }
    } catch (KafkaException e) {
      String why =
          String.valueOf(
              setup.connection().explain(e, AclOperation.READ, topics.results()).getMessage());
      LOG.log(Level.WARNING, "nothing is read: " + why);
      boolean _ = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    // While the history cannot be written, what is read waits in the topics.
    while (!writing.write(count < FEW) && isOpen()) {
      boolean _ = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void catchUp() {
    if (!hasCaughtUp && feed.isAtEnds()) {
      hasCaughtUp = true;
      if (progress.isNone()) {
        progress.sequences().beginHere(began.minus(MEMORY).toEpochMilli());
      }
      intake.beLive();
      duty.start();
    }
  }

  /// What is to be looked at every few seconds.
  private void keepHouse() {
    housekeepingNanos = System.nanoTime();
    living = sites.living(System.nanoTime());
    int targets = matrix.targets();
    extent =
        "%d target%s at %d site%s"
            .formatted(
                targets,
                targets == 1 ? "" : "s",
                sites.all().size(),
                sites.all().size() == 1 ? "" : "s");
    accounts.lag(feed.lag());
    long[] sums = new long[2];
    progress
        .sequences()
        .losses((_, losses) -> {
          sums[0] = Sequences.sum(sums[0], losses.missing());
          sums[1] = Sequences.sum(sums[1], losses.gone());
        });
    accounts.losses(sums[0], sums[1]);
  }

  SitesMonitor monitor() {
    return monitor;
  }

  /// How many targets are watched from how many sites, in words.
  String extent() {
    return extent;
  }

  /// Ends in order: what has been read is written, and up to where.
  @Override
  public void close() {
    closing.countDown();
    duty.close();
    try {
      thread.join(LAST.multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    monitor.close();
  }
}
