package io.ringtap.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An interrupt of a network device.
///
/// @param number its number in `/proc/irq`
/// @param name the driver's name for it; may be empty
/// @param role its purpose
/// @param queue the number of its queue; -1 if it belongs to no queue
/// @param counts how often each online CPU has served it, in ascending order of the CPUs
/// @param affinity the CPUs that may serve it
/// @param effective the CPUs that actually serve it; empty if the kernel does not report it
public record Interrupt(
    int number,
    String name,
    Role role,
    int queue,
    List<Long> counts,
    CpuSet affinity,
    CpuSet effective) {
  /// The purpose of an interrupt.
  public enum Role {
    /// Of a receive queue.
    RECEIVE,
    /// Of a transmit queue.
    TRANSMIT,
    /// Of a receive and a transmit queue, or of a queue whose name does not show which.
    BOTH,
    /// Of the device as a whole, such as a change of its carrier.
    OTHER;

    /// The name of the role in lower case.
    public String word() {
      return switch (this) {
        case RECEIVE -> "rx";
        case TRANSMIT -> "tx";
        case BOTH -> "rx+tx";
        case OTHER -> "other";
      };
    }
  }

  // Before a queue's number: eth0-TxRx-3, virtio0-input.3, mlx5_comp3@pci:..., eth0 (queue 3).
  private static final Pattern QUEUE =
      Pattern.compile("(.*)(?:[-._]q?|queue |comp|blk)(\\d{1,4})\\)?");
  private static final Pattern NO_QUEUE =
      Pattern.compile("async|config|event|misc|mgmn?t|ctrl|other|link|fdir|ptp|admin|err");

  /// Copies the list.
  public Interrupt {
    counts = List.copyOf(counts);
  }

  /// How often it was served, on all CPUs together.
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /// The number of the queue in an interrupt's name; -1 if absent.
  static int queueOf(String name) {
    Matcher matcher = QUEUE.matcher(plain(name));
    return matcher.matches() && !NO_QUEUE.matcher(matcher.group(1)).find()
        ? Integer.parseInt(matcher.group(2))
        : -1;
  }

  /// The role that an interrupt's name suggests.
  static Role roleOf(String name) {
    if (queueOf(name) < 0) {
      return Role.OTHER;
    }
    String plain = plain(name);
    boolean isReceive = plain.contains("rx") || plain.contains("input");
    boolean isTransmit = plain.contains("tx") || plain.contains("output");
    if (isReceive == isTransmit) {
      return Role.BOTH;
    }
    return isReceive ? Role.RECEIVE : Role.TRANSMIT;
  }

  /// The name without the device's address, in lower case.
  private static String plain(String name) {
    int at = name.indexOf('@');
    return (at < 0 ? name : name.substring(0, at)).toLowerCase(Locale.ROOT);
  }
}
