package io.ringtap.device;

import java.util.List;

/// How a device spreads flows over its receive queues (receive side scaling, RSS).
///
/// @param function the hash, such as `toeplitz`; empty if the driver does not tell
/// @param keyBytes octets of the hash's key
/// @param queues the queue for each value of the hash's lowest bits
public record ReceiveHash(String function, int keyBytes, List<Integer> queues) {
  public ReceiveHash {
    queues = List.copyOf(queues);
  }
}
