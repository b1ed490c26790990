package io.ringtap.monitor.export;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.store.History;
import io.ringtap.monitor.store.Store;
import io.ringtap.monitor.store.StoredProbe;
import io.ringtap.monitor.store.StoredTarget;
import io.ringtap.monitor.store.series.Resolution;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/// Writes the history of a folder, also while a monitor writes it. One thread uses it.
public final class Export {
  private static final long SECOND = 1_000_000_000L;

  /// In place of one that has been added since the folder was opened.
  private static final StoredTarget UNKNOWN =
      new StoredTarget(
          -1, new TargetKey("", "", AddressFamily.ANY), "", Map.of(), null, 0, 0, false);

  private final Map<Integer, StoredTarget> targets = new HashMap<>();
  private final Rows rows;

  private Export(List<StoredTarget> all, Rows rows) {
    all.forEach(target -> targets.put(target.id(), target));
    this.rows = rows;
  }

  /// The words for how finely it is exported.
  public static List<String> resolutions() {
    return Arrays.stream(Resolution.values()).map(Resolution::word).toList();
  }

  /// Writes what is asked for.
  ///
  /// @param out gets whole lines
  /// @throws IOException if the store cannot be read
  /// @throws ExportException if something is asked for that there is not
  public static void run(ExportRequest request, OutputStream out)
      throws IOException, ExportException {
    Resolution resolution = resolution(request.resolution());
    try (History history = Store.read(request.store())) {
      List<StoredTarget> all = history.targets();
      IntPredicate isWanted = choice(request, all);
      Rows rows = request.isCsv() ? new CsvRows(out) : new JsonRows(out);
      Export export = new Export(all, rows);
      if (resolution == Resolution.PROBES) {
        history.probes(nanos(request.from()), nanos(request.to()), isWanted, export::write);
      } else {
        history.windows(
            resolution,
            request.from().getEpochSecond(),
            request.to().getEpochSecond(),
            isWanted,
            export::write);
      }
    }
  }

  private static Resolution resolution(String word) throws ExportException {
    for (Resolution resolution : Resolution.values()) {
      if (resolution.word().equals(word)) {
        return resolution;
      }
    }
    throw new ExportException(
        "'%s' is no resolution: there are %s".formatted(word, String.join(", ", resolutions())));
  }

  private static IntPredicate choice(ExportRequest request, List<StoredTarget> all)
      throws ExportException {
    if (request.targets().isEmpty()) {
      return _ -> true;
    }
    BitSet chosen = new BitSet();
    for (String word : request.targets()) {
      int before = chosen.cardinality();
      for (StoredTarget target : all) {
        if (word.equals(target.key().toString())
            || word.equals(target.key().withoutSite().toString())
            || word.equals(target.key().host())
            || word.equals(target.name())) {
          chosen.set(target.id());
        }
      }
      if (chosen.cardinality() == before) {
        throw new ExportException(
            all.isEmpty()
                ? request.store() + " has no targets"
                : "no target '%s' in %s: a target is named as group/host, such as '%s'"
                    .formatted(word, request.store(), all.getFirst().key()));
      }
    }
    return chosen::get;
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
  }

  private void begin(int id, long epochNanos) {
    rows.begin();
    rows.number("ts_ns", epochNanos);
    StoredTarget target = targets.getOrDefault(id, UNKNOWN);
    AddressFamily family = target.key().family();
    rows.text("group", target.key().group());
    rows.text("host", target.key().host());
    rows.text("family", family == AddressFamily.ANY ? null : family.word());
    rows.text("site", target.key().site());
    rows.text("name", target.name());
    rows.labels("labels", target.labels());
  }

  private void write(StoredProbe probe) {
    begin(probe.targetId(), probe.epochNanos());
    rows.text("outcome", word(probe.outcome()));
    rows.number("sequence", probe.sequence());
    number("rtt_ns", probe.rttNanos(), probe.rttNanos() > 0);
    number("hop_limit", probe.hopLimit(), probe.hopLimit() > 0);
    number("icmp_type", probe.icmpType(), probe.icmpType() >= 0);
    number("icmp_code", probe.icmpCode(), probe.icmpType() >= 0);
    number("errno", probe.errno(), probe.errno() != 0);
    rows.end();
  }

  private void write(int id, Window window) {
    begin(id, window.startSeconds() * SECOND);
    rows.number("window_s", window.seconds());
    rows.number("sent", window.counts().sent());
    for (Outcome outcome : Outcome.values()) {
      rows.number(word(outcome), window.counts().get(outcome));
    }
    if (window.counts().decided() > 0) {
      rows.ratio("loss_ratio", window.counts().lossRatio());
    } else {
      rows.none("loss_ratio");
    }
    LatencyHistogram rtt = window.rtt();
    boolean hasRtt = rtt.count() > 0;
    number("rtt_min_ns", rtt.min(), hasRtt);
    number("rtt_mean_ns", hasRtt ? Math.round(rtt.mean()) : 0, hasRtt);
    number("rtt_p50_ns", rtt.quantile(0.5), hasRtt);
    number("rtt_p90_ns", rtt.quantile(0.9), hasRtt);
    number("rtt_p99_ns", rtt.quantile(0.99), hasRtt);
    number("rtt_max_ns", rtt.max(), hasRtt);
    number("rtt_sum_ns", rtt.sum(), hasRtt);
    number("hop_limit", window.hopLimit(), window.hopLimit() > 0);
    rows.pairs("rtt_buckets", new Buckets(rtt));
    rows.end();
  }

  private void number(String name, long value, boolean isThere) {
    if (isThere) {
      rows.number(name, value);
    } else {
      rows.none(name);
    }
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /// The lowest value of each bucket, and how many are in it.
  private record Buckets(LatencyHistogram rtt) implements Rows.Pairs {
    @Override
    public int count() {
      return rtt.buckets();
    }

    @Override
    public long first(int index) {
      return LatencyHistogram.lowest(rtt.bucketAt(index));
    }

    @Override
    public long second(int index) {
      return rtt.countAt(index);
    }
  }
}
