package io.ringtap.testnet.host;

import io.ringtap.packet.IpAddress;
import java.time.Duration;

/// Something that happens to a share of a host's answers. Which of them, is drawn by [Fate].
public sealed interface Fault {
  /// The share of requests that it strikes, 0 to 1.
  double ratio();

  /// No answer.
  record Loss(double ratio) implements Fault {
    public Loss {
      requireRatio(ratio);
    }
  }

  /// An ICMP error in place of an answer.
  record Refusal(double ratio, IcmpError error) implements Fault {
    public Refusal {
      requireRatio(ratio);
    }
  }

  /// The answer and `copies` more of it.
  record Duplication(double ratio, int copies) implements Fault {
    public Duplication {
      requireRatio(ratio);
      if (copies < 1) {
        throw new IllegalArgumentException("a duplicate is at least one copy, not " + copies);
      }
    }
  }

  /// The answer comes `extra` later than it would, so that others overtake it.
  record Reordering(double ratio, Duration extra) implements Fault {
    public Reordering {
      requireRatio(ratio);
    }
  }

  /// One bit of the payload is flipped, if there is a payload.
  ///
  /// @param repaired whether the ICMP checksum is that of the damaged message
  record Corruption(double ratio, boolean repaired) implements Fault {
    public Corruption {
      requireRatio(ratio);
    }
  }

  /// A payload of more than `payloadBytes` is cut to so many; the checksum is right.
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

  /// The ICMP checksum is wrong and all else is right.
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
