package io.ringtap.cli.fping;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;

/// The objects of `-J`, one a line on standard output, as fping 5.5 has them.
final class JsonReport implements Report {
  private static final int DECIMALS = 3;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Settings settings;
  private final Hosts hosts;
  private final Scores scores;
  private final Streams streams;
  private final StringBuilder text = new StringBuilder();

  JsonReport(Settings settings, Hosts hosts, Scores scores, Streams streams) {
    this.settings = settings;
    this.hosts = hosts;
    this.scores = scores;
    this.streams = streams;
  }

  @Override
  public void onReply(int host, long index, Arrival arrival) {
    begin("resp");
    stamp(arrival.epochNanos());
    host(host);
    number("seq", index);
    number("size", settings.replyBytes());
    time("rtt", arrival.rttNanos());
    timestamps(arrival);
    if (settings.isTosShown) {
      number("tos", arrival.trafficClass());
    }
    if (settings.isTtlShown) {
      number("ttl", arrival.hopLimit() == 0 ? -1 : arrival.hopLimit());
    }
    if (!arrival.from().equals(hosts.address(host))) {
      streams.err(" [<- " + arrival.from() + ']');
    }
    end();
    streams.drain();
  }

  private void timestamps(Arrival arrival) {
    PingOutcome.Timestamps times = arrival.timestamps();
    if (times == null) {
      return;
    }
    key("timestamps").append('{');
    number("originate", Integer.toUnsignedLong(times.originate()));
    number("receive", Integer.toUnsignedLong(times.receive()));
    number("transmit", Integer.toUnsignedLong(times.transmit()));
    number("localreceive", Stamps.millisOfDay(arrival.epochNanos()));
    text.append('}');
  }

  @Override
  public void onTimeout(int host, long index, long epochNanos) {
    begin("timeout");
    stamp(epochNanos);
    host(host);
    number("seq", index);
    end();
    streams.drain();
  }

  @Override
  public void onStanding(Scores standing, long epochNanos) {
    for (int host = 0; host < hosts.size(); host++) {
      begin("intSum");
      number("time", epochNanos / NANOS_PER_SECOND);
      host(host);
      sums(host, standing);
      end();
    }
    streams.drain();
  }

  @Override
  public void onEnd(Times times) {
    for (int host = 0; host < hosts.size(); host++) {
      begin(times.isKept() ? "vSum" : "summary");
      host(host);
      if (times.isKept()) {
        all(host, times);
      } else {
        sums(host, scores);
      }
      end();
    }
  }

  private void all(int host, Times times) {
    key("values").append('[');
    for (int index = 0; index < scores.decided(host); index++) {
      long time = times.of(host, index);
      text.append(index == 0 ? "" : ", ");
      if (time == Times.NONE) {
        text.append("null");
      } else {
        Milliseconds.append(text, time);
      }
    }
    text.append(']');
  }

  private void sums(int host, Scores of) {
    number("xmt", of.decided(host));
    number("rcv", of.received(host));
    number("loss", of.lossPercent(host));
    if (settings.isOutageShown) {
      number("outage(ms)", Milliseconds.outage(settings, of.unanswered(host)));
    }
    if (of.received(host) > 0) {
      time("rttMin", of.least(host));
      time("rttAvg", of.mean(host));
      time("rttMax", of.most(host));
    }
  }

  @Override
  public void onTotals(Totals totals) {
    begin("stats");
    number("targets", totals.targets());
    number("alive", totals.alive());
    number("unreachable", totals.unreachable());
    number("unknownAddresses", totals.unknown());
    number("timeouts", totals.timeouts());
    number("icmpEchosSent", totals.sent());
    number("icmpEchoRepliesReceived", totals.received());
    number("otherIcmpReceived", totals.others());
    time("rttMin", totals.rtt().least());
    time("rttAvg", totals.rtt().mean());
    time("rttMax", totals.rtt().most());
    Figures.seconds(key("elapsed"), totals.elapsedNanos(), DECIMALS);
    end();
  }

  private void begin(String type) {
    text.setLength(0);
    text.append("{\"").append(type).append("\": {");
  }

  private void end() {
    streams.gather(true, text.append("}}\n"));
  }

  private StringBuilder key(String key) {
    if (text.charAt(text.length() - 1) != '{') {
      text.append(", ");
    }
    return text.append('"').append(key).append("\": ");
  }

  private void number(String key, long value) {
    key(key).append(value);
  }

  private void time(String key, long nanos) {
    Milliseconds.append(key(key), nanos);
  }

  private void stamp(long epochNanos) {
    if (settings.isStamped) {
      Stamps.append(key("timestamp").append('"'), settings.timeFormat, epochNanos).append('"');
    }
  }

  private void host(int host) {
    int begin = key("host").append('"').length();
    hosts.appendLabel(text, host);
    for (int i = text.length() - 1; i >= begin; i--) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        text.insert(i, '\\');
      }
    }
    text.append('"');
  }
}
