package io.ringtap.cli.fping;

/// The charts of `-N` at each interval, in the lines that netdata's plugins speak
/// (<https://learn.netdata.cloud/docs/agent/collectors/plugins.d>).
final class NetdataReport {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Settings settings;
  private final Hosts hosts;
  private final Streams streams;
  private final StringBuilder text = new StringBuilder();
  private boolean isDeclared;

  NetdataReport(Settings settings, Hosts hosts, Streams streams) {
    this.settings = settings;
    this.hosts = hosts;
    this.streams = streams;
  }

  void onStanding(Scores standing) {
    for (int host = 0; host < hosts.size(); host++) {
      String id = hosts.given(host).replaceAll("[^A-Za-z0-9]", "_");
      text.setLength(0);
      packets(host, id, standing);
      quality(host, id, standing);
      latency(host, id, standing);
      streams.gather(true, text);
    }
    isDeclared = true;
    streams.drain();
  }

  private void packets(int host, String id, Scores standing) {
    chart(host, id, "packets 'FPing Packets' packets", "line 110020");
    dimensions("xmt sent absolute 1 1", "rcv received absolute 1 1");
    begin(id, "packets");
    set("xmt", standing.decided(host));
    set("rcv", standing.received(host));
    text.append("END\n");
  }

  private void quality(int host, String id, Scores standing) {
    chart(host, id, "quality 'FPing Quality' percentage", "area 110010");
    dimensions("returned '' absolute 1 1");
    begin(id, "quality");
    set("returned", standing.returnPercent(host));
    text.append("END\n");
  }

  private void latency(int host, String id, Scores standing) {
    chart(host, id, "latency 'FPing Latency' ms", "area 110000");
    dimensions(
        "min minimum absolute 1 1000000",
        "max maximum absolute 1 1000000",
        "avg average absolute 1 1000000");
    begin(id, "latency");
    if (standing.received(host) > 0) {
      set("min", standing.least(host));
      set("avg", standing.mean(host));
      set("max", standing.most(host));
    }
    text.append("END\n");
  }

  /// Declares a chart the first time.
  ///
  /// @param what its name, title and unit
  /// @param form how it is drawn, and its place among the others
  private void chart(int host, String id, String what, String form) {
    if (isDeclared) {
      return;
    }
    int end = what.indexOf(' ');
    String name = what.substring(0, end);
    text.append("CHART fping.").append(id).append('_').append(name).append(" ''");
    text.append(what, end, what.length()).append(" '");
    hosts.appendLabel(text, host).append("' fping.").append(name).append(' ').append(form);
    text.append(' ').append(Math.round((double) settings.reportEvery / NANOS_PER_SECOND));
    text.append('\n');
  }

  private void dimensions(String... dimensions) {
    if (isDeclared) {
      return;
    }
    for (String dimension : dimensions) {
      text.append("DIMENSION ").append(dimension).append('\n');
    }
  }

  private void begin(String id, String name) {
    text.append("BEGIN fping.").append(id).append('_').append(name).append('\n');
  }

  private void set(String dimension, long value) {
    text.append("SET ").append(dimension).append(" = ").append(value).append('\n');
  }
}
