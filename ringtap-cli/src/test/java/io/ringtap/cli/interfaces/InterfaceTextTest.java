package io.ringtap.cli.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.terminal.Output;
import io.ringtap.device.EthtoolSocket.Channels;
import io.ringtap.device.EthtoolSocket.Driver;
import io.ringtap.device.EthtoolSocket.RingSizes;
import io.ringtap.device.EthtoolSocket.TimeStamping;
import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.Link;
import io.ringtap.device.Offloads;
import io.ringtap.device.OperationalState;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterfaceTextTest {
  private static final Link CARD =
      new Link(
          2,
          "eth0",
          Link.ETHER,
          1500,
          0x11143,
          OperationalState.UP,
          "02:00:00:00:00:01",
          0,
          0,
          false,
          64,
          64,
          "",
          List.of());
  private static final Link TUNNEL =
      new Link(
          3,
          "tun0",
          Link.NONE,
          1400,
          1,
          OperationalState.UNKNOWN,
          "",
          0,
          0,
          false,
          1,
          1,
          "tun",
          List.of());

  private static InterfaceReport card() throws UnknownHostException {
    return new InterfaceReport(
        CARD,
        List.of(
            new InterfaceAddress(2, InetAddress.getByName("192.0.2.7"), 24),
            new InterfaceAddress(2, InetAddress.getByName("2001:db8::7"), 64)),
        Optional.of(new Driver("ixgbe", "6.18", "0x1", "0000:41:00.0")),
        Optional.of(new Channels(0, 0, 16, 0, 0, 64)),
        Optional.of(new RingSizes(512, 512, 4096, 4096)),
        Optional.of(
            new Offloads(
                Set.of("rx-gro", "rx-lro", "tx-tcp-segmentation", "rx-vlan-hw-parse", "highdma"))),
        Optional.of(new TimeStamping(true, true, true, true, 4)));
  }

  private static InterfaceReport tunnel() {
    return new InterfaceReport(
        TUNNEL,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String text(InterfaceReport report) {
    StringBuilder text = new StringBuilder();
    InterfaceText.append(text, report);
    return text.toString();
  }

  @Test
  void tellsWhatACaptureShouldKnow() throws UnknownHostException {
    assertThat(text(card()))
        .isEqualTo(
            """
            2: eth0  up, EN10MB (Ethernet), MTU 1500, promiscuous
                address     02:00:00:00:00:01
                addresses   192.0.2.7/24, 2001:db8::7/64
                driver      ixgbe 0000:41:00.0
                queues      16 receive, 16 transmit; rings of 512 and 512 packets (at most 4096 and 4096)
                time stamps kernel, adapter (/dev/ptp4)
                VLAN tags   taken out on arrival, and reported beside the frame
                note        frames may be shown joined (gro, lro), not yet cut (tso): ethtool -K eth0 gro off lro off tso off\
            """);
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(text(tunnel()))
        .isEqualTo(
            """
            3: tun0  up, no carrier, RAW (Raw IP), MTU 1400, tun
                queues      1 receive, 1 transmit\
            """);
  }

  @Test
  void writesTheSameAsJson() throws UnknownHostException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (Output out = new Output(sink, _ -> {})) {
      InterfaceJson json = new InterfaceJson(out);
      json.write(card());
      json.write(tunnel());
      assertThat(out.drain(TimeUnit.SECONDS.toNanos(10))).isTrue();
    }

    assertThat(sink.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            card ->
                assertThat(card)
                    .contains(
                        "\"link_type\":\"EN10MB\",\"link_type_number\":1,\"mtu_bytes\":1500",
                        "\"addresses\":[{\"address\":\"192.0.2.7\",\"prefix_length\":24},"
                            + "{\"address\":\"2001:db8::7\",\"prefix_length\":64}]",
                        "\"driver\":{\"name\":\"ixgbe\"",
                        "\"rx_queues\":16,\"tx_queues\":16,\"rings\":{\"rx_packets\":512",
                        "\"offloads\":{\"gro\":true,\"gro_hw\":false,\"lro\":true,\"gso\":false",
                        "\"time_stamps\":{\"rx_software\":true,\"rx_hardware\":true"),
            tunnel ->
                assertThat(tunnel)
                    .contains(
                        "\"mac\":null,\"kind\":\"tun\",\"master\":null,\"peer\":null",
                        "\"driver\":null,\"rx_queues\":1,\"tx_queues\":1,\"rings\":null,"
                            + "\"offloads\":null,\"time_stamps\":null"));
  }

  @Test
  void namesThoseThatAreThereToOneWhoErrs() {
    assertThat(InterfaceList.missing("nope", List.of("eth0", "tun0")))
        .isEqualTo("there is no interface 'nope'; there are eth0, tun0");
    assertThat(InterfaceList.missing("nope", List.of("eth0")))
        .isEqualTo("there is no interface 'nope'; there is eth0");
  }
}
