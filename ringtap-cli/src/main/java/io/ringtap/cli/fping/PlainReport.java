package io.ringtap.cli.fping;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/// The lines that people and programs know from fping.
final class PlainReport implements Report {
  private static final int DIGITS_OF_COUNT = 7;
  private static final int DIGITS_OF_SECONDS = 12;
  private static final int DECIMALS = 3;

  private final Settings settings;
  private final Hosts hosts;
  private final Scores scores;
  private final Streams streams;
  private final StringBuilder text = new StringBuilder();

  PlainReport(Settings settings, Hosts hosts, Scores scores, Streams streams) {
    this.settings = settings;
    this.hosts = hosts;
    this.scores = scores;
    this.streams = streams;
  }

  @Override
  public void onReply(int host, long index, Arrival arrival) {
    text.setLength(0);
    if (settings.isEachShown) {
      stamp(arrival.epochNanos());
      hosts.appendPadded(text, host).append(" : [").append(index).append("], ");
      text.append(settings.replyBytes()).append(" bytes, ");
      Milliseconds.append(text, arrival.rttNanos()).append(" ms");
      share(host);
    } else {
      hosts.appendLabel(text, host);
      if (settings.lines == Settings.Lines.ALL) {
        text.append(" is alive");
      }
    }
    elsewhere(host, arrival.from());
    timestamps(arrival);
    if (settings.isTosShown) {
      field("TOS", arrival.trafficClass(), arrival.trafficClass() >= 0);
    }
    if (settings.isTtlShown) {
      field("TTL", arrival.hopLimit(), arrival.hopLimit() > 0);
    }
    if (settings.isElapsedShown && !settings.isEachShown) {
      Milliseconds.append(text.append(" ("), arrival.rttNanos()).append(" ms)");
    }
    streams.out(text.append('\n'));
  }

  private void field(String name, int value, boolean isKnown) {
    text.append(" (").append(name).append(' ');
    (isKnown ? text.append(value) : text.append("unknown")).append(')');
  }

  private void timestamps(Arrival arrival) {
    PingOutcome.Timestamps times = arrival.timestamps();
    if (times == null) {
      return;
    }
    text.append(settings.lines == Settings.Lines.ALIVE ? "" : ",")
        .append(" timestamps: Originate=");
    text.append(Integer.toUnsignedString(times.originate())).append(" Receive=");
    text.append(Integer.toUnsignedString(times.receive())).append(" Transmit=");
    text.append(Integer.toUnsignedString(times.transmit())).append(" Localreceive=");
    text.append(Stamps.millisOfDay(arrival.epochNanos()));
  }

  /// Where a reply came from another address. This is on standard error, in the middle of a line of
  /// standard output, because that is where readers of both find it.
  private void elsewhere(int host, IpAddress from) {
    if (!from.equals(hosts.address(host))) {
      streams.err(" [<- " + from + ']');
    }
  }

  @Override
  public void onTimeout(int host, long index, long epochNanos) {
    text.setLength(0);
    stamp(epochNanos);
    hosts.appendPadded(text, host).append(" : [").append(index).append("], timed out");
    share(host);
    streams.out(text.append('\n'));
  }

  private void stamp(long epochNanos) {
    if (settings.isStamped) {
      text.append('[');
      Stamps.append(text, settings.timeFormat, epochNanos).append("] ");
    }
  }

  private void share(int host) {
    text.append(" (");
    if (scores.received(host) == 0) {
      text.append("NaN");
    } else {
      Milliseconds.append(text, scores.mean(host));
    }
    text.append(" avg, ").append(scores.lossPercent(host)).append("% loss)");
  }

  /// One more reply to a probe that has been answered.
  void onDuplicate(int host, long index, Arrival arrival) {
    text.setLength(0);
    hosts.appendLabel(text, host).append(" : duplicate for [").append(index).append("], ");
    text.append(settings.replyBytes()).append(" bytes, ");
    Milliseconds.append(text, arrival.rttNanos()).append(" ms");
    if (!arrival.from().equals(hosts.address(host))) {
      text.append(" [<- ").append(arrival.from()).append(']');
    }
    streams.err(text.append('\n'));
  }

