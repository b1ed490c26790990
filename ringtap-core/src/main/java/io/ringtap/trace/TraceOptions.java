package io.ringtap.trace;

import java.time.Duration;

/// How targets are traced. Immutable: each `with…` gives another one. What is out of its range is
/// refused with an IllegalArgumentException that names the option and what it may be.
///
/// @param protocol what probes are
/// @param port destination port of UDP and TCP, 1 to 65 535; 0 takes the protocol's own
/// @param firstHop the first hop limit, 1 to 255
/// @param lastHop the last hop limit, `firstHop` to 255
/// @param rounds how many probes go to each hop of each path, 1 to 65 535
/// @param interval from one round to the next
/// @param timeout how long an answer may take
/// @param paths flows to each target, which routers with equal routes may lead differently, 1 to 64
/// @param trafficClass TOS or traffic class, 0 to 255
/// @param rate probes a second over all targets; 0 is no limit
/// @param interfaceIndex the interface to send through; 0 leaves it to routing
public record TraceOptions(
    TraceProtocol protocol,
    int port,
    int firstHop,
    int lastHop,
    int rounds,
    Duration interval,
    Duration timeout,
    int paths,
    int trafficClass,
    double rate,
    int interfaceIndex) {
  /// The most flows to a target.
  public static final int MAX_PATHS = 64;

  /// Three rounds of ICMP over 30 hops, a second apart, with two seconds' patience.
  public static final TraceOptions DEFAULT =
      new TraceOptions(
          TraceProtocol.ICMP,
          0,
          1,
          30,
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          1,
          0,
          5000,
          0);

  /// Checks the ranges.
  public TraceOptions {
    require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    require(firstHop >= 1 && firstHop <= 255, "firstHop", firstHop, "1 to 255");
    require(lastHop >= firstHop && lastHop <= 255, "lastHop", lastHop, firstHop + " to 255");
    require(rounds >= 1 && rounds <= 65_535, "rounds", rounds, "1 to 65535");
    require(!interval.isNegative(), "interval", interval, "0 or more");
    require(timeout.isPositive(), "timeout", timeout, "more than 0");
    require(paths >= 1 && paths <= MAX_PATHS, "paths", paths, "1 to " + MAX_PATHS);
    require(trafficClass >= 0 && trafficClass <= 255, "trafficClass", trafficClass, "0 to 255");
    require(rate >= 0, "rate", rate, "0 (no limit) or more");
  }

  private static void require(boolean isMet, String option, Object value, String range) {
    if (!isMet) {
      throw new IllegalArgumentException(option + " must be " + range + ", not " + value);
    }
  }

  /// These with other probes.
  ///
  /// @param newPort 0 takes the protocol's own
  public TraceOptions withProtocol(TraceProtocol newProtocol, int newPort) {
    return new TraceOptions(
        newProtocol,
        newPort,
        firstHop,
        lastHop,
        rounds,
        interval,
        timeout,
        paths,
        trafficClass,
        rate,
        interfaceIndex);
  }

  /// These with other hop limits.
  public TraceOptions withHops(int first, int last) {
    return new TraceOptions(
        protocol,
        port,
        first,
        last,
        rounds,
        interval,
        timeout,
        paths,
        trafficClass,
        rate,
        interfaceIndex);
  }

  /// These with other rounds.
  public TraceOptions withRounds(int number, Duration apart) {
    return new TraceOptions(
        protocol,
        port,
        firstHop,
        lastHop,
        number,
        apart,
        timeout,
        paths,
        trafficClass,
        rate,
        interfaceIndex);
  }

  /// These with another patience.
  public TraceOptions withTimeout(Duration longest) {
    return new TraceOptions(
        protocol,
        port,
        firstHop,
        lastHop,
        rounds,
        interval,
        longest,
        paths,
        trafficClass,
        rate,
        interfaceIndex);
  }

  /// These with another number of flows to a target.
  public TraceOptions withPaths(int number) {
    return new TraceOptions(
        protocol,
        port,
        firstHop,
        lastHop,
        rounds,
        interval,
        timeout,
        number,
        trafficClass,
        rate,
        interfaceIndex);
  }

  int destinationPort() {
    return port == 0 ? protocol.defaultPort() : port;
  }
}
