package io.ringtap.filter.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameFilesTest {
  @Test
  void readsServicesWithTheirAliases() {
    Map<String, Integer> ports =
        NameFiles.services(
            List.of("# services", "http\t\t80/tcp\twww # web", "domain 53/udp", "domain 53/tcp"));

    assertThat(ports)
        .containsOnly(
            entry("http/tcp", 80),
            entry("www/tcp", 80),
            entry("domain/udp", 53),
            entry("domain/tcp", 53));
    assertThat(NameFiles.service("http", "tcp")).isEqualTo("http/tcp");
  }

  @Test
  void readsProtocolsWithTheirAliases() {
    assertThat(NameFiles.protocols(List.of("tcp 6 TCP # stream", "hopopt 0")))
        .containsOnly(entry("tcp", 6), entry("TCP", 6), entry("hopopt", 0));
  }

  @Test
  void readsNetworksWithOrWithoutTheirLastOctets() {
    assertThat(NameFiles.networks(List.of("loopback 127.0.0.0 lo", "ten 10", "lan 192.168.1")))
        .containsOnly(
            entry("loopback", new byte[] {127, 0, 0, 0}),
            entry("lo", new byte[] {127, 0, 0, 0}),
            entry("ten", new byte[] {10, 0, 0, 0}),
            entry("lan", new byte[] {(byte) 192, (byte) 168, 1, 0}));
  }

  @Test
  void readsEthernetAddressesOfOneOrTwoDigits() {
    assertThat(NameFiles.ethers(List.of("08:00:20:0:61:CA gw # router")))
        .containsOnly(entry("gw", 0x0800_2000_61CAL));
  }

  @Test
  void keepsTheFirstOfTwoLinesWithOneName() {
    assertThat(NameFiles.protocols(List.of("a 1", "b 2 a"))).containsEntry("a", 1);
  }

  @Test
  void skipsLinesThatAreNotOfTheForm() {
    List<String> lines =
        List.of("", "#", "  ", "a", "a b", "a -1/tcp", "a 65536/tcp", "a 1x/tcp", "a /tcp", "a 80");

    assertThat(NameFiles.services(lines)).isEmpty();
    assertThat(NameFiles.protocols(List.of("", "a", "a b", "a 256", "a -1", "a 99999999999")))
        .isEmpty();
    assertThat(NameFiles.networks(List.of("a", "a b", "a 1.2.3.4.5", "a 256", "a 1.-2"))).isEmpty();
    assertThat(
            NameFiles.ethers(
                List.of("a", "1:2:3:4:5 a", "1:2:3:4:5:6:7 a", "1:2:3:4:5:100 a", "1:2:3:4:5:g a")))
        .isEmpty();
  }
}
