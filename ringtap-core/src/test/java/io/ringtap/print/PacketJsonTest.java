package io.ringtap.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Direction;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketJsonTest {

  @Test
  void describesTcp() {
    assertThat(json(Packets.SYN, false))
        .isEqualTo(
            """
            {"ts_ns":1700000000123456789,"caplen":74,"len":74,"link_type":"EN10MB",\
            "eth_src":"02:00:00:00:00:01","eth_dst":"02:00:00:00:00:02","eth_type":2048,\
            "ip_version":4,"ip_src":"10.0.0.1","ip_dst":"10.0.0.2","ip_ttl":64,"ip_id":4660,\
            "ip_proto":6,"src_port":40000,"dst_port":9000,"tcp_flags":"S","tcp_seq":1000,\
            "tcp_win":64240}
            """);
  }

  @Test
  void describesTagsAndUdp() {
    assertThat(json(Packets.QINQ, false))
        .contains("\"vlan\":[200,100],\"eth_type\":2048")
        .contains("\"src_port\":5000,\"dst_port\":6000,\"udp_len\":16");
  }

  @Test
  void describesDns() {
    assertThat(json(Packets.DNS_ANSWER, false))
        .contains(
            "\"dns_id\":1337,\"dns_response\":true,\"dns_rcode\":3,\"dns_answers\":1,"
                + "\"dns_name\":\"\\\\027[J.me.\",\"dns_type\":\"TXT\"");
  }

  @Test
  void describesArp() {
    assertThat(json(Packets.ARP_REQUEST, false))
        .contains(
            "\"arp_op\":1,\"arp_sender_mac\":\"02:00:00:00:00:01\",\"arp_sender_ip\":\"10.0.0.1\","
                + "\"arp_target_mac\":\"00:00:00:00:00:00\",\"arp_target_ip\":\"10.0.0.2\"");
  }

  @Test
  void describesIcmpv6() {
    assertThat(json(Packets.ECHO_REQUEST_IPV6, false))
        .contains("\"ip_version\":6,\"ip_src\":\"2001:db8::1\",\"ip_dst\":\"2001:db8::2\"")
        .contains("\"icmp_type\":128,\"icmp_code\":0");
  }

  @Test
  void showsTheBytesOnlyWhenAsked() {
    assertThat(json(Packets.UNKNOWN, false)).doesNotContain("data_hex");
    assertThat(json(Packets.UNKNOWN, true))
        .endsWith("\"eth_type\":34997,\"data_hex\":\"02000000000202000000000188b5776861741b\"}\n");
  }

  @Test
  void namesTheInterfaceAndEscapesIt() {
    StringBuilder text = new StringBuilder();

    new PacketJson(false).print(text, frame(Packets.ARP_REQUEST), 7, "a\"b\\c\u0001");

    assertThat(text.toString())
        .startsWith(
            "{\"type\":\"packet\",\"number\":7,\"interface\":\"a\\\"b\\\\c\\u0001\",\"ts_ns\":")
        .endsWith("}");
  }

  @Test
  void saysTheDirectionAndTheComments() throws IOException {
    SavefileOptions options =
        SavefileOptions.of(
            SavefileFormat.PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 0)));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (SavefileWriter writer = SavefileWriter.to(Channels.newChannel(file), "x", options)) {
      writer.write(frame(Packets.SYN), PacketFlags.of(Direction.OUTGOING), null);
      writer.write(
          frame(Packets.SYN), PacketFlags.INBOUND | PacketFlags.MULTICAST, "\"über\"\u0085\u007F");
    }
    StringBuilder text = new StringBuilder();

    try (SavefileReader reader =
        SavefileReader.of(Channels.newChannel(new ByteArrayInputStream(file.toByteArray())), "x")) {
      while (reader.next()) {
        new PacketJson(false).print(text, reader.copy(), 0, null);
        text.append('\n');
      }
    }

    assertThat(text.toString().lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("\"link_type\":\"EN10MB\",\"direction\":\"out\",\"eth_src\""),
            second ->
                assertThat(second)
                    .contains(
                        "\"direction\":\"in\",\"comments\":[\"\\\"über\\\"\\u0085\\u007f\"],"));
  }

  private static String json(String packet, boolean hasData) {
    StringBuilder text = new StringBuilder("{");
    new PacketJson(hasData).fields(text, frame(packet), null);
    return text.append("}\n").toString();
  }

  private static Frame frame(String packet) {
    byte[] bytes = Packets.frame(packet).toArray(JAVA_BYTE);
    return MemoryFrame.of(LinkType.ETHERNET, bytes).withStamp(1_700_000_000_123_456_789L);
  }
}
