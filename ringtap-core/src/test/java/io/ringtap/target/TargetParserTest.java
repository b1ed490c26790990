package io.ringtap.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.IpAddress;
import io.ringtap.target.TargetParser.BadTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {
  private final TargetParser parser = new TargetParser(Family.ANY, 0);

  private static TargetSpec range(String first, String last) {
    return new TargetSpec.Range(IpAddress.parse(first), IpAddress.parse(last), 0, null);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7,                10.0.0.7,   10.0.0.7,   1",
    "2001:db8::1,             2001:db8::1, 2001:db8::1, 1",
    "10.0.0.0/24,             10.0.0.0,   10.0.0.255, 256",
    "10.0.0.77/24,            10.0.0.0,   10.0.0.255, 256",
    "10.0.0.1/32,             10.0.0.1,   10.0.0.1,   1",
    "10.0.0.0/31,             10.0.0.0,   10.0.0.1,   2",
    "172.16.0.0/12,           172.16.0.0, 172.31.255.255, 1048576",
    "1.2.3.4/0,               0.0.0.0,    255.255.255.255, 4294967296",
    "2001:db8::/108,          2001:db8::, 2001:db8::f:ffff, 1048576",
    "2001:db8::5/128,         2001:db8::5, 2001:db8::5, 1",
    "2001:db8::/64,           2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 9223372036854775807",
    "2001:db8:1234::/33,      2001:db8::, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff,"
        + " 9223372036854775807",
    "::/0,                    ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 9223372036854775807",
    "10.0.0.1-10.0.0.9,       10.0.0.1,   10.0.0.9,   9",
    "10.0.0.250-10.0.1.5,     10.0.0.250, 10.0.1.5,   12",
    "10.0.0.1-10.0.0.1,       10.0.0.1,   10.0.0.1,   1",
    "::1-::f,                 ::1,        ::f,        15"
  })
  void readsAddressesPrefixesAndRanges(String text, String first, String last, long size)
      throws BadTarget {
    TargetSpec spec = parser.parse(text);

    assertThat(spec).isEqualTo(range(first, last));
    assertThat(spec.size()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "a.example.com.",
        "my-host",
        "10.0.0.1.example",
        "a_b",
        "xn--bcher-kva",
        "b\u00FCcher.example",
        "1a-2b"
      })
  void readsNames(String text) throws BadTarget {
    assertThat(parser.parse(text)).isEqualTo(new TargetSpec.Name(text));
  }

  @Test
  void keepsAnUnusualSpellingForDisplay() throws BadTarget {
    TargetSpec spec = parser.parse("2001:DB8:0::1");

    assertThat(spec)
        .isEqualTo(
            new TargetSpec.Range(
                IpAddress.parse("2001:db8::1"),
                IpAddress.parse("2001:db8::1"),
                0,
                "2001:DB8:0::1"));
  }

  @Test
  void readsScopesByNameAndNumber() throws BadTarget {
    int loopback = TargetParser.interfaceIndex("lo");

    assertThat(parser.parse("fe80::1%lo"))
        .isEqualTo(
            new TargetSpec.Range(
                IpAddress.parse("fe80::1"), IpAddress.parse("fe80::1"), loopback, "fe80::1%lo"));
    assertThat(parser.parse("fe80::%" + loopback + "/126"))
        .isEqualTo(
            new TargetSpec.Range(
                IpAddress.parse("fe80::"), IpAddress.parse("fe80::3"), loopback, null));
    assertThat(parser.parse("fe80::1%lo-fe80::9"))
        .isEqualTo(
            new TargetSpec.Range(
                IpAddress.parse("fe80::1"), IpAddress.parse("fe80::9"), loopback, null));
  }

  @Test
  void takesTheScopeOfLinkLocalAddressesFromTheInterfaceAsked() throws BadTarget {
    TargetParser onInterface = new TargetParser(Family.ANY, 7);

    assertThat(onInterface.parse("fe80::1"))
        .isEqualTo(
            new TargetSpec.Range(IpAddress.parse("fe80::1"), IpAddress.parse("fe80::1"), 7, null));
    assertThat(onInterface.parse("2001:db8::1")).isEqualTo(range("2001:db8::1", "2001:db8::1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          10.0.0.0/33        | '10.0.0.0/33': the prefix length must be 0 to 32
          10.0.0.0/          | '10.0.0.0/': the prefix length must be 0 to 32
          10.0.0.0/-1        | '10.0.0.0/-1': the prefix length must be 0 to 32
          10.0.0.0/24x       | '10.0.0.0/24x': the prefix length must be 0 to 32
          ::/129             | '::/129': the prefix length must be 0 to 128
          ::/99999999999     | '::/99999999999': the prefix length must be 0 to 128
          host/24            | 'host/24': a prefix length needs an address before it, as in 10.0.0.0/24
          http://host        | 'http://host': a URL is no target: name only its host
          10.0.0/8           | '10.0.0/8': not an address: expected '.' (at character 7)
          10.0.0.256         | '10.0.0.256': not an address: a number above 255 (at character 11)
          10.0.0             | '10.0.0': not an address: expected '.' (at character 7)
          1                  | '1': not an address: expected '.' (at character 2)
          010.0.0.1          | '010.0.0.1': not an address: a number with a leading zero (at character 3)
          1:2                | '1:2': not an address: only 2 of eight groups, and no '::' (at character 4)
          10.0.0.9-10.0.0.1  | '10.0.0.9-10.0.0.1': the range ends before it begins
          10.0.0.1-::9       | '10.0.0.1-::9': both ends of a range must be of one family
          10.0.0.1-9         | '10.0.0.1-9': a range ends with an address too, as in 10.0.0.1-10.0.0.9 or ::1-::9
          10.0.0.1-          | '10.0.0.1-': a range ends with an address too, as in 10.0.0.1-10.0.0.9 or ::1-::9
          ::1-host           | '::1-host': a range ends with an address too, as in 10.0.0.1-10.0.0.9 or ::1-::9
          fe80::1            | 'fe80::1': a link-local address needs its interface: fe80::1%eth0, or -I eth0
          ff02::1            | 'ff02::1': a link-local address needs its interface: ff02::1%eth0, or -I eth0
          fe80::1%nosuchdev  | 'fe80::1%nosuchdev': there is no interface 'nosuchdev'
          fe80::1%           | 'fe80::1%': there is no interface ''
          fe80::1%0          | 'fe80::1%0': there is no interface '0'
          10.0.0.1%lo        | '10.0.0.1%lo': only an IPv6 address has a scope
          fe80::1%lo-fe80::9%99999 | 'fe80::1%lo-fe80::9%99999': there is no interface '99999'
          a..b               | 'a..b': neither a name nor an address, a prefix (10.0.0.0/24) or a range (::1-::9)
          .                  | '.': not an address: a number from 0 to 255 is missing (at character 1)
          bü!cher            | 'bü!cher': neither a name nor an address, a prefix (10.0.0.0/24) or a range (::1-::9)
          a b                | 'a b': neither a name nor an address, a prefix (10.0.0.0/24) or a range (::1-::9)
          """)
  void refusesWhatCannotBePingedAndSaysWhy(String text, String message) {
    assertThatThrownBy(() -> parser.parse(text)).isInstanceOf(BadTarget.class).hasMessage(message);
  }

  @Test
  void refusesLabelsAndNamesThatAreTooLong() {
    assertThatThrownBy(() -> parser.parse("a".repeat(64))).isInstanceOf(BadTarget.class);
    assertThatThrownBy(() -> parser.parse("a.".repeat(127) + "a")).isInstanceOf(BadTarget.class);
    assertThatThrownBy(() -> parser.parse("")).hasMessageStartingWith("'': neither a name");
  }

  @Test
  void quotesForeignTextWithoutItsControlCharacters() {
    assertThatThrownBy(() -> parser.parse("\u001B[2J" + "x".repeat(200)))
        .hasMessageStartingWith("'?[2J" + "x".repeat(76) + "...': ");
  }

  @Test
  void refusesTheOtherFamily() {
    TargetParser ipv6 = new TargetParser(Family.IPV6, 0);

    assertThatThrownBy(() -> ipv6.parse("10.0.0.0/8"))
        .hasMessage("'10.0.0.0/8': an IPv4 address, but only IPv6 is wanted");
  }
}
