package io.ringtap.monitor.target;

import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.TargetSource;
import io.ringtap.monitor.target.Roster.Listing;
import io.ringtap.monitor.target.SourceReader.Reading;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Who is watched: what the sources of all groups come to, where that is, and what changes of it.
/// The listener hears it on a thread of the inventory's own; files, servers and names are waited
/// for on others, so that none of them keeps anybody from anything.
public final class Inventory implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.ringtap.monitor");
  private static final long FILE_PERIOD = TimeUnit.SECONDS.toNanos(2);

  /// @param written what stands in the configuration; null if it is to be read
  /// @param source what is to be read; null if it stands in the configuration
  private record Source(@Nullable Listed written, @Nullable WatchedSource source) {
    List<Listed> listed() {
      return written != null ? List.of(written) : source != null ? source.listed : List.of();
    }
  }

  private record Group(GroupConfig config, List<Source> sources) {}

  private final Agenda agenda;
  private final Executor waiting;
  private final Roster roster;
  private final Map<TargetSource, WatchedSource> sources = new LinkedHashMap<>();
  private List<Group> groups = List.of();
  private volatile int size;
  private final AtomicLong failures = new AtomicLong();
  private volatile List<SourceStatus> statuses = List.of();

  /// An empty one, which begins by [#update].
  public Inventory(TargetIds ids, InventoryListener listener) {
    this(
        new Agenda(System::nanoTime),
        new SystemNames(),
        task -> Thread.ofVirtual().name("ringtap-inventory-waiting").start(task),
        ids,
        listener);
    agenda.start("ringtap-inventory");
  }

  /// @param waiting runs what waits for files, servers and names
  Inventory(
      Agenda agenda,
      NameService service,
      Executor waiting,
      TargetIds ids,
      InventoryListener listener) {
    this.agenda = agenda;
    this.waiting = waiting;
    this.roster = new Roster(ids, listener, new Names(agenda, service, waiting, listener));
  }

  /// Watches what these groups say from now on, instead of what was said before, and reads all
  /// files and asks all servers. Returns at once: the listener hears what that changes.
  ///
  /// @throws IllegalArgumentException if something in them is no target, or they have too many;
  ///   nothing is changed then. The message is one line
  public void update(List<GroupConfig> newGroups) {
    Map<TargetSource.Written, Listed> written = new HashMap<>();
    long total = 0;
    for (GroupConfig group : newGroups) {
      for (TargetSource source : group.sources()) {
        if (source instanceof TargetSource.Written entry) {
          Listed listed = parse(group, entry);
          written.put(entry, listed);
          total = plus(total, listed.target().size());
        }
      }
    }
    if (total > MonitorConfig.MOST_TARGETS) {
      throw new IllegalArgumentException(tooMany(total));
    }
    agenda.run(() -> take(newGroups, written));
  }

  /// Waits until what [#update] was called for so far has been done, as far as nothing is to be
  /// read for it.
  ///
  /// @return whether that was so within `patience`; false too if this is closed meanwhile
  public boolean awaitUpdates(Duration patience) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    agenda.run(done::countDown);
    return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Listed parse(GroupConfig group, TargetSource.Written entry) {
    try {
      return Listed.parse(entry.text(), entry.name(), entry.labels());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("group " + group.name() + ": " + e.getMessage(), e);
    }
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static String tooMany(long total) {
    return total + " targets; at most " + MonitorConfig.MOST_TARGETS + " can be watched";
  }

  /// How many targets there are now.
  public int size() {
    return size;
  }

  /// How often a source could not be read, since the beginning.
  public long failures() {
    return failures.get();
  }

  /// How each source that is read again and again fares.
  public List<SourceStatus> sources() {
    return statuses;
  }

  private void take(List<GroupConfig> newGroups, Map<TargetSource.Written, Listed> written) {
    Map<TargetSource, WatchedSource> before = new HashMap<>(sources);
    sources.clear();
    groups =
        newGroups.stream()
            .map(config ->
                new Group(
                    config,
                    config.sources().stream().map(each -> source(each, written, before)).toList()))
            .toList();
    before.values().forEach(source -> source.isGone = true);
    reconcile();
    for (WatchedSource source : List.copyOf(sources.values())) {
      source.isForced = true;
      read(source);
    }
  }

  private Source source(
      TargetSource source,
      Map<TargetSource.Written, Listed> written,
      Map<TargetSource, WatchedSource> before) {
    if (source instanceof TargetSource.Written) {
      return new Source(written.get(source), null);
    }
    WatchedSource same = sources.get(source);
    if (same == null) {
      same = before.remove(source);
    }
    if (same == null) {
      same = WatchedSource.of(source, FILE_PERIOD);
    }
    sources.put(source, same);
    return new Source(null, same);
  }

  /// Reads a source elsewhere, and again when its time comes.
  private void read(WatchedSource source) {
    if (source.isGone || source.isBusy) {
      return; // one that is busy is read once more if that was asked for
    }
    source.isBusy = true;
    boolean isForced = source.isForced;
    source.isForced = false;
    waiting.execute(() -> {
      Reading reading = null;
      try {
        reading = source.reader.read(isForced);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        Reading done = reading;
        agenda.run(() -> hasRead(source, done));
      }
    });
  }

  private void hasRead(WatchedSource source, @Nullable Reading reading) {
    source.isBusy = false;
    boolean isFirst = !source.isRead;
    source.isRead = true;
    if (source.isGone) {
      return;
    }
    if (reading != null) {
      List<String> problems = new ArrayList<>(reading.problems());
      int failed = reading.failures() + (accept(source, reading.listed(), problems) ? 0 : 1);
      tell(source, problems, failed);
    }
    if (reading != null || isFirst) {
      reconcile();
    }
    if (source.isForced) {
      read(source);
    } else {
      awaitNext(source);
    }
  }

  /// After this period it is read, unless it was meanwhile.
  private void awaitNext(WatchedSource source) {
    long turn = ++source.turn;
    agenda.runAfter(
        source.periodNanos,
        () -> {
          if (source.turn == turn) {
            read(source);
          }
        });
  }

  /// @param problems takes one more if it is refused
  private boolean accept(WatchedSource source, List<Listed> listed, List<String> problems) {
    List<Listed> before = source.listed;
    source.listed = listed;
    long total = 0;
    for (Group group : groups) {
      for (Source each : group.sources) {
        for (Listed one : each.listed()) {
          total = plus(total, one.target().size());
        }
      }
    }
    if (total > MonitorConfig.MOST_TARGETS) {
      source.listed = before;
      problems.add(source.text + ": with it there would be " + tooMany(total));
    }
    return total <= MonitorConfig.MOST_TARGETS;
  }

  private void tell(WatchedSource source, List<String> problems, int newFailures) {
    source.failures += newFailures;
    failures.addAndGet(newFailures);
    for (String problem : problems) {
      // What stays wrong is said once.
      if (!source.problems.contains(problem)) {
        LOG.log(Level.WARNING, problem + "; what it listed before stays");
      }
    }
    source.problems = List.copyOf(problems);
  }

  /// Watches what all sources list now.
  private void reconcile() {
    List<Listing> listings =
        groups.stream()
            .map(group ->
                new Listing(
                    group.config,
                    group.sources.stream().flatMap(each -> each.listed().stream()).toList()))
            .toList();
    // What a source that has not been read yet may list goes on until then.
    roster.become(listings, sources.values().stream().allMatch(source -> source.isRead));
    size = roster.size();
    statuses = sources.values().stream().map(WatchedSource::status).toList();
  }

  /// Tells the listener no more, and waits until it has heard the last.
  @Override
  public void close() {
    agenda.close();
  }
}
