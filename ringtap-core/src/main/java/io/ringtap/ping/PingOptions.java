package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a target is pinged. Immutable, and meant to be shared by all requests that agree.
///
/// @param count probes to send; [#UNLIMITED] goes on until the request is stopped
/// @param interval from one probe of a request to its next, at most [#MAX_WAIT]
/// @param timeout how long after its departure a reply still counts as in time
/// @param payloadBytes bytes after the ICMP header, 0 to 65507. From 8 on, the payload carries a
///   keyed cookie, by which foreign and forged replies are told from ours
/// @param hopLimit TTL or hop limit, 1 to 255; 0 takes the system's default
/// @param trafficClass TOS or traffic class, 0 to 255
/// @param source the address to send from; null leaves the choice to routing
/// @param interfaceIndex the interface to send through; 0 leaves the choice to routing
/// @param mark the packets' firewall mark (`SO_MARK`); 0 sets none
/// @param startDelay how long after its submission a request's first probe is due, at most
///   [#MAX_WAIT]
public record PingOptions(
    int count,
    Duration interval,
    Duration timeout,
    int payloadBytes,
    int hopLimit,
    int trafficClass,
    @Nullable IpAddress source,
    int interfaceIndex,
    int mark,
    Duration startDelay) {
  /// A count without end.
  public static final int UNLIMITED = 0;

  /// The payload with which an IPv4 echo just fills the smallest Ethernet frame (60 bytes without
  /// FCS).
  public static final int DEFAULT_PAYLOAD_BYTES = 18;

  /// The largest payload of an ICMP echo in an IPv4 packet.
  public static final int MAX_PAYLOAD_BYTES = 65_507;

  /// The longest interval and start delay that a request may have.
  public static final Duration MAX_WAIT = Duration.ofDays(1);

  private static final PingOptions DEFAULTS =
      new PingOptions(
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          DEFAULT_PAYLOAD_BYTES,
          0,
          0,
          null,
          0,
          0,
          Duration.ZERO);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the option and what it may be
  public PingOptions {
    require(count >= 0, "count", count, "0 (unlimited) or more");
    requireWait("interval", interval);
    require(
        timeout.isPositive() && timeout.compareTo(Duration.ofHours(1)) <= 0,
        "timeout",
        timeout,
        "more than 0 and at most an hour");
    require(
        payloadBytes >= 0 && payloadBytes <= MAX_PAYLOAD_BYTES,
        "payloadBytes",
        payloadBytes,
        "0 to " + MAX_PAYLOAD_BYTES);
    require(
        hopLimit >= 0 && hopLimit <= 255, "hopLimit", hopLimit, "1 to 255, or 0 for the default");
    require(trafficClass >= 0 && trafficClass <= 255, "trafficClass", trafficClass, "0 to 255");
    require(interfaceIndex >= 0, "interfaceIndex", interfaceIndex, "0 or more");
    requireWait("startDelay", startDelay);
  }

  private static void requireWait(String name, Duration wait) {
    require(!wait.isNegative() && wait.compareTo(MAX_WAIT) <= 0, name, wait, "0 to a day");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }

  /// Five probes a second apart, each with a second's patience and the smallest whole frame.
  public static PingOptions defaults() {
    return DEFAULTS;
  }

  public PingOptions withCount(int newCount) {
    Draft draft = new Draft(this);
    draft.count = newCount;
    return draft.options();
  }

  public PingOptions withInterval(Duration newInterval) {
    Draft draft = new Draft(this);
    draft.interval = newInterval;
    return draft.options();
  }

  public PingOptions withTimeout(Duration newTimeout) {
    Draft draft = new Draft(this);
    draft.timeout = newTimeout;
    return draft.options();
  }

  public PingOptions withPayloadBytes(int newPayloadBytes) {
    Draft draft = new Draft(this);
    draft.payloadBytes = newPayloadBytes;
    return draft.options();
  }

  public PingOptions withHopLimit(int newHopLimit) {
    Draft draft = new Draft(this);
    draft.hopLimit = newHopLimit;
    return draft.options();
  }

  public PingOptions withTrafficClass(int newTrafficClass) {
    Draft draft = new Draft(this);
    draft.trafficClass = newTrafficClass;
    return draft.options();
  }

  public PingOptions withSource(@Nullable IpAddress newSource) {
    Draft draft = new Draft(this);
    draft.source = newSource;
    return draft.options();
  }

  public PingOptions withInterfaceIndex(int newInterfaceIndex) {
    Draft draft = new Draft(this);
    draft.interfaceIndex = newInterfaceIndex;
    return draft.options();
  }

  public PingOptions withMark(int newMark) {
    Draft draft = new Draft(this);
    draft.mark = newMark;
    return draft.options();
  }

  public PingOptions withStartDelay(Duration newStartDelay) {
    Draft draft = new Draft(this);
    draft.startDelay = newStartDelay;
    return draft.options();
  }

  /// A copy in which one option may be changed before it is checked.
  private static final class Draft {
    private int count;
    private Duration interval;
    private Duration timeout;
    private int payloadBytes;
    private int hopLimit;
    private int trafficClass;
    private @Nullable IpAddress source;
    private int interfaceIndex;
    private int mark;
    private Duration startDelay;

    Draft(PingOptions options) {
      count = options.count;
      interval = options.interval;
      timeout = options.timeout;
      payloadBytes = options.payloadBytes;
      hopLimit = options.hopLimit;
      trafficClass = options.trafficClass;
      source = options.source;
      interfaceIndex = options.interfaceIndex;
      mark = options.mark;
      startDelay = options.startDelay;
    }

    PingOptions options() {
      return new PingOptions(
          count,
          interval,
          timeout,
          payloadBytes,
          hopLimit,
          trafficClass,
          source,
          interfaceIndex,
          mark,
          startDelay);
    }
  }
}
