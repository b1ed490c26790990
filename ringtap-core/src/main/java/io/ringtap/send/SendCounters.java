package io.ringtap.send;

import io.ringtap.error.Errno;
import java.util.Map;

/// Counters of a sender: [#offered] = [#sent] + [#refused] + [#refusedByKernel].
///
/// @param sent frames that the kernel took
/// @param sentBytes their bytes, from the link header on
/// @param refusals frames that do not fit the interface, by reason; reasons without frames are left
///   out
/// @param kernelRefusals frames that the kernel refused, by error
/// @param retries how often the kernel had no room and the send call was repeated, which may be
///   several times for a frame
public record SendCounters(
    long sent,
    long sentBytes,
    Map<Refusal, Long> refusals,
    Map<Errno, Long> kernelRefusals,
    long retries) {
  /// Copies the maps.
  public SendCounters {
    refusals = Map.copyOf(refusals);
    kernelRefusals = Map.copyOf(kernelRefusals);
  }

  /// Frames that do not fit the interface.
  public long refused() {
    return sum(refusals);
  }

  /// Frames that do not fit the interface for this reason.
  public long refused(Refusal reason) {
    return refusals.getOrDefault(reason, 0L);
  }

  /// Frames that the kernel refused.
  public long refusedByKernel() {
    return sum(kernelRefusals);
  }

  /// All frames passed to the sender whose outcome is known.
  public long offered() {
    return sent + refused() + refusedByKernel();
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
