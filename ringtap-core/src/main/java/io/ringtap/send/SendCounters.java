package io.ringtap.send;

import io.ringtap.error.Errno;
import java.util.Map;

/// What became of the frames that a sender was given. [#offered] = [#sent] + [#refused] +
/// [#refusedByKernel].
///
/// @param sent frames that the kernel took
/// @param sentBytes their bytes, from the link header on
/// @param refusals frames that do not fit the interface, by the reason; reasons without any are
///   left out
/// @param kernelRefusals frames that the kernel refused, by its error
/// @param retries how often the kernel had no room and was asked again, which may be several times
///   for a frame
public record SendCounters(
    long sent,
    long sentBytes,
    Map<Refusal, Long> refusals,
    Map<Errno, Long> kernelRefusals,
    long retries) {
  /// Keeps copies of the maps.
  public SendCounters {
    refusals = Map.copyOf(refusals);
    kernelRefusals = Map.copyOf(kernelRefusals);
  }

  /// Frames that do not fit the interface.
  public long refused() {
    return sum(refusals);
  }

  /// Frames that do not fit the interface for that reason.
  public long refused(Refusal reason) {
    return refusals.getOrDefault(reason, 0L);
  }

  /// Frames that the kernel refused.
  public long refusedByKernel() {
    return sum(kernelRefusals);
  }

  /// Frames that the sender was given and whose fate is known.
  public long offered() {
    return sent + refused() + refusedByKernel();
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
