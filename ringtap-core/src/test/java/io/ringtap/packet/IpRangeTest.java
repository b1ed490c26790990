package io.ringtap.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7, 10.0.0.7, 1",
    "10.0.0.7/30, 10.0.0.4, 10.0.0.7, 4",
    "10.0.0.7/32, 10.0.0.7, 10.0.0.7, 1",
    "255.255.255.254/31, 255.255.255.254, 255.255.255.255, 2",
    "10.0.0.254-10.0.1.1, 10.0.0.254, 10.0.1.1, 4",
    "2001:db8::7/126, 2001:db8::4, 2001:db8::7, 4",
    "::ffff:ffff:ffff:ffff-0:0:0:1::, ::ffff:ffff:ffff:ffff, 0:0:0:1::, 2",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe, "
        + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2"
  })
  void goesThroughItsAddressesFromTheFirstToTheLast(
      String text, String first, String last, int size) {
    IpRange range = IpRange.parse(text);

    assertThat(range.first()).isEqualTo(IpAddress.parse(first));
    assertThat(range.last()).isEqualTo(IpAddress.parse(last));
    assertThat((Iterable<IpAddress>) range)
        .hasSize(size)
        .startsWith(range.first())
        .endsWith(range.last());
    assertThat(addresses(range)).isSorted().doesNotHaveDuplicates();
  }

  private static List<IpAddress> addresses(IpRange range) {
    List<IpAddress> addresses = new ArrayList<>();
    range.forEach(addresses::add);
    return addresses;
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
    "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void holdsPrefixesOfEverySize(String text, String first, String last) {
    assertThat(IpRange.parse(text))
        .isEqualTo(new IpRange(IpAddress.parse(first), IpAddress.parse(last)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33, prefix length must be 0 to 32",
    "::/129, prefix length must be 0 to 128",
    "10.0.0.0/, prefix length",
    "10.0.0.0/-1, prefix length",
    "10.0.0.9-10.0.0.1, ends before it begins",
    "10.0.0.1-::1, the same family",
    "10.0.0.1-, ''",
    "example.net/24, ''"
  })
  void refusesWhatIsNoRange(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpRange.parse(text))
        .withMessageContaining(problem);
  }
}
