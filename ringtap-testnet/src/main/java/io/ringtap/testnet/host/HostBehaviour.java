package io.ringtap.testnet.host;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a virtual host answers echo requests. Begin with [#PROMPT] or [#SILENT]; each method returns
/// a changed copy.
///
/// ```java
/// HostBehaviour.PROMPT.delay(Duration.ofMillis(20)).jitter(Duration.ofMillis(5)).loss(0.1)
/// ```
///
/// @param silent whether the host never answers
/// @param delay time from the arrival of a request to its answer or ICMP error
/// @param jitter the greatest additional delay, uniformly distributed
/// @param hopLimit of answers and errors, 1 to 255
/// @param faults at most one fault of each kind
public record HostBehaviour(
    boolean silent, Duration delay, Duration jitter, int hopLimit, List<Fault> faults) {
  private static final int DEFAULT_HOP_LIMIT = 64;

  /// Answers every request at once.
  public static final HostBehaviour PROMPT =
      new HostBehaviour(false, Duration.ZERO, Duration.ZERO, DEFAULT_HOP_LIMIT, List.of());

  /// Answers nothing.
  public static final HostBehaviour SILENT =
      new HostBehaviour(true, Duration.ZERO, Duration.ZERO, DEFAULT_HOP_LIMIT, List.of());

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException if a time is negative, the hop limit is out of range, or a
  ///   kind of fault is repeated
  public HostBehaviour {
    faults = List.copyOf(faults);
    if (delay.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("negative time: delay " + delay + ", jitter " + jitter);
    }
    if (hopLimit < 1 || hopLimit > 255) {
      throw new IllegalArgumentException("a hop limit is 1 to 255, not " + hopLimit);
    }
    if (faults.stream().map(Fault::getClass).distinct().count() != faults.size()) {
      throw new IllegalArgumentException("a kind of fault is repeated: " + faults);
    }
  }

  public HostBehaviour delay(Duration time) {
    return new HostBehaviour(silent, time, jitter, hopLimit, faults);
  }

  public HostBehaviour jitter(Duration time) {
    return new HostBehaviour(silent, delay, time, hopLimit, faults);
  }

  public HostBehaviour hopLimit(int hops) {
    return new HostBehaviour(silent, delay, jitter, hops, faults);
  }

  /// Adds a fault, or replaces the one of the same kind.
  public HostBehaviour with(Fault fault) {
    List<Fault> changed = new ArrayList<>(faults);
    changed.removeIf(old -> old.getClass().equals(fault.getClass()));
    changed.add(fault);
    return new HostBehaviour(silent, delay, jitter, hopLimit, changed);
  }

  /// Loses a share of the requests.
  public HostBehaviour loss(double ratio) {
    return with(new Fault.Loss(ratio));
  }

  /// Answers every request with an ICMP error.
  public HostBehaviour refuse(IcmpError error) {
    return with(new Fault.Refusal(1, error));
  }

  /// Duplicates a share of the answers, with `copies` copies each.
  public HostBehaviour duplicate(double ratio, int copies) {
    return with(new Fault.Duplication(ratio, copies));
  }

  /// Delays a share of the answers by `extra`, so that others overtake them.
  public HostBehaviour reorder(double ratio, Duration extra) {
    return with(new Fault.Reordering(ratio, extra));
  }

  /// Flips a payload bit in a share of the answers, which makes their checksum wrong.
  public HostBehaviour corrupt(double ratio) {
    return with(new Fault.Corruption(ratio, false));
  }

  /// Flips a payload bit in a share of the answers and corrects the checksum.
  public HostBehaviour corruptAndRepair(double ratio) {
    return with(new Fault.Corruption(ratio, true));
  }

  /// Truncates the payload of a share of the answers to `payloadBytes`.
  public HostBehaviour truncate(double ratio, int payloadBytes) {
    return with(new Fault.Truncation(ratio, payloadBytes));
  }

  /// Sends a share of the answers from `address`, a literal address of the hosts' family.
  ///
  /// @throws IllegalArgumentException if `address` is malformed
  public HostBehaviour answerFrom(double ratio, String address) {
    return with(new Fault.WrongSource(ratio, IpAddress.parse(address)));
  }

  /// Makes the ICMP checksum of a share of the answers wrong.
  public HostBehaviour wrongChecksum(double ratio) {
    return with(new Fault.WrongChecksum(ratio));
  }

  /// Whether anything is random, so that two requests to a host may be treated differently.
  boolean draws() {
    return !faults.isEmpty() || !jitter.isZero();
  }

  /// Whether all addresses and errors are of the given family.
  boolean fits(boolean ipv6) {
    return faults.stream()
        .allMatch(fault ->
            switch (fault) {
              case Fault.Refusal refusal -> refusal.error().router().isIpv6() == ipv6;
              case Fault.WrongSource wrong -> wrong.source().isIpv6() == ipv6;
              default -> true;
            });
  }
}
