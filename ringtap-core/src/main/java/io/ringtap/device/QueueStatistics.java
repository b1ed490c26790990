package io.ringtap.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the counters of queues among a driver's statistics, by their names. There is no standard
/// for these names; each pattern here matches those of a family of drivers.
final class QueueStatistics {
  private record Queue(boolean isReceive, int number) {}

  /// The queue that a name refers to, and the name of the counter.
  private record Named(Queue queue, String what) {}

  private static final class Sums {
    private long packets = -1;
    private long bytes = -1;
    private long drops = -1;

    void add(String what, long value) {
      switch (what) {
        case "packets", "pkts", "cnt", "ucast_packets", "mcast_packets", "bcast_packets" ->
            packets = Math.max(packets, 0) + value;
        case "bytes", "ucast_bytes", "mcast_bytes", "bcast_bytes" ->
            bytes = Math.max(bytes, 0) + value;
        case "drops", "drop", "dropped", "discards", "dropped_pkt", "drop_packets" ->
            drops = Math.max(drops, 0) + value;
        default -> {} // another counter of this driver
      }
    }
  }

  // rx_queue_0_packets (igb, ixgbe, hv_netvsc, veth), rxq0_pkts, rx-0.packets (i40e, sfc).
  private static final Pattern WORD_FIRST =
      Pattern.compile("(rx|tx)(?:_queue_|_?q_?|-)(\\d{1,4})[_.: ]+(\\w+)");
  // rx0_packets (mlx5, virtio_net).
  private static final Pattern NUMBER_BEHIND = Pattern.compile("(rx|tx)(\\d{1,4})[_.](\\w+)");
  // queue_0_rx_cnt (ena).
  private static final Pattern QUEUE_FIRST = Pattern.compile("queue_(\\d{1,4})_(rx|tx)_(\\w+)");
  // rx_packets[0] (gve).
  private static final Pattern NUMBER_LAST = Pattern.compile("(rx|tx)_(\\w+)\\[(\\d{1,4})]");
  // [0]: rx_ucast_packets (bnxt_en).
  private static final Pattern NUMBER_FIRST = Pattern.compile("\\[(\\d{1,4})]: (rx|tx)_(\\w+)");

  private QueueStatistics() {}

  /// The counters of each queue that the names refer to, receive queues first, by number.
  static List<QueueCounters> of(List<EthtoolSocket.Statistic> statistics) {
    Map<Queue, Sums> sums = new HashMap<>();
    for (EthtoolSocket.Statistic statistic : statistics) {
      named(statistic.name())
          .ifPresent(named ->
              sums.computeIfAbsent(named.queue, _ -> new Sums())
                  .add(named.what, statistic.value()));
    }
    List<QueueCounters> queues = new ArrayList<>();
    sums.forEach((queue, sum) -> {
      if (sum.packets >= 0 || sum.bytes >= 0 || sum.drops >= 0) {
        queues.add(
            new QueueCounters(queue.isReceive, queue.number, sum.packets, sum.bytes, sum.drops));
      }
    });
    queues.sort(
        Comparator.comparing((QueueCounters queue) -> !queue.isReceive())
            .thenComparingInt(QueueCounters::queue));
    return queues;
  }

  private static Optional<Named> named(String name) {
    return match(WORD_FIRST, name, 1, 2, 3)
        .or(() -> match(NUMBER_BEHIND, name, 1, 2, 3))
        .or(() -> match(QUEUE_FIRST, name, 2, 1, 3))
        .or(() -> match(NUMBER_LAST, name, 1, 3, 2))
        .or(() -> match(NUMBER_FIRST, name, 2, 1, 3));
  }

  private static Optional<Named> match(
      Pattern pattern, String name, int direction, int number, int what) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String word = matcher.group(direction);
    String counted = matcher.group(what);
    // rx-0.rx_packets
    if (counted.startsWith(word + "_")) {
      counted = counted.substring(word.length() + 1);
    }
    Queue queue = new Queue(word.equals("rx"), Integer.parseInt(matcher.group(number)));
    return Optional.of(new Named(queue, counted));
  }
}
