package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A target's window as one agent saw it. Site, target, start, agent and run say which one it is:
/// the same one delivered again adds nothing. When a target goes from one agent of a site to
/// another, both have a part of the site's window, and the parts add up.
///
/// @param address what was pinged; null if that was not known
public record WindowRecord(
    Origin origin, TargetKey target, @Nullable IpAddress address, Window window)
    implements ResultRecord {
  static final String KIND = "window";

  private static final int MOST_BUCKETS = 2_048; // of all that there are
  private static final long MOST_OUTCOMES = 1L << 40;
  private static final long LATEST_SECONDS = Origin.LATEST_MILLIS / 1_000;
  private static final long LONGEST_NANOS = 1L << 50; // thirteen days
  private static final int HIGHEST_BUCKET = LatencyHistogram.bucket(LONGEST_NANOS);

  @Override
  public byte[] key() {
    return Keys.bytes(target.toString());
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          origin.write(json);
          Keys.write(json, target);
          if (address != null) {
            json.writeStringProperty("address", address.toString());
          }
          json.writeNumberProperty("start_s", window.startSeconds());
          json.writeNumberProperty("seconds", window.seconds());
          if (window.hopLimit() != 0) {
            json.writeNumberProperty("hop_limit", window.hopLimit());
          }
          write(json, window.counts());
          if (window.rtt().count() > 0) {
            write(json, window.rtt());
          }
        });
  }

  /// How an outcome is called in `counts`.
  public static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonGenerator json, OutcomeCounts counts) {
    json.writeObjectPropertyStart("counts");
    for (Outcome outcome : Outcome.values()) {
      if (counts.get(outcome) != 0) {
        json.writeNumberProperty(word(outcome), counts.get(outcome));
      }
    }
    json.writeEndObject();
  }

  /// Buckets as pairs of number and count in one list, by rising numbers.
  private static void write(JsonGenerator json, LatencyHistogram rtt) {
    json.writeObjectPropertyStart("rtt");
    json.writeNumberProperty("sum_ns", rtt.sum());
    json.writeNumberProperty("min_ns", rtt.min());
    json.writeNumberProperty("max_ns", rtt.max());
    json.writeArrayPropertyStart("buckets");
    for (int i = 0; i < rtt.buckets(); i++) {
      json.writeNumber(rtt.bucketAt(i));
      json.writeNumber(rtt.countAt(i));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static WindowRecord read(Fields fields) throws Malformed {
    long start = fields.number("start_s", 0, LATEST_SECONDS);
    int seconds = (int) fields.number("seconds", Window.BASE_SECONDS, Window.BASE_SECONDS);
    if (start % seconds != 0) {
      throw new Malformed("start_s is " + start + ", no multiple of " + seconds);
    }
    OutcomeCounts counts = counts(fields.object("counts"));
    LatencyHistogram rtt = fields.has("rtt") ? rtt(fields.object("rtt")) : new LatencyHistogram();
    if (rtt.count() != counts.get(Outcome.REPLY)) {
      throw new Malformed(
          "rtt has %d times for %d replies".formatted(rtt.count(), counts.get(Outcome.REPLY)));
    }
    int hopLimit = (int) fields.number("hop_limit", 0, 255, 0);
    String address = fields.textIfAny("address", 64);
    return new WindowRecord(
        Origin.read(fields),
        Keys.read(fields),
        address == null ? null : IpAddress.parse(address),
        new Window(start, seconds, counts, rtt, hopLimit));
  }

  private static OutcomeCounts counts(Fields fields) throws Malformed {
    OutcomeCounts counts = new OutcomeCounts();
    for (Outcome outcome : Outcome.values()) {
      counts.add(outcome, fields.number(word(outcome), 0, MOST_OUTCOMES, 0));
    }
    return counts;
  }

  private static LatencyHistogram rtt(Fields fields) throws Malformed {
    LatencyHistogram rtt = new LatencyHistogram();
    long[] pairs = fields.numbers("buckets", 2 * MOST_BUCKETS, 0, MOST_OUTCOMES);
    if (pairs.length % 2 != 0) {
      throw new Malformed("buckets has a number without a count");
    }
    long before = -1;
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i] <= before || pairs[i] > HIGHEST_BUCKET || pairs[i + 1] == 0) {
        throw new Malformed("buckets is not in order, or not possible");
      }
      before = pairs[i];
      rtt.restoreBucket((int) pairs[i], pairs[i + 1]);
    }
    long min = fields.number("min_ns", 0, LONGEST_NANOS);
    long max = fields.number("max_ns", min, LONGEST_NANOS);
    long sum = fields.number("sum_ns", 0, Long.MAX_VALUE);
    if (pairs.length == 0
        || LatencyHistogram.bucket(min) != rtt.bucketAt(0)
        || LatencyHistogram.bucket(max) != rtt.bucketAt(rtt.buckets() - 1)
        || sum / rtt.count() < min
        || sum / rtt.count() > max) {
      throw new Malformed("rtt does not agree with its buckets");
    }
    rtt.restore(sum, min, max);
    return rtt;
  }
}
