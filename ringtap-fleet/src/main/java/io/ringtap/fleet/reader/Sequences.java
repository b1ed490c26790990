package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Which records of which agent's runs have been read, by their numbers: so what comes again is
/// recognised, and what does not come is missed. One thread uses it.
///
/// An agent numbers its records over all topics and partitions, and these are not read in its
/// order. So a number is missing as long as there is a higher one and it has not come. Of runs that
/// began before what was read first, nothing is known of the beginning.
final class Sequences {
  private static final int FORMAT = 1;
  private static final long KEPT_MILLIS = 9L * 24 * 3600 * 1000; // longer than the topics keep it

  /// More runs than a fleet has in that time; the one that was heard of least lately goes.
  private static final int MOST_RUNS = 20_000;

  private record Run(String site, String agent, long run) {}

  private static final class Numbers {
    private NumberSet seen = new NumberSet();
    private long base; // up to here it is not known what there was
    private long seenBefore; // how many of them were seen nevertheless
    private long highest;
    private long heardMillis;

    long missing() {
      return highest - base - (seen.size() - seenBefore);
    }
  }

  /// What is not there of an agent.
  ///
  /// @param missing numbers that have not come
  /// @param gone numbers of which the agent said that it had no room for their records
  record Losses(long missing, long gone) {}

  private final Map<Run, Numbers> runs = new HashMap<>();
  private final Map<String, Long> gone = new HashMap<>(); // by site and agent

  Sequences() {}

  private Numbers numbers(Origin origin, long nowMillis) {
    Run run = new Run(origin.site(), origin.agent(), origin.run());
    Numbers numbers = runs.computeIfAbsent(run, _ -> new Numbers());
    numbers.heardMillis = nowMillis;
    if (runs.size() > MOST_RUNS) {
      runs.entrySet().stream()
          .min((a, b) -> Long.compare(a.getValue().heardMillis, b.getValue().heardMillis))
          .ifPresent(oldest -> runs.remove(oldest.getKey()));
    }
    return numbers;
  }

  /// Takes note of a record.
  ///
  /// @return false if it has been read before
  boolean isNew(Origin origin, long nowMillis) {
    Numbers numbers = numbers(origin, nowMillis);
    numbers.highest = Math.max(numbers.highest, origin.sequence());
    boolean isNew = numbers.seen.add(origin.sequence());
    if (isNew && origin.sequence() <= numbers.base) {
      numbers.seenBefore++;
    }
    return isNew;
  }

  /// Takes note of records that will not come.
  ///
  /// @return how many; 0 if that was known
  long takeGap(GapRecord gap, long nowMillis) {
    Origin origin = gap.origin();
    Numbers numbers = numbers(origin, nowMillis);
    long more = 0;
    if (origin.sequence() <= numbers.base) {
      more = numbers.seen.addRange(origin.sequence(), Math.min(gap.last(), numbers.base));
      numbers.seenBefore += more;
    }
    if (gap.last() > numbers.base) {
      more += numbers.seen.addRange(Math.max(origin.sequence(), numbers.base + 1), gap.last());
    }
    numbers.highest = Math.max(numbers.highest, gap.last());
    gone.merge(agent(origin.site(), origin.agent()), more, Sequences::sum);
    return more;
  }

  /// What has come up to here is the beginning of what is read: of runs that are older, what has
  /// not come is not missed.
  ///
  /// @param fromMillis when what is read begins
  void beginHere(long fromMillis) {
    runs.forEach((run, numbers) -> {
      if (run.run < fromMillis) {
        numbers.base = numbers.highest;
        numbers.seenBefore = numbers.seen.size();
      }
    });
  }

  /// The sum of two counts. Anybody may have written their numbers, so it stops at the largest.
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static String agent(String site, String agent) {
    return site + "/" + agent;
  }

  /// What is not there of each agent, which is called `site/agent`.
  void losses(BiConsumer<String, Losses> consumer) {
    Map<String, Long> missing = new TreeMap<>();
    runs.forEach((run, numbers) ->
        missing.merge(agent(run.site, run.agent), numbers.missing(), Sequences::sum));
    missing.forEach(
        (agent, count) -> consumer.accept(agent, new Losses(count, gone.getOrDefault(agent, 0L))));
  }

  /// Forgets runs that have been silent for so long that nothing of them comes any more.
  void forgetOld(long nowMillis) {
    runs.values().removeIf(numbers -> nowMillis - numbers.heardMillis > KEPT_MILLIS);
  }

  /// All of it, for [#read].
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeInt(runs.size());
      for (Map.Entry<Run, Numbers> each : runs.entrySet()) {
        Run run = each.getKey();
        Numbers numbers = each.getValue();
        out.writeUTF(run.site);
        out.writeUTF(run.agent);
        out.writeLong(run.run);
        out.writeLong(numbers.base);
        out.writeLong(numbers.seenBefore);
        out.writeLong(numbers.highest);
        out.writeLong(numbers.heardMillis);
        numbers.seen.write(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not refuse
    }
    return bytes.toByteArray();
  }

  /// What [#bytes] gave.
  ///
  /// @throws IOException if it is something else
  static Sequences read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != FORMAT) {
      throw new IOException("what has been read of the fleet stands in the store in another form");
    }
    Sequences sequences = new Sequences();
    for (int left = in.readInt(); left > 0; left--) {
      Run run = new Run(in.readUTF(), in.readUTF(), in.readLong());
      Numbers numbers = new Numbers();
      numbers.base = in.readLong();
      numbers.seenBefore = in.readLong();
      numbers.highest = in.readLong();
      numbers.heardMillis = in.readLong();
      numbers.seen = NumberSet.read(in);
      sequences.runs.put(run, numbers);
    }
    return sequences;
  }
}
