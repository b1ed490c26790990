package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueStatisticsTest {
  private static EthtoolSocket.Statistic counts(String name, long value) {
    return new EthtoolSocket.Statistic(name, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rx_queue_7_packets",
        "rxq7_pkts",
        "rx_q7_packets",
        "rx-7.packets",
        "rx-7.rx_packets",
        "rx7_packets",
        "queue_7_rx_cnt",
        "rx_packets[7]",
        "[7]: rx_ucast_packets"
      })
  void knowsHowDriversNameAQueue(String name) {
    List<QueueCounters> queues = QueueStatistics.of(List.of(counts(name, 5)));

    assertThat(queues).containsExactly(new QueueCounters(true, 7, 5, -1, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rx_packets",
        "rx_65_to_127_bytes_phy",
        "rx_64_bytes",
        "tx_1024_to_1522_packets",
        "rx_prio0_packets",
        "port.rx_size_64",
        "rx_queue_0_xdp_packets",
        "rx_queue_99999_packets",
        "tx_queue_0_restart",
        "ch0_poll"
      })
  void takesNothingElseForAQueue(String name) {
    assertThat(QueueStatistics.of(List.of(counts(name, 5)))).isEmpty();
  }

  @Test
  void gathersWhatBelongsToAQueue() {
    List<QueueCounters> queues =
        QueueStatistics.of(
            List.of(
                counts("tx_queue_0_packets", 1),
                counts("tx_queue_0_bytes", 100),
                counts("rx_queue_10_packets", 4),
                counts("rx_queue_2_packets", 2),
                counts("rx_queue_2_bytes", 200),
                counts("rx_queue_2_drops", 0),
                counts("rx_queue_2_csum_err", 9)));

    assertThat(queues)
        .containsExactly(
            new QueueCounters(true, 2, 2, 200, 0),
            new QueueCounters(true, 10, 4, -1, -1),
            new QueueCounters(false, 0, 1, 100, -1));
  }

  @Test
  void addsUpTheKindsThatSomeDriversCountApart() {
    List<QueueCounters> queues =
        QueueStatistics.of(
            List.of(
                counts("[0]: tx_ucast_packets", 1),
                counts("[0]: tx_mcast_packets", 2),
                counts("[0]: tx_bcast_packets", 4),
                counts("[0]: tx_ucast_bytes", 10),
                counts("[0]: tx_mcast_bytes", 20)));

    assertThat(queues).containsExactly(new QueueCounters(false, 0, 7, 30, -1));
  }
}
