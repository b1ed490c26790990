package io.ringtap.cli.ping;

import io.ringtap.cli.ping.view.SummaryText;
import io.ringtap.cli.ping.view.Target;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the targets that are being pinged stand, for who asks while the run goes on. Any thread may
/// use it.
///
/// Of many targets that get a single probe only the totals are of interest, so those are not
/// followed; nor are more than anybody would read.
final class Standing {
  private static final int MOST_FOLLOWED = 10_000;

  /// What has been decided of one target's probes.
  private static final class Score {
    private static final int WEIGHT = 8; // of the past in the moving average, as ping has it

    private final PingRequest request;
    private long decided;
    private long received;
    private long min = Long.MAX_VALUE;
    private long max;
    private long sum;
    private double average; // exponentially weighted, moving

    private Score(PingRequest request) {
      this.request = request;
    }

    private void add(PingOutcome.Terminal outcome) {
      switch (outcome) {
        case PingOutcome.Reply reply -> {
          decided++;
          received++;
          add(reply.rttNanos());
        }
        case PingOutcome.ReplyFromElsewhere _,
            PingOutcome.Corrupted _,
            PingOutcome.IcmpError _,
            PingOutcome.TimedOut _ ->
            decided++;
        case PingOutcome.NotSent _,
            PingOutcome.Unroutable _,
            PingOutcome.Dropped _,
            PingOutcome.Withdrawn _ -> {} // say nothing about the network
      }
    }

    private void add(long rtt) {
      min = Math.min(min, rtt);
      max = Math.max(max, rtt);
      sum += rtt;
      average = received == 1 ? rtt : average + (rtt - average) / WEIGHT;
    }

    /// As ping has it.
    private String ofOne() {
      StringBuilder line = new StringBuilder();
      line.append(received).append('/').append(decided).append(" packets, ");
      loss(line).append(" loss");
      if (received > 0) {
        Figures.fixedMillis(line.append(", min/avg/ewma/max = "), min).append('/');
        Figures.fixedMillis(line, sum / (double) received).append('/');
        Figures.fixedMillis(line, average).append('/');
        Figures.fixedMillis(line, max).append(" ms");
      }
      return line.toString();
    }

    /// As fping has it.
    private String ofMany() {
      StringBuilder line = new StringBuilder(Target.labelOf(request)).append(" : xmt/rcv/%loss = ");
      loss(line.append(decided).append('/').append(received).append('/'));
      if (received > 0) {
        Figures.fixedMillis(line.append(", min/avg/max = "), min).append('/');
        Figures.fixedMillis(line, sum / (double) received).append('/');
        Figures.fixedMillis(line, max);
      }
      return line.toString();
    }

    private StringBuilder loss(StringBuilder line) {
      return decided == 0
          ? line.append('-')
          : Figures.percent(line, (decided - received) / (double) decided);
    }
  }

  private final boolean isFollowed;
  private final boolean isSingle;
  private final Map<Object, Score> running = new LinkedHashMap<>();
  private final List<PingSummary> ended = new ArrayList<>();

  /// @param isFollowed whether the targets are followed
  /// @param isSingle whether there is one target
  Standing(boolean isFollowed, boolean isSingle) {
    this.isFollowed = isFollowed;
    this.isSingle = isSingle;
  }

  void onTarget(PingRequest request) {
    if (isFollowed) {
      synchronized (this) {
        if (running.size() + ended.size() < MOST_FOLLOWED) {
          running.put(Target.keyOf(request), new Score(request));
        }
      }
    }
  }

  void onOutcome(PingRequest request, PingOutcome outcome) {
    if (isFollowed && outcome instanceof PingOutcome.Terminal decided) {
      synchronized (this) {
        Score score = running.get(Target.keyOf(request));
        if (score != null) {
          score.add(decided);
        }
      }
    }
  }

  void onSummary(PingSummary summary) {
    if (isFollowed) {
      synchronized (this) {
        if (running.remove(Target.keyOf(summary.request())) != null) {
          ended.add(summary);
        }
      }
    }
  }

  /// Prints what the run has come to, when nobody reads the output any more: the summary of each
  /// target that was followed, and the totals of many.
  void printLast(Messages messages, PingTotals totals, long elapsedNanos) {
    StringBuilder text = new StringBuilder();
    synchronized (this) {
      for (PingSummary summary : ended) {
        if (isSingle) {
          SummaryText.ofOne(text, summary, elapsedNanos);
        } else {
          int _ = SummaryText.ofMany(text, summary, 0, Integer.MAX_VALUE);
          text.append('\n');
        }
      }
    }
    if (!isSingle) {
      SummaryText.totals(text, totals, elapsedNanos);
    }
    if (!text.isEmpty()) {
      messages.line(text.toString());
    }
  }

  /// Prints a line for each target that runs and, of many, how many have ended.
  ///
  /// @param ended those that have
  void print(Messages messages, PingTotals ended) {
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      running.values().forEach(score -> lines.add(isSingle ? score.ofOne() : score.ofMany()));
    }
    if (!isSingle) {
      lines.add(
          ended.requests()
              + " targets have ended: "
              + ended.reachable()
              + " reachable, "
              + (ended.requests() - ended.reachable())
              + " not");
    }
    lines.forEach(messages::line);
  }
}
