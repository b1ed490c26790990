package io.ringtap.sweep;

import io.ringtap.packet.IpAddress;
import io.ringtap.send.Pace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a sweep probes. Immutable: each `with…` gives another one.
///
/// ```java
/// SweepOptions.DEFAULT.withPace(Pace.packetsPerSecond(50_000)).withRetries(1)
/// ```
///
/// @param probe what is sent to each target
/// @param schedule when probes are sent, and how often
/// @param origin where they come from
/// @param memoryBytes the most memory for remembering who has answered. With a bit for each probe
///   of the [span][SweepTargets#span] within it, duplicates are recognized exactly; otherwise those
///   of the latest answers are
/// @param firstPosition the position of the targets to begin with
public record SweepOptions(
    SweepProbe probe, Schedule schedule, Origin origin, long memoryBytes, long firstPosition) {
  /// The most probes that one target may be sent, retries included.
  public static final int MAX_ATTEMPTS = 16;

  /// The longest time in which the pace rises.
  public static final Duration MAX_RAMP_UP = Duration.ofHours(1);

  /// The longest time for an answer.
  public static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

  private static final long LEAST_MEMORY = 1 << 16;
  private static final long MOST_MEMORY = 1L << 34;

  /// When probes are sent, and how often.
  ///
  /// @param pace of all probes together
  /// @param rampUp the time from the start in which the pace rises from nothing to what it is; 0 to
  ///   [#MAX_RAMP_UP]
  /// @param probes to each target, one directly after the other
  /// @param retries the most times that they are sent again to a target that has not answered
  /// @param timeout how long after a probe an answer is waited for: until a retry, and until the
  ///   sweep ends after its last probe
  public record Schedule(Pace pace, Duration rampUp, int probes, int retries, Duration timeout) {
    /// Checks the ranges.
    public Schedule {
      if (pace instanceof Pace.Recorded) {
        throw new IllegalArgumentException("probes have no recorded pace");
      }
      require(
          !rampUp.isNegative() && rampUp.compareTo(MAX_RAMP_UP) <= 0,
          "rampUp is " + rampUp + "; it must be 0 to " + MAX_RAMP_UP);
      require(
          timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0,
          "timeout is " + timeout + "; it must be above 0 and at most " + MAX_TIMEOUT);
      require(probes >= 1, "probes is " + probes + "; it must be 1 or more");
      require(retries >= 0, "retries is " + retries + "; it must be 0 or more");
      require(
          (long) probes * (retries + 1L) <= MAX_ATTEMPTS,
          probes
              + " probes with "
              + retries
              + " retries; a target may be sent "
              + MAX_ATTEMPTS
              + " in all");
    }

    /// Probes to a target that does not answer.
    public int attempts() {
      return probes * (retries + 1);
    }
  }

  /// Where probes come from.
  ///
  /// @param sender how they reach the network
  /// @param interfaceName the interface to send through; null leaves the choice to routing
  /// @param source the address to send from; null leaves the choice to routing
  /// @param hopLimit TTL or hop limit, 1 to 255
  /// @param firstSourcePort the first of the 4096 source ports of TCP and UDP probes. No program of
  ///   this host should use them
  public record Origin(
      SenderKind sender,
      @Nullable String interfaceName,
      @Nullable IpAddress source,
      int hopLimit,
      int firstSourcePort) {
    /// How many source ports there are.
    public static final int SOURCE_PORTS = 4096;

    /// The last port to begin with.
    private static final int LAST_FIRST_PORT = 65_536 - SOURCE_PORTS;

    /// Checks the ranges.
    public Origin {
      require(
          hopLimit >= 1 && hopLimit <= 255, "hopLimit is " + hopLimit + "; it must be 1 to 255");
      require(
          firstSourcePort >= 1 && firstSourcePort <= LAST_FIRST_PORT,
          "firstSourcePort is " + firstSourcePort + "; it must be 1 to " + LAST_FIRST_PORT);
    }
  }

  /// Echo requests at 10 000 packets a second, reached within a second; one probe to each target
  /// and two seconds for its answer; the fastest sender that works; source ports from 61 440, above
  /// those that Linux gives to programs (`net.ipv4.ip_local_port_range`); 64 MiB of memory.
  public static final SweepOptions DEFAULT =
      new SweepOptions(
          SweepProbe.echo(),
          new Schedule(
              Pace.packetsPerSecond(10_000), Duration.ofSeconds(1), 1, 0, Duration.ofSeconds(2)),
          new Origin(SenderKind.AUTO, null, null, 64, 61_440),
          64L << 20,
          0);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the option and what it may be
  public SweepOptions {
    require(
        memoryBytes >= LEAST_MEMORY && memoryBytes <= MOST_MEMORY,
        "memoryBytes is " + memoryBytes + "; it must be " + LEAST_MEMORY + " to " + MOST_MEMORY);
    require(firstPosition >= 0, "firstPosition is " + firstPosition + "; it must be 0 or more");
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  /// These with another probe.
  public SweepOptions withProbe(SweepProbe newProbe) {
    return new SweepOptions(newProbe, schedule, origin, memoryBytes, firstPosition);
  }

  /// These with another schedule.
  public SweepOptions withSchedule(Schedule newSchedule) {
    return new SweepOptions(probe, newSchedule, origin, memoryBytes, firstPosition);
  }

  /// These with another origin.
  public SweepOptions withOrigin(Origin newOrigin) {
    return new SweepOptions(probe, schedule, newOrigin, memoryBytes, firstPosition);
  }

  /// These with another pace.
  ///
  /// @throws IllegalArgumentException if it is a recorded one
  public SweepOptions withPace(Pace pace) {
    return withSchedule(
        new Schedule(pace, schedule.rampUp, schedule.probes, schedule.retries, schedule.timeout));
  }

  /// These with another time until the pace is reached.
  ///
  /// @throws IllegalArgumentException if it is negative, or longer than [#MAX_RAMP_UP]
  public SweepOptions withRampUp(Duration rampUp) {
    return withSchedule(
        new Schedule(schedule.pace, rampUp, schedule.probes, schedule.retries, schedule.timeout));
  }

  /// These with another number of probes to each target.
  ///
  /// @throws IllegalArgumentException if it is below 1, or with the retries above [#MAX_ATTEMPTS]
  public SweepOptions withProbes(int probes) {
    return withSchedule(
        new Schedule(schedule.pace, schedule.rampUp, probes, schedule.retries, schedule.timeout));
  }

  /// These with another number of retries.
  ///
  /// @throws IllegalArgumentException if it is negative, or with the probes above [#MAX_ATTEMPTS]
  public SweepOptions withRetries(int retries) {
    return withSchedule(
        new Schedule(schedule.pace, schedule.rampUp, schedule.probes, retries, schedule.timeout));
  }

  /// These with another time for an answer.
  ///
  /// @throws IllegalArgumentException if it is not above 0, or longer than [#MAX_TIMEOUT]
  public SweepOptions withTimeout(Duration timeout) {
    return withSchedule(
        new Schedule(schedule.pace, schedule.rampUp, schedule.probes, schedule.retries, timeout));
  }

  /// These with another sender.
  public SweepOptions withSender(SenderKind sender) {
    return withOrigin(
        new Origin(
            sender, origin.interfaceName, origin.source, origin.hopLimit, origin.firstSourcePort));
  }

  /// These through one interface; null leaves the choice to routing.
  public SweepOptions withInterface(@Nullable String name) {
    return withOrigin(
        new Origin(origin.sender, name, origin.source, origin.hopLimit, origin.firstSourcePort));
  }

  /// These from one address; null leaves the choice to routing.
  public SweepOptions withSource(@Nullable IpAddress source) {
    return withOrigin(
        new Origin(
            origin.sender, origin.interfaceName, source, origin.hopLimit, origin.firstSourcePort));
  }

  /// These with another TTL or hop limit.
  ///
  /// @throws IllegalArgumentException if it is not 1 to 255
  public SweepOptions withHopLimit(int hopLimit) {
    return withOrigin(
        new Origin(
            origin.sender, origin.interfaceName, origin.source, hopLimit, origin.firstSourcePort));
  }

  /// These from other source ports.
  ///
  /// @throws IllegalArgumentException if it is not 1 to 61 440, so that it and 4095 after it are
  ///   ports
  public SweepOptions withFirstSourcePort(int port) {
    return withOrigin(
        new Origin(origin.sender, origin.interfaceName, origin.source, origin.hopLimit, port));
  }

  /// These with another limit of memory for who has answered.
  ///
  /// @throws IllegalArgumentException if it is below 64 KiB or above 16 GiB
  public SweepOptions withMemory(long bytes) {
    return new SweepOptions(probe, schedule, origin, bytes, firstPosition);
  }

  /// These from another position of the targets on, such as [SweepProgress#completed] of a run
  /// before.
  ///
  /// @throws IllegalArgumentException if it is negative
  public SweepOptions withFirstPosition(long position) {
    return new SweepOptions(probe, schedule, origin, memoryBytes, position);
  }
}
