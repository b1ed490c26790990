package io.ringtap.device;

/// How many queues a device uses, and could use.
///
/// @param rx queues that only receive
/// @param tx queues that only transmit
/// @param combined pairs of both, with one interrupt
public record Channels(int rx, int tx, int combined, int maxRx, int maxTx, int maxCombined) {
  /// Queues that receive.
  public int receiving() {
    return rx + combined;
  }

  /// Queues that transmit.
  public int transmitting() {
    return tx + combined;
  }
}
