package io.ringtap.testnet.host;

import io.ringtap.packet.IpAddress;
import java.time.Duration;

/// Something that happens to a share of a host's answers. [Fate] decides to which ones.
public sealed interface Fault {
  /// The share of requests that the fault affects, 0 to 1.
  double ratio();

  /// No answer.
  record Loss(double ratio) implements Fault {
    public Loss {
      requireRatio(ratio);
    }
  }

  /// An ICMP error instead of an answer.
  record Refusal(double ratio, IcmpError error) implements Fault {
    public Refusal {
      requireRatio(ratio);
    }
  }

  /// The answer is followed by `copies` copies.
  record Duplication(double ratio, int copies) implements Fault {
    public Duplication {
      requireRatio(ratio);
      if (copies < 1) {
        throw new IllegalArgumentException("a duplicate is at least one copy, not " + copies);
      }
    }
  }

  /// The answer is delayed by `extra`, so that others overtake it.
  record Reordering(double ratio, Duration extra) implements Fault {
    public Reordering {
      requireRatio(ratio);
    }
  }

  /// One bit of the payload is flipped, if there is a payload.
  ///
  /// @param repaired whether the ICMP checksum is corrected for the damaged message
  record Corruption(double ratio, boolean repaired) implements Fault {
    public Corruption {
      requireRatio(ratio);
    }
  }

  /// A payload longer than `payloadBytes` is truncated to this length; the checksum is correct.
  record Truncation(double ratio, int payloadBytes) implements Fault {
    public Truncation {
      requireRatio(ratio);
      if (payloadBytes < 0) {
        throw new IllegalArgumentException("a payload has no " + payloadBytes + " bytes");
      }
    }
  }

  /// The answer comes from another address.
  record WrongSource(double ratio, IpAddress source) implements Fault {
    public WrongSource {
      requireRatio(ratio);
    }
  }

  /// Only the ICMP checksum is wrong.
  record WrongChecksum(double ratio) implements Fault {
    public WrongChecksum {
      requireRatio(ratio);
    }
  }

  private static void requireRatio(double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("a ratio is 0 to 1, not " + ratio);
    }
  }
}
