package io.ringtap.trace;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.RttRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Adds up what becomes of the probes to one target. Makes no object for a probe, once a hop and
/// its responders are known.
final class TraceTally {
  /// How a probe without an answer ends.
  enum Fate {
    LOST,
    DROPPED,
    WITHDRAWN,
    UNSENT
  }

  private static final int UNKNOWN = 256; // beyond all hop limits

  private static final class ResponderTally {
    private final JudgedAnswer latest = new JudgedAnswer();
    private long answers;
    private long paths; // a bit for each

    void add(JudgedAnswer judged) {
      answers++;
      paths |= 1L << judged.path;
      latest.copy(judged);
    }

    boolean isFrom(JudgedAnswer judged) {
      return latest.answer.fromHigh == judged.answer.fromHigh
          && latest.answer.fromLow == judged.answer.fromLow;
    }

    TraceReport.Responder report() {
      Set<Integer> set = new TreeSet<>();
      for (int path = 0; path < Long.SIZE; path++) {
        if ((paths >>> path & 1) != 0) {
          set.add(path);
        }
      }
      return new TraceReport.Responder(
          latest.answer.from(), answers, Collections.unmodifiableSet(set), latest.toOutcome());
    }
  }

  /// How probes have ended.
  private static final class Sums {
    private long answered;
    private long lost;
    private long dropped;
    private long withdrawn;
    private long unsent;

    void add(Fate fate) {
      switch (fate) {
        case LOST -> lost++;
        case DROPPED -> dropped++;
        case WITHDRAWN -> withdrawn++;
        case UNSENT -> unsent++;
      }
    }

    void add(Sums other) {
      answered += other.answered;
      lost += other.lost;
      dropped += other.dropped;
      withdrawn += other.withdrawn;
      unsent += other.unsent;
    }

    TraceReport.Counts counts() {
      return new TraceReport.Counts(answered, lost, dropped, withdrawn, unsent);
    }
  }

  private static final class HopTally {
    private final Sums sums = new Sums();
    private final RttRecorder rtt = new RttRecorder();
    private final List<ResponderTally> responders = new ArrayList<>();
    private long lastNanos = -1;

    void add(JudgedAnswer judged) {
      sums.answered++;
      lastNanos = judged.rttNanos;
      rtt.record(judged.rttNanos);
      for (int i = 0; i < responders.size(); i++) {
        if (responders.get(i).isFrom(judged)) {
          responders.get(i).add(judged);
          return;
        }
      }
      ResponderTally responder = new ResponderTally();
      responder.add(judged);
      responders.add(responder);
    }

    TraceReport.Hop report(int hopLimit, double forwardedLoss) {
      List<TraceReport.Responder> list = new ArrayList<>();
      responders.forEach(responder -> list.add(responder.report()));
      list.sort(Comparator.comparingLong(TraceReport.Responder::answers).reversed());
      return new TraceReport.Hop(
          hopLimit, sums.counts(), List.copyOf(list), lastNanos, rtt.snapshot(), forwardedLoss);
    }
  }

  private final IpAddress target;
  private final @Nullable HopTally[] hops = new HopTally[UNKNOWN]; // by hop limit
  private final int[] ends; // by path: the hop limit that it ends at
  private boolean isReached;

  /// A tally without probes.
  ///
  /// @param paths flows to the target
  TraceTally(IpAddress target, int paths) {
    this.target = target;
    ends = new int[paths];
    Arrays.fill(ends, UNKNOWN);
  }

  /// Adds an answered probe.
  void add(JudgedAnswer judged) {
    hop(judged.hopLimit).add(judged);
    if (judged.isEnd()) {
      ends[judged.path] = Math.min(ends[judged.path], judged.hopLimit);
      isReached |= judged.isDestination;
    } else if (judged.hopLimit >= ends[judged.path]) {
      ends[judged.path] = UNKNOWN; // the way has become longer
    }
  }

  /// Adds a probe without an answer.
  void add(int hopLimit, Fate fate) {
    hop(hopLimit).sums.add(fate);
  }

  /// A probe has no way to be sent: no other of its path need be tried.
  void isWithoutRoute(int hopLimit, int path) {
    ends[path] = Math.min(ends[path], hopLimit);
  }

  private HopTally hop(int hopLimit) {
    HopTally hop = hops[hopLimit];
    if (hop == null) {
      hop = new HopTally();
      hops[hopLimit] = hop;
    }
    return hop;
  }

  /// The hop limit after which probes of a path find nothing new; 256 if that is not known.
  int end(int path) {
    return ends[path];
  }

  /// Forgets all counts, but not where paths end.
  void clear() {
    Arrays.fill(hops, null);
  }

  /// What has been added so far.
  TraceReport report() {
    int end = 0;
    for (int each : ends) {
      end = each == UNKNOWN ? end : Math.max(end, each);
    }
    int last = end == 0 ? UNKNOWN - 1 : end;
    double behind = 1;
    List<TraceReport.Hop> list = new ArrayList<>();
    for (int limit = last; limit > 0; limit--) {
      HopTally hop = hops[limit];
      if (hop != null) {
        TraceReport.Counts counts = hop.sums.counts();
        behind = Math.min(behind, counts.answered() + counts.lost() == 0 ? 1 : counts.lossRatio());
        list.add(hop.report(limit, behind));
      }
    }
    return new TraceReport(target, isReached, List.copyOf(list.reversed()), beyond(last));
  }

  private TraceReport.Counts beyond(int last) {
    Sums sums = new Sums();
    for (int limit = last + 1; limit < UNKNOWN; limit++) {
      HopTally hop = hops[limit];
      if (hop != null) {
        sums.add(hop.sums);
      }
    }
    return sums.counts();
  }
}
