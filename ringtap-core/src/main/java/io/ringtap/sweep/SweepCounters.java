package io.ringtap.sweep;

import io.ringtap.error.Errno;
import java.util.Map;

/// What a sweep has counted so far. Reading does not disturb its threads, so while it runs the
/// counts are not of exactly one instant. When it has ended:
/// - [#probes] = [#sent] + [#refused], of which [#resent] were retries. Without retries they are
///   the probes of each target times the targets;
/// - packets that passed the kernel's filter before the time for the last answer was over =
///   [#found]
///   + [#repeats] + [#duplicates] + [#errors] + [#invalid] + [#dropped]. An aborted sweep leaves
///     out those that it had not read.
///
/// @param sent probes that the kernel took
/// @param resent of these, probes to targets that had not answered
/// @param sentBytes bytes of the probes that the kernel took, from the link header on, without
///   padding and frame check sequence
/// @param refusals probes that the kernel refused, by error
/// @param waits how often the link pushed back (`ENOBUFS`, `EAGAIN`) and the send call was repeated
/// @param found targets that answered
/// @param open of these, those that answered with SYN and ACK
/// @param repeats further answers of targets, to other probes
/// @param duplicates further answers to the same probe
/// @param errors ICMP errors about probes
/// @param invalid packets that passed the kernel's filter and answer no probe of this sweep
/// @param dropped packets for which the receive ring had no room: this host's loss, not the
///   network's
/// @param forgotten targets whose answers the memory for duplicates could not keep; a later
///   duplicate of one of them counts as [#found] again
public record SweepCounters(
    long sent,
    long resent,
    long sentBytes,
    Map<Errno, Long> refusals,
    long waits,
    long found,
    long open,
    long repeats,
    long duplicates,
    long errors,
    long invalid,
    long dropped,
    long forgotten) {
  /// Copies the map.
  public SweepCounters {
    refusals = Map.copyOf(refusals);
  }

  /// Probes that the kernel refused.
  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Probes whose sending has been decided.
  public long probes() {
    return sent + refused();
  }
}