  @Override
  public void onStanding(Scores standing, long epochNanos) {
    blankLine();
    LocalTime time =
        LocalTime.ofInstant(Instant.ofEpochSecond(0, epochNanos), ZoneId.systemDefault());
    text.setLength(0);
    pair(text.append('['), time.getHour()).append(':');
    pair(text, time.getMinute()).append(':');
    streams.gather(false, pair(text, time.getSecond()).append("]\n"));
    for (int host = 0; host < hosts.size(); host++) {
      sums(host, standing);
    }
    streams.drain();
  }

  private static StringBuilder pair(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /// Parts the lines of probes from what stands below them.
  private void blankLine() {
    if (settings.isEachShown || settings.lines == Settings.Lines.ALL) {
      streams.gather(false, "\n");
    }
  }

  @Override
  public void onEnd(Times times) {
    if (!settings.isSeries()) {
      unreachable();
      return;
    }
    blankLine();
    for (int host = 0; host < hosts.size(); host++) {
      if (times.isKept()) {
        all(host, times);
      } else {
        sums(host, scores);
      }
    }
  }

  private void unreachable() {
    boolean isAll = settings.lines == Settings.Lines.ALL;
    if (!isAll && settings.lines != Settings.Lines.UNREACHABLE) {
      return;
    }
    for (int host = 0; host < hosts.size(); host++) {
      if (scores.received(host) == 0) {
        text.setLength(0);
        hosts.appendLabel(text, host).append(isAll ? " is unreachable\n" : "\n");
        streams.gather(true, text);
      }
    }
  }

  private void all(int host, Times times) {
    text.setLength(0);
    hosts.appendPadded(text, host).append(" :");
    for (int index = 0; index < scores.decided(host); index++) {
      long time = times.of(host, index);
      text.append(' ');
      if (time == Times.NONE) {
        text.append('-');
      } else {
        Milliseconds.append(text, time);
      }
    }
    streams.gather(false, text.append('\n'));
  }

  private void sums(int host, Scores of) {
    text.setLength(0);
    hosts.appendPadded(text, host).append(" : xmt/rcv/%loss = ").append(of.decided(host));
    text.append('/').append(of.received(host));
    text.append('/').append(of.lossPercent(host)).append('%');
    if (settings.isOutageShown) {
      text.append(", outage(ms) = ").append(Milliseconds.outage(settings, of.unanswered(host)));
    }
    if (of.received(host) > 0) {
      Milliseconds.append(text.append(", min/avg/max = "), of.least(host)).append('/');
      Milliseconds.append(text, of.mean(host)).append('/');
      Milliseconds.append(text, of.most(host));
    }
    streams.gather(false, text.append('\n'));
  }

  @Override
  public void onTotals(Totals totals) {
    text.setLength(0);
    text.append('\n');
    count(totals.targets(), "targets");
    count(totals.alive(), "alive");
    count(totals.unreachable(), "unreachable");
    count(totals.unknown(), "unknown addresses");
    text.append('\n');
    count(totals.timeouts(), "timeouts (waiting for response)");
    count(totals.sent(), "ICMP Echos sent");
    count(totals.received(), "ICMP Echo Replies received");
    count(totals.others(), "other ICMP received");
    text.append('\n');
    time(totals.rtt().least(), "min");
    time(totals.rtt().mean(), "avg");
    time(totals.rtt().most(), "max");
    StringBuilder seconds = Figures.seconds(new StringBuilder(), totals.elapsedNanos(), DECIMALS);
    text.append(' ').repeat(' ', Math.max(0, DIGITS_OF_SECONDS - seconds.length()));
    streams.gather(false, text.append(seconds).append(" sec (elapsed real time)\n\n"));
  }

  private void count(long count, String of) {
    String digits = Long.toString(count);
    text.append(' ').repeat(' ', Math.max(0, DIGITS_OF_COUNT - digits.length()));
    text.append(digits).append(' ').append(of).append('\n');
  }

  private void time(long nanos, String which) {
    Milliseconds.append(text.append(' '), nanos).append(" ms (");
    text.append(which).append(" round trip time)\n");
  }
}
