package io.ringtap.system.filter;

import java.util.List;
import java.util.SplittableRandom;

/// The values that expressions ask for and that packets have. They are few, so that what is asked
/// for is often there.
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable ones of strings
enum Vocabulary {
  IPV4_ADDRESS(
      "10.0.0.1",
      "10.0.0.2",
      "10.1.2.3",
      "192.168.1.1",
      "192.168.1.254",
      "172.16.5.4",
      "127.0.0.1",
      "224.0.0.1",
      "239.255.255.250",
      "240.1.1.1",
      "255.255.255.255",
      "0.0.0.0"),
  IPV6_ADDRESS(
      "::",
      "::1",
      "2001:db8::1",
      "2001:db8::2",
      "2001:db8:1:2:3:4:5:6",
      "2001:db8:1:2::",
      "fe80::200:ff:fe00:1",
      "ff02::1",
      "ff02::fb",
      "::ffff:10.0.0.1"),
  ETHERNET_ADDRESS(
      "02:00:00:00:00:01",
      "02:00:00:00:00:02",
      "00:11:22:33:44:55",
      "ff:ff:ff:ff:ff:ff",
      "01:00:5e:00:00:01",
      "33:33:00:00:00:01",
      "01:80:c2:00:00:00",
      "00:00:00:00:00:00"),
  PORT("0", "20", "22", "53", "67", "80", "443", "1023", "1024", "5060", "6081", "8080", "65535"),
  IP_PROTOCOL(
      "0", "1", "2", "6", "17", "41", "43", "44", "47", "50", "51", "58", "60", "88", "89", "103",
      "112", "132", "255"),
  ETHER_TYPE(
      "0x0800", "0x0806", "0x86dd", "0x8035", "0x8100", "0x88a8", "0x9100", "0x8847", "0x8848",
      "0x8863", "0x8864", "0x809b", "0x80f3", "0x8137", "0x6001", "0x6002", "0x6003", "0x6004",
      "0x6007", "0x9000", "0x88cc", "0x8809", "0x1234", "0x0600", "0x05dc", "0x0004", "0x0001"),
  VLAN("0", "1", "100", "200", "300", "4095"),
  LABEL("0", "3", "16", "1024", "100000", "1048575"),
  SESSION("0", "1", "0x27", "65535"),
  NETWORK_IDENTIFIER("0", "0xb", "5000", "16777215"),
  DECNET_ADDRESS("10.123", "1.1", "63.1023"),
  INTERFACE("1", "2", "3", "1000");

  private final List<String> words;

  Vocabulary(String... words) {
    this.words = List.of(words);
  }

  /// One of the values, as expressions write it.
  String pick(SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  /// One of the values of a vocabulary of numbers.
  int number(SplittableRandom random) {
    return Integer.decode(pick(random));
  }
}
