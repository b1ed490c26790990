package io.ringtap.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0, true",
    "10.1.255.255, true",
    "10.0.255.255, false",
    "10.2.0.0, false",
    "192.0.2.1, true",
    "192.0.2.2, false",
    "198.51.100.3, true",
    "198.51.100.9, true",
    "198.51.100.10, false",
    "2001:db8::1, true",
    "2001:db9::1, false",
    "::a01:0, false" // the same bits as 10.1.0.0
  })
  void permitsItsRangesToTheirEnds(String address, boolean isAllowed) {
    AllowList list =
        AllowList.parse(
            List.of("10.1.0.0/16", "192.0.2.1", "198.51.100.3-198.51.100.9", "2001:db8::/32"));

    assertThat(list.test(IpAddress.parse(address))).isEqualTo(isAllowed);
  }

  @Test
  void permitsNothingWithoutEntriesAndEverythingByAWord() {
    IpAddress ipv4 = IpAddress.parse("192.0.2.1");
    IpAddress ipv6 = IpAddress.parse("2001:db8::1");

    assertThat(AllowList.parse(List.of())).rejects(ipv4, ipv6);
    assertThat(AllowList.parse(List.of(AllowList.ANY))).accepts(ipv4, ipv6);
  }

  @Test
  void readsAFileAndNamesTheLineOfAMistake() throws IOException {
    Path file =
        Files.writeString(folder.resolve("allowed"), "# all\n192.0.2.1 192.0.2.2 # two\n\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "192.0.2.1\nhost.example\n");

    AllowList list = AllowList.read(file).or(AllowList.parse(List.of("192.0.2.9")));

    assertThat(list)
        .accepts(
            IpAddress.parse("192.0.2.1"),
            IpAddress.parse("192.0.2.2"),
            IpAddress.parse("192.0.2.9"))
        .rejects(IpAddress.parse("192.0.2.3"));
    assertThatThrownBy(() -> AllowList.read(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            wrong
                + ":2: 'host.example' is no address, prefix (10.0.0.0/8) or range"
                + " (10.0.0.1-10.0.0.9), nor 'any'");
  }
}
