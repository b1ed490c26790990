package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.ProbeRecord;
import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.ResultRecord;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.collect.SiteCounts;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.target.TargetKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Takes in the records of all topics, one by one, and says what has become of each. Nothing that
/// stands in a record can stop it. One thread uses it.
final class Intake {
  /// More sites than a fleet has.
  private static final int MOST_SITES = 1_000;

  private static final long CLOCK_MILLIS = 30_000; // a clock that is further off is told of

  private final Topics topics;
  private final Accounts accounts;
  private final Complaints complaints;
  private final SiteList sites;
  private final Matrix matrix;
  private final Sequences sequences;
  private final SiteCounts counts;
  private final WindowBuffer buffer;
  private final EventFeed events;
  private final InstantSource clock;
  private boolean isLive;

  Intake(
      Topics topics,
      Accounts accounts,
      Complaints complaints,
      SiteList sites,
      Matrix matrix,
      Sequences sequences,
      SiteCounts counts,
      WindowBuffer buffer,
      EventFeed events,
      InstantSource clock) {
    this.topics = topics;
    this.accounts = accounts;
    this.complaints = complaints;
    this.sites = sites;
    this.matrix = matrix;
    this.sequences = sequences;
    this.counts = counts;
    this.buffer = buffer;
    this.events = events;
    this.clock = clock;
  }

  /// From now on what comes has just been written.
  void beLive() {
    isLive = true;
    events.beginNews();
  }

  /// Takes in a record.
  void take(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    boolean isAccounted = topic.equals(topics.results()) || topic.equals(topics.events());
    Fate fate;
    if (topic.equals(topics.results())) {
      fate = check(record, ResultRecord.read(record.value()), value -> takeResult(record, value));
    } else if (topic.equals(topics.events())) {
      fate = check(record, EventRecord.read(record.value()), value -> takeEvent(record, value));
    } else if (record.value() == null) {
      fate = takeDeletion(record);
    } else if (topic.equals(topics.agents())) {
      fate = check(record, AgentRecord.read(record.value()), value -> takeAgent(record, value));
    } else {
      fate = check(record, TargetRecord.read(record.value()), value -> takeTarget(record, value));
    }
    if (isAccounted || fate != null) {
      accounts.read();
    }
    if (fate != null) {
      accounts.end(fate, 1);
    }
  }

  /// What has become of a record.
  private interface Taking<T> {
    /// @return null if that is not known yet, or is no account's matter
    @Nullable Fate take(T value);
  }

  private <T> @Nullable Fate check(
      ConsumerRecord<byte[], byte[]> record, Reading<T> reading, Taking<T> taking) {
    return switch (reading) {
      case Reading.Valid<T>(T value) -> taking.take(value);
      case Reading.Newer<T>(int schema) -> {
        complaints.sayOnce(
            "newer " + record.topic() + schema,
            "%s: a record of schema %d, which this version does not read; such are counted"
                .formatted(where(record), schema));
        yield Fate.NEWER;
      }
      case Reading.Invalid<T>(String why) -> invalid(record, why);
    };
  }

  private Fate invalid(ConsumerRecord<byte[], byte[]> record, String why) {
    complaints.say("invalid " + record.topic(), where(record) + ": not read: " + why);
    return Fate.INVALID;
  }

  private static String where(ConsumerRecord<byte[], byte[]> record) {
    return "%s, partition %d, offset %d"
        .formatted(record.topic(), record.partition(), record.offset());
  }

  private static String agent(Origin origin) {
    return origin.site() + "/" + origin.agent();
  }

  private @Nullable Fate takeResult(ConsumerRecord<byte[], byte[]> record, ResultRecord result) {
    Origin origin = result.origin();
    if (result instanceof GapRecord gap) {
      long gone = sequences.takeGap(gap, clock.millis());
      if (gone > 0) {
        complaints.say(
            "gap " + agent(origin),
            "%s had no room for %d records, numbers %d to %d: what they said is lost"
                .formatted(agent(origin), gone, origin.sequence(), gap.last()));
      }
      return gone > 0 ? Fate.GAP : Fate.REPEATED;
    }
    if (!sequences.isNew(origin, clock.millis())) {
      return Fate.REPEATED;
    }
    return switch (result) {
      case WindowRecord window -> takeWindow(record, window);
      case ProbeRecord _ -> Fate.PROBE;
      case GapRecord _ -> Fate.GAP; // above
    };
  }

  private @Nullable Fate takeWindow(ConsumerRecord<byte[], byte[]> record, WindowRecord window) {
    Target target = find(window.target(), window.origin());
    if (target == null) {
      return invalid(record, "of one more target or site than one monitor is made for");
    }
    if (window.address() != null) {
      counts.address(target, window.address());
    }
    counts.report(target, window.window());
    if (buffer.add(target.id(), window.window())) {
      accounts.late();
    }
    TargetRecord known = matrix.record(target.key());
    events.look(
        target, window.origin(), window.window(), known == null ? List.of() : known.rules());
    return null;
  }

  private Fate takeEvent(ConsumerRecord<byte[], byte[]> record, EventRecord event) {
    if (!sequences.isNew(event.origin(), clock.millis())) {
      return Fate.REPEATED;
    }
    Target target = find(event.target(), event.origin());
    if (target == null) {
      return invalid(record, "of one more target or site than one monitor is made for");
    }
    events.take(event, target, record.partition(), record.offset());
    return Fate.EVENT;
  }

  private @Nullable Target find(TargetKey key, Origin origin) {
    if (!addSite(origin.site())) {
      return null;
    }
    return matrix.find(new TargetKey(key.group(), key.host(), key.family(), origin.site()));
  }

  /// @return false if there are too many
  private boolean addSite(String site) {
    if (sites.all().contains(site)) {
      return true;
    }
    if (sites.all().size() >= MOST_SITES) {
      return false;
    }
    sites.add(site);
    matrix.addSite(site);
    return true;
  }

  private @Nullable Fate takeAgent(ConsumerRecord<byte[], byte[]> record, AgentRecord agent) {
    long now = clock.millis();
    if (!sites.isForgotten(record.timestamp(), now)) {
      if (!addSite(agent.origin().site())) {
        return invalid(record, "of one more site than one monitor is made for");
      }
      sites.heard(agent, System.nanoTime());
    }
    long ahead = agent.epochMillis() - now;
    if (isLive && Math.abs(ahead) > CLOCK_MILLIS) {
      complaints.say(
          "clock " + agent(agent.origin()),
          "%s: its clock is %d s %s that of this machine, and its windows are where its clock says"
              .formatted(
                  agent(agent.origin()),
                  Math.abs(ahead) / 1_000,
                  ahead < 0 ? "behind" : "ahead of"));
    }
    return null;
  }

  private @Nullable Fate takeTarget(ConsumerRecord<byte[], byte[]> record, TargetRecord target) {
    if (!Arrays.equals(record.key(), target.key())) {
      return invalid(record, "its key is not that of its target");
    }
    if (!matrix.put(target)) {
      return invalid(record, "of one more target than one monitor is made for");
    }
    return null;
  }

  private @Nullable Fate takeDeletion(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.targets()) && record.key() != null) {
      matrix.remove(new String(record.key(), StandardCharsets.UTF_8));
    }
    return null;
  }
}
