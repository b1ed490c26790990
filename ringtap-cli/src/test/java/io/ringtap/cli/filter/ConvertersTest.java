package io.ringtap.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.cli.source.LinkTypeConverter;
import io.ringtap.packet.LinkType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "EN10MB, 1",
    "RAW, 101",
    "LINUX_SLL, 113",
    "LINUX_SLL2, 276",
    "NULL, 0",
    "LOOP, 108",
    "IPV4, 228",
    "IPV6, 229",
    "en10mb, 1",
    "147, 147",
    "65535, 65535"
  })
  void readsLinkTypesByNameAndNumber(String text, int number) {
    assertThat(new LinkTypeConverter().convert(text)).isEqualTo(new LinkType(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ethernet", "-1", "65536", "", "99999999999"})
  void refusesOtherLinkTypesWithThoseThatThereAre(String text) {
    assertThatThrownBy(() -> new LinkTypeConverter().convert(text))
        .hasMessage(
            "'%s' is not EN10MB, RAW, LINUX_SLL, LINUX_SLL2, NULL, LOOP, IPV4, IPV6, PPP,"
                + " PPP_SERIAL, PPP_ETHER, C_HDLC, IEEE802_11, IEEE802_11_RADIO,"
                + " IEEE802_11_RADIO_AVS, PRISM_HEADER, PPI, NFLOG, or a"
                + " number",
            text);
  }

  @ParameterizedTest
  @CsvSource({
    "255.255.255.0, 0xFFFFFF00",
    "/24, 0xFFFFFF00",
    "/0, 0x0",
    "0.0.0.0, 0x0",
    "/32, 0xFFFFFFFF",
    "255.255.255.255, 0xFFFFFFFF",
    "128.0.0.0, 0x80000000"
  })
  void readsNetmasks(String text, String mask) {
    assertThat(new FilterCommand.NetmaskConverter().convert(text))
        .isEqualTo((int) (long) Long.decode(mask));
  }

  @Test
  void refusesWhatIsNoNetmask() {
    for (String text :
        new String[] {"/33", "24", "255.0.255.0", "255.255.256.0", "1.2.3", "", "/"}) {
      assertThatThrownBy(() -> new FilterCommand.NetmaskConverter().convert(text))
          .hasMessage("'%s' is not a netmask, such as 255.255.255.0 or /24", text);
    }
  }
}
