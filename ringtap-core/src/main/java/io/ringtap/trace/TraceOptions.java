package io.ringtap.trace;

import java.time.Duration;

/// How targets are traced. Immutable: each `with…` gives another one.
///
/// ```java
/// TraceOptions.DEFAULT.withProtocol(TraceProtocol.UDP).withPaths(8).withTimeout(Duration.ofSeconds(1))
/// ```
///
/// What is out of its range is refused with an IllegalArgumentException that names the option and
/// what it may be.
///
/// @param form what probes are
/// @param firstHop the first hop limit, 1 to 255
/// @param lastHop the last hop limit, `firstHop` to 255
/// @param paths flows to each target, which routers with equal routes may lead differently, 1 to 64
/// @param pacing how many probes, and when
/// @param interfaceIndex the interface to send through; 0 leaves it to routing
public record TraceOptions(
    Form form, int firstHop, int lastHop, int paths, Pacing pacing, int interfaceIndex) {
  /// What probes are.
  ///
  /// @param port destination port of UDP and TCP, 1 to 65 535; 0 takes the protocol's own
  /// @param trafficClass TOS or traffic class, 0 to 255
  public record Form(TraceProtocol protocol, int port, int trafficClass) {
    /// Checks the ranges.
    public Form {
      require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
      require(trafficClass >= 0 && trafficClass <= 255, "trafficClass", trafficClass, "0 to 255");
    }

    int destinationPort() {
      return port == 0 ? protocol.defaultPort() : port;
    }
  }

  /// How many probes are sent, and when.
  ///
  /// @param rounds how many probes go to each hop of each path; [#UNLIMITED] goes on until the
  ///   trace is stopped
  /// @param interval from one round to the next
  /// @param timeout how long an answer may take
  /// @param rate probes a second over all targets; 0 is no limit
  public record Pacing(int rounds, Duration interval, Duration timeout, double rate) {
    /// Checks the ranges.
    public Pacing {
      require(rounds >= 0, "rounds", rounds, "0 (unlimited) or more");
      require(!interval.isNegative(), "interval", interval, "0 or more");
      require(timeout.isPositive(), "timeout", timeout, "more than 0");
      require(rate >= 0, "rate", rate, "0 (no limit) or more");
    }
  }

  /// Rounds without end.
  public static final int UNLIMITED = 0;

  /// The most flows to a target.
  public static final int MAX_PATHS = 64;

  /// Three rounds of ICMP over 30 hops, a second apart, with two seconds' patience.
  public static final TraceOptions DEFAULT =
      new TraceOptions(
          new Form(TraceProtocol.ICMP, 0, 0),
          1,
          30,
          1,
          new Pacing(3, Duration.ofSeconds(1), Duration.ofSeconds(2), 5000),
          0);

  /// Checks the ranges.
  public TraceOptions {
    require(firstHop >= 1 && firstHop <= 255, "firstHop", firstHop, "1 to 255");
    require(lastHop >= firstHop && lastHop <= 255, "lastHop", lastHop, firstHop + " to 255");
    require(paths >= 1 && paths <= MAX_PATHS, "paths", paths, "1 to " + MAX_PATHS);
    require(interfaceIndex >= 0, "interfaceIndex", interfaceIndex, "0 or more");
  }

  private static void require(boolean isMet, String option, Object value, String range) {
    if (!isMet) {
      throw new IllegalArgumentException(option + " must be " + range + ", not " + value);
    }
  }

  /// These with probes of another protocol, to its own port.
  public TraceOptions withProtocol(TraceProtocol protocol) {
    return with(new Form(protocol, 0, form.trafficClass));
  }

  /// These with another destination port of UDP and TCP; 0 takes the protocol's own.
  public TraceOptions withPort(int port) {
    return with(new Form(form.protocol, port, form.trafficClass));
  }

  /// These with another TOS or traffic class.
  public TraceOptions withTrafficClass(int trafficClass) {
    return with(new Form(form.protocol, form.port, trafficClass));
  }

  /// These with other hop limits.
  public TraceOptions withHops(int first, int last) {
    return new TraceOptions(form, first, last, paths, pacing, interfaceIndex);
  }

  /// These with another number of flows to a target.
  public TraceOptions withPaths(int number) {
    return new TraceOptions(form, firstHop, lastHop, number, pacing, interfaceIndex);
  }

  /// These with other rounds; [#UNLIMITED] goes on until the trace is stopped.
  public TraceOptions withRounds(int rounds) {
    return with(new Pacing(rounds, pacing.interval, pacing.timeout, pacing.rate));
  }

  /// These with another time from one round to the next.
  public TraceOptions withInterval(Duration interval) {
    return with(new Pacing(pacing.rounds, interval, pacing.timeout, pacing.rate));
  }

  /// These with another patience.
  public TraceOptions withTimeout(Duration timeout) {
    return with(new Pacing(pacing.rounds, pacing.interval, timeout, pacing.rate));
  }

  /// These with another limit of probes a second; 0 is no limit.
  public TraceOptions withRate(double rate) {
    return with(new Pacing(pacing.rounds, pacing.interval, pacing.timeout, rate));
  }

  /// These through another interface; 0 leaves it to routing.
  public TraceOptions withInterfaceIndex(int index) {
    return new TraceOptions(form, firstHop, lastHop, paths, pacing, index);
  }

  private TraceOptions with(Form newForm) {
    return new TraceOptions(newForm, firstHop, lastHop, paths, pacing, interfaceIndex);
  }

  private TraceOptions with(Pacing newPacing) {
    return new TraceOptions(form, firstHop, lastHop, paths, newPacing, interfaceIndex);
  }
}
